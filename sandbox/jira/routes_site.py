"""What a client asks about the site, and about what surrounds issues."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from sandbox.clock import jira_time
from sandbox.jira import (
    routes_attention,
    routes_bulk,
    routes_catalogue,
    routes_changelog,
    routes_comments,
    routes_components,
    routes_groups,
    routes_issue_properties,
    routes_jql,
    routes_links,
    routes_meta,
    routes_people,
    routes_permissions,
    routes_projects,
    routes_remote_links,
    routes_rights,
    routes_versions,
    routes_webhooks,
    routes_worklogs,
)
from sandbox.jira.edits import FieldErrors
from sandbox.jira.routes_issues import field_errors
from sandbox.jira.versions import jira_blueprint
from sandbox.site import current_site

api = Blueprint("site", __name__)
bp = jira_blueprint(
    "jira_site",
    api,
    routes_catalogue.api,
    routes_changelog.api,
    routes_bulk.api,
    routes_worklogs.api,
    routes_webhooks.api,
    routes_versions.api,
    routes_rights.api,
    routes_jql.api,
    routes_groups.api,
    routes_components.api,
    routes_attention.api,
    routes_comments.api,
    routes_issue_properties.api,
    routes_links.api,
    routes_meta.api,
    routes_people.api,
    routes_permissions.api,
    routes_projects.api,
    routes_remote_links.api,
)
bp.register_error_handler(FieldErrors, field_errors)


@api.get("/serverInfo")
def server_info() -> ResponseReturnValue:
    """Anonymous callers may read it too."""
    site = current_site()
    return {
        "baseUrl": site.base,
        "displayUrl": site.base,
        "displayUrlConfluence": f"{site.base}/wiki",
        "version": "1001.0.0-SNAPSHOT",
        "versionNumbers": [1001, 0, 0],
        "deploymentType": "Cloud",
        "buildNumber": 100300,
        "buildDate": jira_time(site.now()),
        "serverTime": jira_time(site.now()),
        "scmInfo": "sandbox",
        "serverTitle": "Sandbox Jira",
    }
