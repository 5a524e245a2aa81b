"""Templates: empty they say nothing, filled in they say exactly what was written."""

import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

import pytest

from connector.catalogue import words
from connector.core.cycle import cycle_of
from connector.core.okr import EpicLink, IssueKey, KeyResult, Level, MetricKind, OkrPage, Person
from connector.core.words import Words
from connector.pages.source import Source, parse_source
from connector.pages.templates import COLUMNS, ROWS, PageTemplate, page_template
from tests.pages.reading import read, results, rules

HINT = re.compile(r"<ac:placeholder>[^<]*</ac:placeholder>")
BLANK = re.compile(r"<td><p></p></td>|(?<=[:：] )</h2>|(?<=[:：])</h2>")
PROPERTIES = {"owner": "Ada Lovelace", "type": "承诺型", "aligned": "Company OKRs"}
CODES = ("2026", "2026-H2", "2026-Q4", "2026-B6", "2026-B1", "2026-11")
ROW = {
    "owner": "Ben",
    "baseline": "40%",
    "target": "25%",
    "current": "31%",
    "confidence": "7/10",
    "due": "2026-12-15",
    "jira": "PAY-12",
}
everything = pytest.mark.parametrize("locale", ["en", "zh-CN"])
levels = pytest.mark.parametrize("level", list(Level))


def template(level: Level, locale: str, code: str = "2026-Q4") -> PageTemplate:
    return page_template(level, cycle_of(code), words(locale))


def titles(said: Words) -> tuple[str, str]:
    chinese = said.locale == "zh-CN"
    return (
        ("让顾客付款不再犹豫", "结账放弃率")
        if chinese
        else ("Customers pay without a second thought", "Checkout abandonment")
    )


def answers(level: Level, said: Words, *, objectives: int) -> Iterator[str]:
    """What an author writes in place of each hint, in the order of the page."""
    objective, result = titles(said)
    yield ""
    yield PROPERTIES["owner"]
    yield PROPERTIES["type"]
    if level is not Level.COMPANY:
        yield PROPERTIES["aligned"]
    for number in range(1, objectives + 1):
        yield f"{objective} {number}"
        for row in range(1, ROWS + 1):
            yield f"{result} {number}{'ABC'[row - 1]}"
            yield from (ROW[name] for name in COLUMNS[1:])


def filled(storage: str, said: Iterator[str]) -> str:
    """The hints replaced in turn; those nobody answered stay."""
    return HINT.sub(lambda hint: next(said, hint[0]), storage)


@levels
@everything
def test_an_untouched_template_holds_no_okr_and_blames_nobody(level: Level, locale: str) -> None:
    found = template(level, locale)

    for body in (found.storage, found.pasted):
        reading = read(body, title=found.title)
        assert results(reading) == []
        assert rules(reading) == ["F-03"]


@levels
@everything
def test_a_filled_template_is_read_exactly(level: Level, locale: str) -> None:
    found = template(level, locale)
    said = words(locale)
    objectives = found.storage.count("<h2>")

    reading = read(
        filled(found.storage, answers(level, said, objectives=objectives)), title="Anything"
    )

    assert rules(reading) == []
    okrs = reading.okrs
    assert okrs is not None
    objective, result = titles(said)
    assert (okrs.cycle, okrs.level, okrs.owners) == ("2026-Q4", level, (Person("Ada Lovelace"),))
    assert [one.title for one in okrs.objectives] == [
        f"{objective} {number}" for number in range(1, objectives + 1)
    ]
    assert [len(one.key_results) for one in okrs.objectives] == [ROWS] * objectives
    for number, one in enumerate(okrs.objectives, start=1):
        for letter, row in zip("ABC", one.key_results, strict=True):
            assert_as_written(row, f"{result} {number}{letter}")


def assert_as_written(row: KeyResult, title: str) -> None:
    assert row.title == title
    assert row.owners == (Person("Ben"),)
    assert row.metric is not None
    assert (row.metric.kind, row.metric.unit) == (MetricKind.DECREASE, "%")
    assert [row.metric.baseline, row.metric.target, row.metric.current] == [40, 25, 31]
    assert row.confidence == Fraction(7, 10)
    assert row.due == date(2026, 12, 15)
    assert row.links == (EpicLink(IssueKey("PAY-12")),)
    assert row.notes == ""


@levels
@everything
def test_what_is_filled_in_alone_is_read_alone(level: Level, locale: str) -> None:
    """One objective with one key result: the hints beside and below it say nothing."""
    found = template(level, locale)
    said = words(locale)
    known = list(answers(level, said, objectives=1))[: -(ROWS - 1) * len(COLUMNS)]

    reading = read(filled(found.storage, iter(known)), title="Anything")

    assert rules(reading) == []
    assert [one.title for one in results(reading)] == [f"{titles(said)[1]} 1A"]


@levels
@everything
def test_pasted_by_hand_it_reads_the_same(level: Level, locale: str) -> None:
    """Plain HTML, as the editor keeps it: no macro around the properties."""
    found = template(level, locale)
    said = words(locale)
    objectives = found.storage.count("<h2>")
    stored = filled(found.storage, answers(level, said, objectives=objectives))
    by_hand = list(answers(level, said, objectives=objectives))[1:]
    typed = iter(by_hand)
    pasted = BLANK.sub(
        lambda blank: (
            f"<td><p>{next(typed)}</p></td>" if "td" in blank[0] else next(typed) + "</h2>"
        ),
        found.pasted,
    )

    assert "ac:" not in found.pasted
    assert shape(read(pasted, title="T").okrs) == shape(read(stored, title="T").okrs)


def shape(okrs: OkrPage | None) -> object:
    assert okrs is not None
    rows = [
        (one.title, one.owners, one.metric, one.due, one.links, one.confidence)
        for objective in okrs.objectives
        for one in objective.key_results
    ]
    heads = [one.title for one in okrs.objectives]
    return okrs.cycle, okrs.level, okrs.owners, heads, rows


@pytest.mark.parametrize("code", CODES)
@everything
def test_every_cycle_is_read_back_from_the_properties_and_from_the_title(
    code: str, locale: str
) -> None:
    found = template(Level.TEAM, locale, code)
    said = list(answers(Level.TEAM, words(locale), objectives=1))
    body = filled(found.storage, iter(said))
    bare = re.sub(r"<ac:structured-macro.*?</ac:structured-macro>", "", body, flags=re.DOTALL)

    for reading in (read(body, title="T"), read(bare, title=found.title)):
        assert reading.okrs is not None
        assert reading.okrs.cycle == code


@levels
@everything
def test_it_is_storage_format_that_any_confluence_takes(level: Level, locale: str) -> None:
    """Well-formed, without an entity, an id of ours or anything that only one of them knows."""
    found = template(level, locale)
    source = parse_source(found.storage)

    assert isinstance(source, Source)
    names = {str(one.tag).rpartition("}")[2] for one in source.root.iterdescendants()}
    assert names == {
        "p", "h2", "table", "tbody", "tr", "th", "td",
        "placeholder", "structured-macro", "rich-text-body",
    }  # fmt: skip
    assert "&" not in found.storage
    assert found.storage.count("<ac:structured-macro") == 1
    assert set(found.hints) == {
        hint[0].removeprefix("<ac:placeholder>").removesuffix("</ac:placeholder>")
        for hint in HINT.finditer(found.storage)
    }
