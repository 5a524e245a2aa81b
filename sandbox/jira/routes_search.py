"""Search by JQL, and the search that Atlassian has removed."""

from collections.abc import Iterable
from http import HTTPStatus

from flask import Blueprint
from flask.typing import ResponseReturnValue

from sandbox import errors
from sandbox.guard import caller
from sandbox.jira.expansions import about_fields
from sandbox.jira.jql import JqlErrors, search
from sandbox.jira.jql_terms import Asking
from sandbox.jira.model import Issue
from sandbox.jira.requests import bad_payload, body_object, strings
from sandbox.jira.routes_issues import writer, written
from sandbox.jira.search_page import Asked, asked_by_body, asked_by_query, page
from sandbox.jira.versions import jira_blueprint
from sandbox.site import current_site
from sandbox.wire import JsonObject, as_text

api = Blueprint("search", __name__)
bp = jira_blueprint("jira_search", api)

MOST_MATCHED = 1000


@bp.errorhandler(JqlErrors)
def jql_errors(error: JqlErrors) -> ResponseReturnValue:
    return errors.jira(HTTPStatus.BAD_REQUEST, error.messages).body, HTTPStatus.BAD_REQUEST


@api.route("/search", methods=["GET", "POST"])
def removed_search() -> ResponseReturnValue:
    """Atlassian's changelog entry CHANGE-2046."""
    raise errors.jira(HTTPStatus.GONE, [errors.SEARCH_REMOVED])


@api.get("/search/jql")
def search_by_query() -> ResponseReturnValue:
    return _answer(asked_by_query())


@api.post("/search/jql")
def search_by_body() -> ResponseReturnValue:
    return _answer(asked_by_body())


@api.post("/search/approximate-count")
def count() -> ResponseReturnValue:
    return {"count": len(_found(as_text(body_object().get("jql"))))}


@api.post("/jql/match")
def match() -> ResponseReturnValue:
    """Errors are per query: one bad query does not spoil the others."""
    body = body_object()
    ids = strings(body, "issueIds")
    if "issueIds" not in body or "jqls" not in body or not all(i.isdecimal() for i in ids):
        raise bad_payload()
    if len(ids) > MOST_MATCHED:
        message = f"The number of issue ids must not exceed {MOST_MATCHED}."
        raise errors.jira(HTTPStatus.BAD_REQUEST, [message])
    wanted = {int(issue_id) for issue_id in ids}
    return {"matches": [_matches(jql, wanted) for jql in strings(body, "jqls")]}


def _matches(jql: str, wanted: set[int]) -> JsonObject:
    try:
        found = _found(jql, fresh=wanted, bounded=False)
    except JqlErrors as error:
        return {"matchedIssues": [], "errors": error.messages}
    return {"matchedIssues": sorted(wanted & {issue.id for issue in found}), "errors": []}


def _found(jql: str, *, fresh: Iterable[int] = (), bounded: bool = True) -> list[Issue]:
    site = current_site()
    now = site.now()
    asking = Asking(caller(), now, site.issues, frozenset(fresh))
    return search(jql, asking, site.issues.searchable(now=now, fresh=fresh), bounded=bounded)


def _answer(asked: Asked) -> JsonObject:
    found = _found(asked.jql, fresh=asked.reconcile)
    shown, token = page(found, asked, now=current_site().now())
    answer: JsonObject = {"issues": [_shown(issue, asked) for issue in shown]}
    if token is not None:
        answer["nextPageToken"] = token
    answer["isLast"] = token is None
    return answer | about_fields(asked.fields, asked.expand)


def _shown(issue: Issue, asked: Asked) -> JsonObject:
    """Without `fields` an issue is its id; key and links come with anything else."""
    if asked.cheap and set(asked.fields) == {"id"}:
        return {"id": str(issue.id)}
    if asked.cheap:
        return {"expand": "", **writer().reference(issue)}
    return written(
        issue, fields=list(asked.fields), expand=list(asked.expand), properties=asked.properties
    )
