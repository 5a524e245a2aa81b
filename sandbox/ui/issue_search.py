"""Search for issues by JQL, with Jira's sentences about what is wrong with a query."""

from http import HTTPStatus

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox.jira.jql import JqlErrors, search
from sandbox.jira.jql_terms import Asking
from sandbox.jira.model import Issue
from sandbox.site import current_site
from sandbox.ui.chrome import shown
from sandbox.ui.identity import acting

bp = Blueprint("ui_issue_search", __name__)

PER_PAGE = 50
EXAMPLES = (
    "assignee = currentUser() AND resolution IS EMPTY",
    "issuetype = Epic ORDER BY created",
    "status CHANGED AFTER -7d",
    "text ~ release",
)


@bp.get("/search")
def by_jql() -> ResponseReturnValue:
    """As the board of search does in Jira, a query without a restriction finds everything."""
    jql = request.args.get("jql", "").strip()
    page = max(1, request.args.get("page", 1, type=int))
    found: list[Issue] = []
    problems: list[str] = []
    try:
        found = _found(jql) if "jql" in request.args else []
    except JqlErrors as error:
        problems = error.messages
    start = (page - 1) * PER_PAGE
    return shown(
        "issue_search.html",
        HTTPStatus.BAD_REQUEST if problems else HTTPStatus.OK,
        jql=jql,
        asked="jql" in request.args,
        problems=problems,
        found=found[start : start + PER_PAGE],
        total=len(found),
        start=start,
        page=page,
        pages=max(1, -(-len(found) // PER_PAGE)),
        examples=EXAMPLES,
    )


def _found(jql: str) -> list[Issue]:
    site = current_site()
    now = site.now()
    asking = Asking(acting(), now, site.issues)
    return search(jql, asking, site.issues.searchable(now=now), bounded=False)
