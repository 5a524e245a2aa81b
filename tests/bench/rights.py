"""
What it costs to show a board of 500 objectives to somebody who may read half of them.

The sandbox plays Confluence over HTTP and every call is counted: with the viewer's own token, whose
floor is one call for a hundred pages, and by a permission check for each page, whose floor is one
call a page. Then the same look a second later, and a board that stays open for five minutes, asked
each second by a clock of its own: in the first minute questions about single pages spread, for what
was asked at once would else be due at once. Drawing is timed apart, on what is kept: the first look
reads every page, later ones only revisions.
"""

import statistics
import tempfile
import time
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from pathlib import Path

from connector.atlassian.auth import Credentials
from connector.atlassian.http import Door
from connector.atlassian.rights_cloud import CloudRights
from connector.atlassian.site import confluence_door
from connector.atlassian.viewer_doors import VIEWER_LIMITS, ViewerDoors
from connector.catalogue import words
from connector.core.board import Selection
from connector.core.okr import PageId, SiteId
from connector.core.policy import Policy
from connector.core.viewer import Viewer
from connector.storage.engines import open_database
from connector.storage.migrations import upgrade
from connector.storage.okrs import SqlOkrStore
from connector.turns import LinkTurns
from connector.usecases.handle import Ports, sweep_site
from connector.usecases.render_board import (
    Board,
    BoardParams,
    BoardShelf,
    Sight,
    board_tag,
    gather_board,
    show_board,
)
from connector.usecases.sites import Site
from connector.usecases.visibility import Visibility
from macros.registry import BOARD
from sandbox.directory import LI_NA, TOM
from sandbox.wiki.changes import create_page
from tests.atlassian.planted import Connection, planted

SITE = SiteId("bench.example")
OBJECTIVES, LOOKS, MINUTES = 500, 200, 5
PARAMS = BoardParams(PageId(""), Selection(), "en", "auto")
POLICY = Policy()
_BODY = (
    "<table><tbody><tr><th><p>Objective</p></th><th><p>Key result</p></th></tr>"
    "<tr><td><p>Aim {n} that people want</p></td>"
    "<td><p>Repeat orders rise from 31% to 45%</p></td></tr></tbody></table>"
)


class Clock:
    def now(self) -> datetime:
        return datetime.now(UTC)


def main(arguments: list[str] | None = None) -> None:
    del arguments
    with tempfile.TemporaryDirectory() as folder, planted("empty") as connection:
        _write(connection)
        store = _store(Path(folder))
        ports = Ports(connection.wiki, connection.jira, store, Clock(), POLICY, LinkTurns())
        sweep_site(SITE, ports, full=True)
        rights = CloudRights(connection.wiki_door, ViewerDoors(lambda _: _door(connection)))
        site = Site(SITE, ports, connection.address, connection.address, rights)
        print(f"A board of {OBJECTIVES} objectives on as many pages; the viewer may read half")
        for name, viewer in (
            ("with the viewer's token", Viewer(TOM.account_id, TOM.token)),
            ("by a check for each page", Viewer(TOM.account_id)),
        ):
            _asked(name, connection, site, viewer)
        _drawn(site, store)


def _write(connection: Connection) -> None:
    site = connection.site
    (space,) = site.pages.spaces()
    for number in range(OBJECTIVES):
        page = create_page(
            site,
            space=space,
            title=f"OKRs of team {number}",
            body=_BODY.format(n=number),
            parent_id=None,
            author=TOM,
        )
        site.pages.add_label(page, "okr")
        if number % 2:
            site.pages.rights.restrict(page.id, "read", LI_NA.account_id)
            site.pages.rights.restrict(page.id, "read", connection.user.account_id)


def _store(folder: Path) -> SqlOkrStore:
    database = open_database(f"sqlite:///{folder / 'okr.sqlite'}")
    upgrade(database)
    return SqlOkrStore(database)


def _door(connection: Connection) -> Door:
    return confluence_door(
        connection.address,
        Credentials(TOM.token, TOM.email),
        limits=VIEWER_LIMITS,
        on_call=connection.calls.append,
    )


def _asked(name: str, connection: Connection, site: Site, viewer: Viewer) -> None:
    now = [0.0]
    visibility, shelf = Visibility(clock=lambda: now[0]), BoardShelf()

    def look() -> tuple[int, int, float]:
        """Objectives shown, calls, seconds."""
        connection.spent()
        began = time.perf_counter()
        board = _board(site, shelf, lambda pages: visibility.visible(site, viewer, pages))
        took = time.perf_counter() - began
        return sum(len(one.objectives) for one in board.pages), _calls(connection), took

    shown, first, took = look()
    now[0] += 1
    _, second, _ = look()
    per_second = []
    for _ in range(MINUTES * 60):
        now[0] += 1
        per_second.append(look()[1])
    settled, first_minute = per_second[60:], per_second[:58]
    print(
        f"  {name:<26} {shown} shown, {first} calls in {took:.2f} s;"
        f" {second} when asked again at once;\n{'':29}kept open: {sum(first_minute)} more in the"
        f" first minute, then {sum(settled) / (MINUTES - 1):.0f} a minute,"
        f" {max(settled)} in the busiest second"
    )


def _calls(connection: Connection) -> int:
    return sum(connection.spent().values())


def _board(site: Site, shelf: BoardShelf, sight: Sight) -> Board:
    return gather_board(
        PARAMS,
        site=SITE,
        shelf=shelf,
        store=site.ports.store,
        clock=site.ports.clock,
        policy=POLICY,
        sight=sight,
        tells_hidden=True,
    )


def _drawn(site: Site, store: SqlOkrStore) -> None:
    """Everything is shown: the most there is to draw."""

    def all_of(pages: Collection[PageId]) -> frozenset[PageId]:
        return frozenset(pages)

    shelf, english = BoardShelf(), words("en")
    clock = Clock()

    def tag() -> str:
        board = _board(site, shelf, all_of)
        return board_tag(board, PARAMS, site=SITE, clock=clock, policy=POLICY)

    def draw() -> str:
        board = _board(site, shelf, all_of)
        view = show_board(board, PARAMS, clock=clock, policy=POLICY, words=english)
        return BOARD.render(view, words=english, theme="auto", assets="", resize_origin="")

    began = time.perf_counter()
    html = draw()
    cold = time.perf_counter() - began
    print(f"  first drawing after a start {cold * 1000:6.0f} ms, {len(html) / 1000:.0f} KB")
    _timed("drawn again", draw)
    _timed("found unchanged (304)", tag)


def _timed(name: str, work: Callable[[], object]) -> None:
    took = []
    for _ in range(LOOKS):
        began = time.perf_counter()
        work()
        took.append((time.perf_counter() - began) * 1000)
    took.sort()
    print(f"  {name:<27} p50 {statistics.median(took):6.1f} ms, p99 {took[-LOOKS // 100]:6.1f} ms")


if __name__ == "__main__":
    main()
