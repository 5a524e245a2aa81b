"""The issues of boards, sprints and epics: in the order of their ranks, by old-style pages."""

from collections.abc import Callable, Iterable

from flask import request

from sandbox.guard import caller
from sandbox.jira.jql import search
from sandbox.jira.jql_terms import Asking
from sandbox.jira.model import Issue
from sandbox.jira.ranks import rank_of
from sandbox.jira.requests import page_bounds, split_parameter
from sandbox.jira.routes_issues import writer, written
from sandbox.site import current_site
from sandbox.wire import JsonObject

DEFAULT_ISSUES = 50


def issue_page(wanted: Callable[[Issue], bool]) -> JsonObject:
    """Those of the wanted issues that `jql` finds; it may also order them."""
    site, now = current_site(), current_site().now()
    candidates = [i for i in site.issues.searchable(now=now).among(None) if wanted(i)]
    jql = request.args.get("jql", "")
    found = search(jql, Asking(caller(), now, site.issues), candidates, bounded=False)
    if "order by" not in jql.casefold():
        found.sort(key=rank_of)
    start, most = page_bounds(DEFAULT_ISSUES)
    fields, expand = split_parameter("fields") or ["*navigable"], split_parameter("expand")
    return {
        "expand": "schema,names",
        "startAt": start,
        "maxResults": most,
        "total": len(found),
        "issues": [_written(issue, fields, expand) for issue in found[start : start + most]],
    }


def page(found: Iterable[JsonObject], *, total: bool = True) -> JsonObject:
    """Sprints come without their number, as on a real site."""
    listed = list(found)
    start, most = page_bounds(DEFAULT_ISSUES)
    return {
        "maxResults": most,
        "startAt": start,
        **({"total": len(listed)} if total else {}),
        "isLast": start + most >= len(listed),
        "values": listed[start : start + most],
    }


def _written(issue: Issue, fields: list[str], expand: list[str]) -> JsonObject:
    """Beside the fields of the platform an issue tells its sprint, its epic and its flag."""
    told = written(issue, fields=fields, expand=expand)
    return told | {"self": f"{writer().base}/rest/agile/1.0/issue/{issue.id}"}
