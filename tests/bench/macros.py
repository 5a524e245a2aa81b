"""
Macros per second on one core: our service beside an app of npm `atlassian-connect-express`.

Both verify the host's token and the hash of the request, look up the tenant, and answer with the
same key results, or with 304 to whoever shows them already. We run as `okr-connector serve` runs,
with SQLite, jobs and the viewer's rights; the other app has its tenant and everything it shows in
memory, and renders Handlebars. Servers take turns on one core, fully warmed, `wrk` asks from the
other; who does not answer is moved away. The floors are a bare route of each framework.
"""

import os
import secrets
import statistics
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from connector.core.okr import PageId
from tests.bench._framed import (
    Macro,
    Ours,
    answer,
    bare_flask,
    facts_for_them,
    our_service,
    their_app,
)
from tests.bench._load import ASKING, SERVING, Asked, Found, Server, ask, needed
from tests.sandbox.hosting import serving_site

ROUNDS, SECONDS, WARMING = 5, 4, 8
LIMIT, AIM = 1.3, 2.0
BARE = (Asked("/bare"),)


@dataclass(frozen=True)
class Row:
    """One server asked in one way."""

    what: str
    server: Server
    asked: Sequence[Asked]
    found: list[Found] = field(default_factory=list)

    def measure(self, seconds: float) -> Found:
        self.server.move_to(SERVING)
        try:
            return ask(self.server, self.asked, seconds)
        finally:
            self.server.move_to(ASKING)

    def median(self, name: str) -> float:
        found: list[float] = [getattr(one, name) for one in self.found]
        return statistics.median(found)


def main(arguments: list[str] | None = None) -> None:
    del arguments
    needed()
    os.sched_setaffinity(0, {ASKING})
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        site = stack.enter_context(serving_site("company"))
        ours = stack.enter_context(our_service(folder, site))
        macros = ours.macros()
        pages = list(dict.fromkeys(one.page for one in macros))
        secret = secrets.token_urlsafe(48)
        theirs = stack.enter_context(their_app(folder, facts_for_them(ours, pages, secret)))
        floor = stack.enter_context(bare_flask())
        pairs = _pairs(ours, theirs, macros, secret)
        floors = [Row("Flask", floor, BARE), Row("express", theirs, BARE)]
        _say_what(ours, pages, pairs)
        _measure([row for pair in pairs for row in pair], floors)
    for ours_row, theirs_row in pairs:
        _say(ours_row, theirs_row)
    _say(*floors)


def _pairs(
    ours: Ours, theirs: Server, macros: Sequence[Macro], secret: str
) -> list[tuple[Row, Row]]:
    def asked(server: Server, secret: str, *, again: bool) -> list[Asked]:
        key = ours.tenancy.client_key
        fresh = [one.asked(key, secret) for one in macros]
        if not again:
            return fresh
        tags = [answer(server, one).headers["ETag"] for one in fresh]
        return [one.asked(key, secret, tag) for one, tag in zip(macros, tags, strict=True)]

    return [
        (
            Row(
                f"ours, {status}", ours.server, asked(ours.server, ours.tenancy.secret, again=again)
            ),
            Row(f"theirs, {status}", theirs, asked(theirs, secret, again=again)),
        )
        for status, again in (("200", False), ("304", True))
    ]


def _say_what(ours: Ours, pages: Sequence[PageId], pairs: Sequence[tuple[Row, Row]]) -> None:
    views = [ours.view(page, "") for page in pages]
    rows = sum(len(card.key_results) for view in views for card in view.cards)
    print(
        f"{len(pairs[0][0].asked)} frames of {len(pages)} pages with {rows} key results, 8 at once"
    )


def _measure(rows: Sequence[Row], floors: Sequence[Row]) -> None:
    for row in (*rows, *floors):
        row.server.move_to(ASKING)
    for row in (*rows, *floors):
        row.measure(WARMING if row in rows else SECONDS / 2)
    for number in range(ROUNDS):
        for row in rows:
            row.found.append(row.measure(SECONDS))
        if number < 2:
            for row in floors:
                row.found.append(row.measure(SECONDS / 2))


def _say(ours: Row, theirs: Row) -> None:
    for row in (ours, theirs):
        rates = [one.rate for one in row.found]
        print(
            f"  {row.what:<12} {row.median('rate'):6.0f}/s [{min(rates):.0f}-{max(rates):.0f}]"
            f"  p50 {row.median('p50'):5.1f}  p99 {row.median('p99'):5.1f} ms"
            f"  CPU {row.median('cpu'):6.3f} ms  {row.median('size') / 1000:5.1f} KB"
        )
    rate = ours.median("rate") / theirs.median("rate")
    cpu = theirs.median("cpu") / ours.median("cpu")
    print(f"    ours / theirs: {rate:.2f} x the answers, {cpu:.2f} x for each second of CPU")


if __name__ == "__main__":
    main()
