"""Reading, validating and judging a page against merely parsing it.

`python -m tests.bench.reading` prints for three kinds of pages (`_pages.py`) how long it takes to
parse, validate and lint 50 KB, and how that compares with BeautifulSoup (html.parser) building its
tree of the same page; beside it the floor, which is lxml and expat merely parsing it. Then how the
time grows to ten times the size, and the most memory that was held.

Each round reads a page of its own, whose sentences no page before it had, and all that is kept of
texts is forgotten before. Ours and theirs take turns, by processor time; the best round counts.
"""

import gc
import time
import tracemalloc
from collections.abc import Callable
from datetime import date
from functools import _lru_cache_wrapper
from xml.parsers import expat

from bs4 import BeautifulSoup
from lxml import etree

from connector.core.okr import PageId
from connector.core.policy import Policy
from connector.pages import read_okrs
from connector.usecases.lint_okrs import lint_okrs
from tests.bench._pages import PAGES

SMALL, LARGE, ROUNDS, FEW = 50_000, 500_000, 15, 3
_HEAD, _TAIL = b'<page xmlns:ac="a" xmlns:ri="b">', b"</page>"
Work = Callable[[str], object]


def judge(body: str) -> None:
    today = date(2026, 11, 23)
    read = read_okrs(body, page=PageId("1"), title="Q4", policy=Policy(), today=today)
    assert read.okrs is not None
    assert lint_okrs(read.okrs, space="", policy=Policy())


def soup(body: str) -> object:
    return BeautifulSoup(body, "html.parser")


def by_lxml(body: str) -> object:
    return etree.fromstring(_HEAD + body.encode() + _TAIL)


def by_expat(body: str) -> object:
    return expat.ParserCreate().Parse(_HEAD + body.encode() + _TAIL, True)


def forget() -> None:
    """Whatever is kept of texts: every bounded memory of the connector. Validators stay."""
    for kept in gc.get_objects():
        if isinstance(kept, _lru_cache_wrapper) and kept.cache_parameters()["maxsize"]:
            kept.cache_clear()
    gc.collect()


def milliseconds(
    page: Callable[[int, int], str], size: int, rounds: int, *works: Work
) -> list[float]:
    """The best of some rounds for each work, taking turns."""
    found: list[list[float]] = [[] for _ in works]
    for seed in range(rounds):
        body = page(size, seed)
        for times, work in zip(found, works, strict=True):
            forget()
            began = time.process_time()
            work(body)
            times.append((time.process_time() - began) * 1000)
    return [min(times) for times in found]


def peak(body: str) -> float:
    """Megabytes held at most."""
    forget()
    tracemalloc.start()
    judge(body)
    held = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return held / 1e6


def main(_arguments: list[str] | None = None) -> None:
    for name, page in PAGES.items():
        ours, theirs, lxml, bare = milliseconds(page, SMALL, ROUNDS, judge, soup, by_lxml, by_expat)
        small, large = len(page(SMALL, 0).encode()), len(page(LARGE, 0).encode())
        grown = milliseconds(page, LARGE, FEW, judge)[0] / ours / (large / small)
        print(
            f"{name}: {small / 1000:.0f} KB read, validated and linted in {ours:.1f} ms; "
            f"BeautifulSoup parses it in {theirs:.1f} ms: {theirs / ours:.1f} times as fast\n"
            f"  the floor: lxml parses it in {lxml:.1f} ms, expat in {bare:.1f} ms\n"
            f"  ten times the page: {grown:.2f} times as long for each byte; "
            f"{peak(page(LARGE, 0)):.0f} MB at most"
        )


if __name__ == "__main__":
    main()
