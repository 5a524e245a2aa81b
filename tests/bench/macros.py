"""
Macros per second on one core: our service beside an app of npm `atlassian-connect-express`.

Both verify the host's token and the hash of the request, look up the tenant, and answer with the
same key results, or with 304 to whoever shows them already. We run as `okr-connector serve` runs:
SQLite, jobs, the viewer's rights, limits and metrics, and a document that was drawn within the
minute. The other app has its tenant and everything that it shows in memory, and renders Handlebars.
Servers take turns on one core, fully warmed; `wrk` asks from the other, where whoever does not
answer waits. The floors are a bare route of each framework. CPU is of the server with all of its
threads, and says the same on a machine that does other work besides.
"""

import os
import platform
import secrets
import statistics
import tempfile
from collections.abc import Callable, Sequence
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

ROUNDS, SECONDS, WARMING = 5, 4, 6
FLOOR_ROUNDS = 2
LIMIT, AIM = 1.3, 2.0
# In bytes: a 304 is its headers.
SMALL = 2000.0


@dataclass(frozen=True)
class Row:
    """One server asked in one way; no answer may be as large as `largest`."""

    what: str
    server: Server
    asked: Callable[[], Sequence[Asked]]
    largest: float = float("inf")
    found: list[Found] = field(default_factory=list)

    def measure(self, seconds: float) -> Found:
        """Raises AssertionError for an error, and for documents where 304 is due."""
        asked = self.asked()
        self.server.move_to(SERVING)
        try:
            found = ask(self.server, asked, seconds)
        finally:
            self.server.move_to(ASKING)
        assert found.size < self.largest, f"{self.what}: {found.size:.0f} bytes an answer"
        return found

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
        key = ours.tenancy.client_key
        our_rows = _rows("ours", ours.server, macros, key, ours.tenancy.secret)
        their_rows = _rows("theirs", theirs, macros, key, secret)
        floors = (Row("Flask", floor, _bare), Row("express", theirs, _bare))
        _say_what(ours, pages, macros)
        pairs = [*zip(our_rows, their_rows, strict=True), floors]
        _measure([row for pair in pairs[:-1] for row in pair], floors)
    print(f"  (at least {LIMIT} x the answers wanted, {AIM:.0f} x is the aim)")
    for one, other in pairs:
        _say(one, other)


def _rows(
    who: str, server: Server, macros: Sequence[Macro], key: str, secret: str
) -> tuple[Row, Row]:
    """Signed anew for each round, with the tags of that moment."""

    def fresh() -> list[Asked]:
        return [one.asked(key, secret) for one in macros]

    def again() -> list[Asked]:
        tags = [answer(server, one).headers["ETag"] for one in fresh()]
        return [one.asked(key, secret, tag) for one, tag in zip(macros, tags, strict=True)]

    return Row(f"{who}, 200", server, fresh), Row(f"{who}, 304", server, again, SMALL)


def _bare() -> Sequence[Asked]:
    return (Asked("/bare"),)


def _say_what(ours: Ours, pages: Sequence[PageId], macros: Sequence[Macro]) -> None:
    views = [ours.view(page, "") for page in pages]
    rows = sum(len(card.key_results) for view in views for card in view.cards)
    print(
        f"{len(macros)} frames of {len(pages)} pages with {rows} key results, 8 at once;"
        f" {platform.python_implementation()} {platform.python_version()}"
    )


def _measure(rows: Sequence[Row], floors: Sequence[Row]) -> None:
    for row in (*rows, *floors):
        row.server.move_to(ASKING)
    for row in (*rows, *floors):
        row.measure(WARMING if row in rows else SECONDS / 2)
    for number in range(ROUNDS):
        for row in rows:
            row.found.append(row.measure(SECONDS))
        if number < FLOOR_ROUNDS:
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
