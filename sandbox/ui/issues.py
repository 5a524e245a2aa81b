"""The page of one issue, and the buttons that move it."""

from http import HTTPStatus

from flask import Blueprint, abort, redirect, request
from flask.typing import ResponseReturnValue

from sandbox import links
from sandbox.directory import USERS
from sandbox.guard import refuse_foreign_posts
from sandbox.jira.adf import plain_text
from sandbox.jira.annexes import LINK_TYPES
from sandbox.jira.kinds import SECURITY_LEVELS
from sandbox.jira.model import Issue, Project
from sandbox.site import current_site
from sandbox.ui.app_parts import issue_parts
from sandbox.ui.board import reader
from sandbox.ui.chrome import shown
from sandbox.ui.identity import acting, signed_in
from sandbox.ui.issue_form import IssueForm, shown_values

bp = Blueprint("ui_issues", __name__)
bp.before_request(refuse_foreign_posts)


def found_issue(key: str) -> Issue:
    """404 for what is missing and for what is hidden: nothing tells which."""
    store = current_site().issues
    issue = store.find(key)
    if issue is None or not store.may_read(issue, acting()):
        abort(HTTPStatus.NOT_FOUND)
    return issue


def workable_issue(key: str) -> Issue:
    issue = found_issue(key)
    if not current_site().issues.may_edit(issue, acting()):
        abort(HTTPStatus.FORBIDDEN)
    return issue


def project_of(issue: Issue) -> Project:
    project = current_site().issues.project(issue.project)
    assert project is not None
    return project


@bp.get("/<key>")
def issue(key: str) -> ResponseReturnValue:
    return issue_shown(found_issue(key))


def issue_shown(
    issue: Issue,
    *,
    status: int = HTTPStatus.OK,
    problems: dict[str, str] | None = None,
    form: IssueForm | None = None,
) -> ResponseReturnValue:
    """After a refusal `form` is what was written, and `problems` says what is wrong with it."""
    site, me, looking = current_site(), acting(), reader()
    annexes, store = site.issues.annexes, site.issues
    return shown(
        "issue.html",
        status,
        card=looking.card(issue),
        project=project_of(issue),
        parent=looking.parent(issue),
        parts=issue_parts(issue, project_of(issue)),
        children=[looking.card(child) for child in looking.children(issue)],
        changes=store.changes(issue),
        comments=[(one, plain_text(one.body) or "") for one in annexes.comments.of(issue.id)],
        linked=[
            (end, other)
            for end in annexes.links.of(issue.id)
            if (other := store.by_id(end.issue_id)) and store.may_read(other, me)
        ],
        remote=annexes.remote_links.of(issue.id),
        description=plain_text(issue.description) or "",
        may_work=store.may_work(issue.project, me),
        people=[user for user in USERS if store.may_read(issue, user)],
        parents=_possible_parents(issue),
        link_types=LINK_TYPES.values(),
        levels=SECURITY_LEVELS,
        form=form or shown_values(issue),
        problems=problems or {},
    )


def _possible_parents(issue: Issue) -> list[Issue]:
    """Readable issues of the project that are one level above."""
    looking = reader()
    wanted = issue.type.level + 1
    return [one for one in looking.issues(project_of(issue)) if one.type.level == wanted]


@bp.post("/<key>/transition")
def transition(key: str) -> ResponseReturnValue:
    """A button of the board. Answers with the page the button was on."""
    issue, site = workable_issue(key), current_site()
    asked = request.form.get("transition")
    for status in site.desk.allowed(issue):
        if status.transition_id == asked:
            site.desk.move(issue, status, {}, signed_in())
    back = links.local(request.form.get("back", ""))
    return redirect(back or links.issue(issue.key), HTTPStatus.SEE_OTHER)
