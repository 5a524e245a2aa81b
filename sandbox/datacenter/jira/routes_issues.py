"""One issue at a time, and its transitions."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from sandbox.datacenter.jira.requests import about_fields, writer
from sandbox.datacenter.jira.routes_search import written
from sandbox.jira import expansions
from sandbox.jira.requests import split_parameter
from sandbox.jira.routes_issues import found_issue

api = Blueprint("dc_issues", __name__)


@api.get("/issue/<issue_id_or_key>")
def get_issue(issue_id_or_key: str) -> ResponseReturnValue:
    issue = found_issue(issue_id_or_key)
    fields, expand = split_parameter("fields") or ["*all"], split_parameter("expand")
    answer = written(issue, fields, expand) | about_fields(fields, expand)
    if asked := split_parameter("properties"):
        answer["properties"] = expansions.properties(issue, asked, writer=writer())
    return answer
