"""Reading, validating and judging a page against merely parsing it.

`python -m tests.bench.reading` prints how long it takes to parse, validate and lint a page of
50 KB, how that compares with BeautifulSoup (html.parser) building its tree of the same page, how
the time grows to ten times the size, and the most memory that was held. Every page has words of
its own, and what is kept of sentences is forgotten before each round.
"""

import gc
import time
import tracemalloc
from collections.abc import Callable
from datetime import date
from functools import _lru_cache_wrapper

from bs4 import BeautifulSoup

from connector.core.okr import PageId
from connector.core.policy import Policy
from connector.pages import read_okrs
from connector.usecases.lint_okrs import lint_okrs

SMALL, LARGE, ROUNDS = 50_000, 500_000, 5
_HEAD = "".join(f"<th><p><strong>{one}</strong></p></th>" for one in ("Objective", "Key result"))
_SENTENCES = (
    "Repeat orders of area {n} rise from 31% to 45%",
    "第 {n} 区客户流失率从 8% 降到 5%",
    "Improve onboarding of new shops in area {n}",
)
_NOTES = (
    "<h3>Notes {n}</h3><p>The <strong>night shift</strong> of dock {n} reports "
    '<a href="https://example.org/x?y={n}">calm days</a> and <em>no</em> damage.</p><ul>'
    "<li><p>Ask the carrier about week {n}</p></li>"
    "<li><p>Write to <code>team-{n}</code></p></li></ul>"
)


def page(size: int) -> str:
    """Objectives of three key results each, between notes, in storage format."""
    parts, length, number = ["<p>Cycle: 2026-Q4</p>"], 0, 0
    while length < size:
        number += 1
        aims = (f"Aim {number} that people want", "", "")
        rows = "".join(
            f"<tr><td><p>{aim}</p></td><td><p>{one.format(n=number)}</p></td></tr>"
            for aim, one in zip(aims, _SENTENCES, strict=True)
        )
        table = f"<table><tbody><tr>{_HEAD}</tr>{rows}</tbody></table>"
        parts += [table, *(_NOTES.format(n=number * 10 + n) for n in range(8))]
        length += sum(map(len, parts[-9:]))
    return "".join(parts)


def judge(body: str) -> None:
    today = date(2026, 11, 23)
    read = read_okrs(body, page=PageId("1"), title="Q4", policy=Policy(), today=today)
    assert read.okrs is not None
    assert lint_okrs(read.okrs, space="", policy=Policy())


def forget() -> None:
    """Whatever is kept of texts: every bounded memory of the connector. Validators stay."""
    for kept in gc.get_objects():
        if isinstance(kept, _lru_cache_wrapper) and kept.cache_parameters()["maxsize"]:
            kept.cache_clear()
    gc.collect()


def seconds(work: Callable[[], object]) -> float:
    """The best of a few rounds."""
    found = []
    for _ in range(ROUNDS):
        forget()
        began = time.perf_counter()
        work()
        found.append(time.perf_counter() - began)
    return min(found)


def peak(body: str) -> float:
    """Megabytes held at most."""
    forget()
    tracemalloc.start()
    judge(body)
    held = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return held / 1e6


def main(_arguments: list[str] | None = None) -> None:
    small, large = page(SMALL), page(LARGE)
    ours, soup = seconds(lambda: judge(small)), seconds(lambda: BeautifulSoup(small, "html.parser"))
    print(
        f"A page of {len(small.encode()) / 1000:.0f} KB read, validated and linted in "
        f"{ours * 1000:.0f} ms; BeautifulSoup parses it in {soup * 1000:.0f} ms: "
        f"{soup / ours:.1f} times as fast"
    )
    grown = seconds(lambda: judge(large)) / ours / (len(large) / len(small))
    print(
        f"Ten times the page: {grown:.2f} times as long for each byte; {peak(large):.0f} MB at most"
    )


if __name__ == "__main__":
    main()
