"""`/rest/api/2/search`: pages by offset, all fields, no bound."""

from collections.abc import Iterable

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox.datacenter.jira.jql import fields_of
from sandbox.datacenter.jira.requests import about_fields, bounds, writer
from sandbox.guard import caller
from sandbox.jira import expansions
from sandbox.jira.jql import JqlErrors, search
from sandbox.jira.jql_terms import Asking
from sandbox.jira.model import Issue
from sandbox.jira.requests import body_object, split_parameter, strings
from sandbox.site import current_site
from sandbox.wire import JsonObject, as_text

api = Blueprint("dc_search", __name__)

NAVIGABLE = ("*navigable",)


@api.get("/search", endpoint="search")
def search_by_query() -> ResponseReturnValue:
    jql, strict = request.args.get("jql", ""), request.args.get("validateQuery") != "false"
    issues, warnings = _found(jql, strict=strict)
    return answered(issues) | warnings


@api.post("/search", endpoint="search_by_body")
def search_by_body() -> ResponseReturnValue:
    body = body_object()
    fields = strings(body, "fields") or list(NAVIGABLE)
    page = bounds(start=body.get("startAt", 0), most=body.get("maxResults", 50))
    strict = body.get("validateQuery") is not False
    issues, warnings = _found(as_text(body.get("jql")), strict=strict)
    return shown(issues, page, fields=fields, expand=strings(body, "expand")) | warnings


def _found(jql: str, *, strict: bool) -> tuple[list[Issue], JsonObject]:
    """Without validation what is wrong with a query is a warning, and it finds nothing."""
    try:
        return found(jql), {}
    except JqlErrors as error:
        if strict:
            raise
        return [], {"warningMessages": error.messages}


def answered(issues: list[Issue]) -> JsonObject:
    """A page of issues as the query of the request wants it."""
    fields = split_parameter("fields") or list(NAVIGABLE)
    return shown(issues, bounds(), fields=fields, expand=split_parameter("expand"))


def found(jql: str) -> list[Issue]:
    """Nobody finds nothing: to ask needs no permission. Raises `JqlErrors`."""
    site, now = current_site(), current_site().now()
    asking = Asking(caller(), now, site.issues)
    projects = site.issues.projects()
    if not any(site.issues.may_browse(one, caller()) for one in projects):
        return []
    issues = site.issues.searchable(now=now)
    return search(
        jql, asking, issues, bounded=False, fields=fields_of(site.dc.words, site.dc.epics)
    )


def shown(
    issues: list[Issue], page: tuple[int, int], *, fields: list[str], expand: Iterable[str]
) -> JsonObject:
    start, most = page
    words = list(expand)
    return {
        "expand": "schema,names",
        "startAt": start,
        "maxResults": most,
        "total": len(issues),
        "issues": [written(one, fields, words) for one in issues[start : start + most]],
        **about_fields(fields, words),
    }


def written(issue: Issue, fields: list[str], expand: list[str]) -> JsonObject:
    """An issue with what was asked for."""
    desk = current_site().desk
    known = [word for word in expand if word != "editmeta"]
    return writer().issue(issue, fields) | expansions.additions(
        issue, known, writer=writer(), desk=desk
    )
