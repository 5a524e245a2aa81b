"""
What it costs to keep the alignment of 5,000 objectives in step with their pages.

A company of 1,667 pages with three objectives each on a SQLite file: one page of the company, 40 of
departments, the others of teams, each of which links the page above it; one in fifty depends on
another team. Pages are changed one at a time, as their jobs do it; beside each time stand how many
objectives were looked at, and what it costs to look at all of them: from the store, as after a
start, and with every page in memory already. Before the times are believed, both ways must have
come to the same remarks.
"""

import random
import statistics
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from connector.core.alignment_reading import aligned_of
from connector.core.findings import Place
from connector.core.lint.aligning import Alignments
from connector.core.okr import (
    DependencyRef,
    KeyResult,
    KrKey,
    Level,
    Objective,
    ObjectiveKey,
    OkrPage,
    PageId,
    PageState,
    ParentRef,
    SiteId,
    StoredPage,
)
from connector.core.policy import Policy
from connector.storage.engines import open_database
from connector.storage.migrations import upgrade
from connector.storage.okrs import SqlOkrStore
from connector.usecases.align import SiteNetwork
from connector.usecases.tell_alignment import gather_alignment

SITE, POLICY = SiteId("bench.example"), Policy()
OBJECTIVES, ON_A_PAGE, DEPARTMENTS, CHANGES, LOOKS = 5_000, 3, 40, 50, 2_000
PAGES = -(-OBJECTIVES // ON_A_PAGE)
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
_WORDS = tuple(
    line.split()
    for line in (
        "Shippers Carriers Drivers Brokers Planners Buyers Engineers Partners Analysts Clerks",
        "trust enjoy recommend understand choose praise follow plan share keep",
        "quotes invoices dates forecasts releases reports meetings tools routes answers",
        "calmly early openly daily gladly firmly alone together abroad anywhere",
    )
)


def main(arguments: list[str] | None = None) -> None:
    del arguments
    chance = random.Random(7)  # noqa: S311 - a company to measure
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(f"sqlite:///{Path(folder) / 'okr.sqlite'}")
        upgrade(database)
        store = SqlOkrStore(database)
        pages = list(_company(chance))
        for page in pages:
            store.save_page(page)
        print(f"{PAGES * ON_A_PAGE} objectives on {PAGES} pages")
        network = _started(store)
        for name, which in (
            ("a team's page", range(DEPARTMENTS + 1, PAGES)),
            ("a department's page", range(1, DEPARTMENTS + 1)),
            ("the company's page", range(1)),
        ):
            _changed(name, [chance.choice(which) for _ in range(CHANGES)], pages, store, network)
        _anew(pages, store)
        _asked(pages, store)
        database.close()


def _company(chance: random.Random) -> Iterator[StoredPage]:
    for number in range(PAGES):
        level = (
            Level.COMPANY
            if number == 0
            else Level.DEPARTMENT
            if number <= DEPARTMENTS
            else Level.TEAM
        )
        above = 0 if number <= DEPARTMENTS else 1 + number % DEPARTMENTS
        parents = (ParentRef("above", "", _id(above)),) if number else ()
        needs = (DependencyRef("them", f"{_id(chance.randrange(PAGES))}-O1"),)
        objectives = tuple(
            Objective(
                ObjectiveKey(f"{_id(number)}-O{n}"),
                _title(chance),
                Place(),
                tuple(_result(number, n, each) for each in range(1, 4)),
                parents=parents,
                dependencies=needs if chance.random() < 1 / 50 else (),
            )
            for n in range(1, ON_A_PAGE + 1)
        )
        title = f"OKRs of unit {number}"
        okrs = OkrPage(_id(number), title, "2026-Q4", level, (), objectives)
        yield StoredPage(
            SITE, _id(number), title, "OKR", "", 1, 1, PageState.READ, okrs, (), NOW, saved_at=NOW
        )


def _id(number: int) -> PageId:
    return PageId(f"{100_000 + number}")


def _title(chance: random.Random) -> str:
    return " ".join(map(chance.choice, _WORDS))


def _result(page: int, objective: int, number: int) -> KeyResult:
    key = KrKey(f"{_id(page)}-{objective}{number}")
    return KeyResult(key, f"Repeat orders rise from {number}% to {objective + 40}%", 1, Place())


def _started(store: SqlOkrStore) -> SiteNetwork:
    """The first start writes every remark, later ones find them written."""
    for name in ("first start", "later start"):
        took = _seconds(lambda: SiteNetwork().align(SITE, store=store, policy=POLICY))
        print(f"  {name + ', from the store':<32} {took * 1000:8.0f} ms")
    tracemalloc.start()
    network = SiteNetwork()
    network.align(SITE, store=store, policy=POLICY)
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    print(f"  {'kept in memory':<32} {kept / 1e6:8.1f} MB")
    return network


def _changed(
    name: str, which: list[int], pages: list[StoredPage], store: SqlOkrStore, network: SiteNetwork
) -> None:
    """A new title for its first objective; the job's own reading and keeping are not counted."""
    took, core, looked = [], [], []
    beside = _fresh(pages)
    for turn, number in enumerate(which):
        page = pages[number] = _retitled(pages[number], f"Aim {turn} of {name}")
        store.save_page(page)
        took.append(
            _seconds(
                lambda page=page: network.align(  # type: ignore[misc]  # a lambda's default
                    SITE, store=store, policy=POLICY, changed=[page.page]
                )
            )
        )
        began = time.perf_counter()
        looked.append(len(beside.replace(page.page, aligned_of(page))))
        core.append(time.perf_counter() - began)
    assert dict(beside.found) == dict(_fresh(pages).found)
    for page in pages:
        assert store.alignment(SITE, page.page) == beside.of_page(page.page)
    print(
        f"  {name + ' changed':<32} {statistics.median(took) * 1000:8.1f} ms"
        f" ({statistics.median(core) * 1000:.1f} ms without the store),"
        f" {statistics.median(looked):.0f} objectives looked at"
    )


def _retitled(page: StoredPage, title: str) -> StoredPage:
    assert page.okrs is not None
    first, *others = page.okrs.objectives
    objectives = (replace(first, title=title), *others)
    return replace(
        page,
        version=page.version + 1,
        read_at=page.read_at + timedelta(seconds=1),
        okrs=replace(page.okrs, objectives=objectives),
    )


def _fresh(pages: list[StoredPage]) -> Alignments:
    return Alignments(POLICY.lint, (one for page in pages for one in aligned_of(page)))


def _anew(pages: list[StoredPage], store: SqlOkrStore) -> None:
    from_store = [
        _seconds(lambda: SiteNetwork().align(SITE, store=store, policy=POLICY)) for _ in range(3)
    ]
    in_memory = [_seconds(lambda: _fresh(pages)) for _ in range(3)]
    print(
        f"  {'everything anew':<32} {min(from_store) * 1000:8.0f} ms"
        f" ({min(in_memory) * 1000:.0f} ms without the store)"
    )


def _asked(pages: list[StoredPage], store: SqlOkrStore) -> None:
    """What an open macro asks for each second, beside its revision."""

    def look() -> None:
        gather_alignment(SITE, pages[-1].page, store=store, sight=frozenset)

    took = sorted(_seconds(look) for _ in range(LOOKS))
    print(f"  {'asked for by an open macro':<32} {statistics.median(took) * 1e6:8.0f} µs")


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
