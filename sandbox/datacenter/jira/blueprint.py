"""Everything under `/jira/rest`. `latest` is version 2."""

from http import HTTPStatus

from flask import Blueprint
from flask.typing import ResponseReturnValue

from sandbox.datacenter import errors
from sandbox.datacenter.gate import data_center_gate
from sandbox.datacenter.jira import (
    routes_catalogue,
    routes_issues,
    routes_search,
    routes_site,
)
from sandbox.jira import (
    routes_comments,
    routes_issue_properties,
    routes_links,
    routes_remote_links,
)
from sandbox.jira.jql import JqlErrors

VERSIONS = ("2", "latest")
_PARTS = (
    routes_catalogue.api,
    routes_issues.api,
    routes_search.api,
    routes_site.api,
    routes_comments.api,
    routes_issue_properties.api,
    routes_links.api,
    routes_remote_links.api,
)

bp = Blueprint("dc_jira", __name__, url_prefix="/jira/rest")
bp.before_request(data_center_gate)
for version in VERSIONS:
    for part in _PARTS:
        bp.register_blueprint(part, url_prefix=f"/api/{version}", name=f"{part.name}_v{version}")


@bp.errorhandler(JqlErrors)
def jql_errors(error: JqlErrors) -> ResponseReturnValue:
    return errors.jira(HTTPStatus.BAD_REQUEST, error.messages).body, HTTPStatus.BAD_REQUEST
