"""Everything under `/jira/rest`. `latest` is version 2."""

from http import HTTPStatus

from flask import Blueprint
from flask.typing import ResponseReturnValue

from sandbox.datacenter import errors, routes_common
from sandbox.datacenter.gate import data_center_gate, tell_limits
from sandbox.datacenter.jira import (
    routes_agile,
    routes_catalogue,
    routes_epics,
    routes_issues,
    routes_meta,
    routes_people,
    routes_projects,
    routes_search,
    routes_site,
    routes_webhooks,
)
from sandbox.jira import (
    routes_comments,
    routes_issue_properties,
    routes_links,
    routes_remote_links,
)
from sandbox.jira.edits import FieldErrors
from sandbox.jira.jql import JqlErrors

VERSIONS = ("2", "latest")
_PARTS = (
    routes_catalogue.api,
    routes_issues.api,
    routes_meta.api,
    routes_people.api,
    routes_projects.api,
    routes_search.api,
    routes_site.api,
    routes_comments.api,
    routes_issue_properties.api,
    routes_links.api,
    routes_remote_links.api,
)

bp = Blueprint("dc_jira", __name__, url_prefix="/jira/rest")
bp.before_request(data_center_gate)
bp.after_request(tell_limits)
bp.register_blueprint(routes_common.api, name="dc_jira_common")
bp.register_blueprint(routes_webhooks.api)
bp.register_blueprint(routes_agile.api, url_prefix="/agile/1.0")
bp.register_blueprint(routes_epics.api, url_prefix="/agile/1.0")
for version in VERSIONS:
    for part in _PARTS:
        bp.register_blueprint(part, url_prefix=f"/api/{version}", name=f"{part.name}_v{version}")


@bp.errorhandler(JqlErrors)
def jql_errors(error: JqlErrors) -> ResponseReturnValue:
    return errors.jira(HTTPStatus.BAD_REQUEST, error.messages).body, HTTPStatus.BAD_REQUEST


@bp.errorhandler(FieldErrors)
def field_errors(error: FieldErrors) -> ResponseReturnValue:
    return errors.jira(HTTPStatus.BAD_REQUEST, fields=error.errors).body, HTTPStatus.BAD_REQUEST
