"""The board of a project, and the page of one issue."""

from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from sandbox.directory import ADMIN, User
from sandbox.guard import refuse_foreign_posts
from sandbox.jira.model import Issue, Status
from sandbox.site import Site, current_site
from sandbox.ui.chrome import person, shown

bp = Blueprint("ui_board", __name__)
bp.before_request(refuse_foreign_posts)


@dataclass(frozen=True, slots=True)
class Card:
    issue: Issue
    assignee: User | None
    allowed: tuple[Status, ...]
    subtasks: tuple[Issue, ...]


@dataclass(frozen=True, slots=True)
class Lane:
    """An epic and its cards by status; `epic` is None for issues that have none."""

    epic: Issue | None
    columns: tuple[tuple[Card, ...], ...]

    @property
    def total(self) -> int:
        return sum(map(len, self.columns))

    @property
    def done(self) -> int:
        return sum(
            card.issue.status.category.key == "done" for column in self.columns for card in column
        )


@bp.get("/jira/boards/<key>")
def board(key: str) -> ResponseReturnValue:
    site = current_site()
    project = site.issues.project(key)
    if project is None:
        abort(HTTPStatus.NOT_FOUND)
    issues = [issue for issue in site.issues.all() if issue.project == project.key]
    epics = [issue for issue in issues if issue.type.level == 1]
    wanted = request.args.get("epic")
    lanes = [
        _lane(site, epic, issues, project.statuses) for epic in epics if wanted in {None, epic.key}
    ]
    loose = _lane(site, None, issues, project.statuses)
    if loose.total and not wanted:
        lanes.append(loose)
    return shown(
        "board.html",
        project=project,
        lanes=lanes,
        epics=epics,
        wanted=wanted,
        statuses=project.statuses,
    )


def _lane(
    site: Site, epic: Issue | None, issues: list[Issue], statuses: tuple[Status, ...]
) -> Lane:
    parent_id = epic.id if epic else None
    mine = [issue for issue in issues if issue.type.level == 0 and issue.parent_id == parent_id]
    columns = tuple(
        tuple(_card(site, issue) for issue in mine if issue.status_id == status.id)
        for status in statuses
    )
    return Lane(epic, columns)


def _card(site: Site, issue: Issue) -> Card:
    return Card(
        issue,
        person(issue.assignee),
        tuple(site.desk.allowed(issue)),
        tuple(site.issues.children(issue)),
    )


@bp.get("/browse/<key>")
def issue(key: str) -> ResponseReturnValue:
    site = current_site()
    found = site.issues.find(key)
    if found is None:
        abort(HTTPStatus.NOT_FOUND)
    parent = site.issues.by_id(found.parent_id)
    children = [_card(site, child) for child in site.issues.children(found)]
    return shown(
        "issue.html",
        card=_card(site, found),
        parent=parent,
        children=children,
        changes=[(change, person(change.author)) for change in site.issues.changes(found)],
    )


@bp.post("/browse/<key>/transition")
def transition(key: str) -> ResponseReturnValue:
    """A button of the board. Answers with the page the button was on."""
    site = current_site()
    found = site.issues.find(key)
    if found is None:
        abort(HTTPStatus.NOT_FOUND)
    asked = request.form.get("transition")
    for status in site.desk.allowed(found):
        if status.transition_id == asked:
            site.desk.move(found, status, {}, ADMIN)
    back = request.form.get("back", "")
    home = url_for("ui_board.issue", key=found.key)
    return redirect(back if back.startswith(("/jira/", "/browse/")) else home, HTTPStatus.SEE_OTHER)
