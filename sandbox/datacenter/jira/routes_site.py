"""What a client asks about the site and about itself."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from sandbox.clock import jira_time
from sandbox.datacenter.gate import me
from sandbox.datacenter.jira.requests import writer
from sandbox.datacenter.versions import JIRA_BUILD, JIRA_VERSION
from sandbox.site import current_site

api = Blueprint("dc_site", __name__)


@api.get("/serverInfo", endpoint="server_info")
def server_info() -> ResponseReturnValue:
    """Anonymous callers may read it too."""
    site = current_site()
    return {
        "baseUrl": site.jira_base,
        "version": JIRA_VERSION,
        "versionNumbers": [int(part) for part in JIRA_VERSION.split(".")],
        "deploymentType": "Server",
        "buildNumber": JIRA_BUILD,
        "buildDate": "2026-09-08T00:00:00.000+0000",
        "databaseBuildNumber": JIRA_BUILD,
        "serverTime": jira_time(site.now()),
        "scmInfo": "sandbox",
        "serverTitle": "Sandbox Jira",
    }


@api.get("/myself")
def myself() -> ResponseReturnValue:
    user = me().user
    return {
        **(writer().user(user) or {}),
        "deleted": False,
        "locale": user.locale,
        "groups": {"size": 1, "items": []},
        "applicationRoles": {"size": 1, "items": []},
        "expand": "groups,applicationRoles",
    }
