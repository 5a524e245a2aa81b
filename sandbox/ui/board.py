"""The board of a project: columns by status, swimlanes by epic, a page of lanes at a time."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from sandbox import links
from sandbox.directory import USERS
from sandbox.jira.kinds import Status
from sandbox.jira.model import Issue, Project
from sandbox.jira.ranks import rank_of
from sandbox.site import current_site
from sandbox.ui.chrome import shown
from sandbox.ui.identity import acting
from sandbox.ui.lanes import Reader, lane, lanes

bp = Blueprint("ui_board", __name__)

LANES = 6
CARDS = 6
CARDS_OF_ONE_EPIC = 40
UNASSIGNED = "none"


@dataclass(frozen=True, slots=True)
class Filter:
    """What the form above the board asks for; empty texts ask for nothing."""

    epic: str = ""
    assignee: str = ""
    text: str = ""
    page: int = 1
    most: int = CARDS

    @property
    def wants_all(self) -> bool:
        return not (self.assignee or self.text)

    def wants(self, issue: Issue) -> bool:
        if self.assignee and (issue.assignee or UNASSIGNED) != self.assignee:
            return False
        return self.text.casefold() in f"{issue.key} {issue.summary}".casefold()


@dataclass(frozen=True, slots=True)
class Column:
    status: Status
    total: int
    points: float


def found_project(key: str) -> Project:
    store = current_site().issues
    project = store.project(key)
    if project is None or not store.may_browse(project, acting()):
        abort(HTTPStatus.NOT_FOUND)
    return project


def reader() -> Reader:
    site = current_site()
    return Reader(acting(), site.issues, site.desk)


@bp.get("/<key>")
def board(key: str) -> ResponseReturnValue:
    project, chosen, looking = found_project(key), _asked(), reader()
    issues = sorted(looking.issues(project), key=rank_of)
    every = lanes(issues, chosen.wants, empty=chosen.wants_all)
    named = [pair for pair in every if chosen.epic in {"", pair[0].key if pair[0] else "none"}]
    start = (chosen.page - 1) * LANES
    on_page = named[start : start + LANES]
    return shown(
        "board.html",
        project=project,
        lanes=[
            lane(looking, epic, mine, project.statuses, most=chosen.most) for epic, mine in on_page
        ],
        columns=_columns(project, [issue for _, mine in named for issue in mine]),
        epics=[issue for issue in issues if issue.type.level == 1],
        chosen=chosen,
        people=USERS,
        pages=max(1, -(-len(named) // LANES)),
        may_work=current_site().issues.may_work(project.key, acting()),
        address=_address(project, chosen),
    )


def _asked() -> Filter:
    args = request.args
    epic = args.get("epic", "")
    fewest = CARDS_OF_ONE_EPIC if epic else CARDS
    return Filter(
        epic,
        args.get("assignee", ""),
        args.get("text", "").strip(),
        max(1, args.get("page", 1, type=int)),
        max(fewest, args.get("most", fewest, type=int)),
    )


def _address(project: Project, chosen: Filter) -> Callable[..., str]:
    """The address of this board with some of the filter changed."""

    def address(**changed: object) -> str:
        kept: dict[str, object] = {
            "epic": chosen.epic,
            "assignee": chosen.assignee,
            "text": chosen.text,
        }
        return links.board(project.key, **kept | changed)

    return address


def _columns(project: Project, issues: list[Issue]) -> list[Column]:
    """What each column holds over all lanes that are asked for, drawn or not."""
    by_status: dict[str, list[Issue]] = {status.id: [] for status in project.statuses}
    for issue in issues:
        by_status[issue.status_id].append(issue)
    return [
        Column(status, len(here), sum(issue.points or 0 for issue in here))
        for status in project.statuses
        for here in [by_status[status.id]]
    ]
