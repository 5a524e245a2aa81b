"""Every rule of the reader: when it is said, where, and that both languages can say it."""

import json
import re
from pathlib import Path
from string import Formatter

import pytest

import schemas
from connector.catalogue import words
from connector.core.findings import Severity
from connector.pages.remarks import SEVERITY
from tests.pages.reading import read, rules, table

ROOT = Path(__file__).parent.parent.parent
WIDE = "<table><tr><td rowspan='3000' colspan='100'/></tr>" + "<tr/>" * 3100 + "</table>"
HEAD = ("Objective", "Key result", "Baseline", "Target", "Weight", "Confidence", "Score", "Jira")


def row(**cells: str) -> str:
    given = {"Objective": "A", "Key result": "x grows", **cells}
    return table(
        HEAD, tuple(given.get(name.replace(" ", "_"), given.get(name, "")) for name in HEAD)
    )


@pytest.mark.parametrize(
    ("rule", "body"),
    [
        ("F-04", table(("Key result", "Target"), ("x", "5%"))),
        ("F-06", table((*HEAD[:2], "Target"), ("A", "x 1%", ""), ("", "", "60%"))),
        ("F-07", row(Target="as good as it gets")),
        ("F-08", table((*HEAD[:2], "Foo"), ("A", "x", "y"))),
        ("F-10", row(Weight="0%")),
        ("F-12", table((*HEAD[:2], "Due"), ("A", "x", "soon"))),
        ("F-14", row(Jira="ask Bo")),
        ("F-15", table(HEAD[:2], ("A", "x" * 2001))),
        ("F-16", row(Confidence="11/10")),
        ("F-17", row(Score="7")),
        ("F-19", row(Objective="A &nosuch; B")),
        ("F-23", row(Baseline="5%", Target="3 days")),
        ("F-24", table((*HEAD[:2], "Status"), ("A", "x", "parked by legal"))),
    ],
)
def test_a_slip_is_told_and_hides_nothing(rule: str, body: str) -> None:
    reading = read(body)
    assert rule in rules(reading)
    assert reading.okrs is not None


@pytest.mark.parametrize(
    ("rule", "body"),
    [
        ("F-01", "<h2>Plan</h2>\n<p>a</li>"),
        ("F-02", "x" * 5_000_001),
        ("F-20", "<p>" * 300 + "</p>" * 300),
        ("F-21", WIDE * 2),
        ("F-25", f"<h2>O1 A</h2><ul>{'<li>KR x</li>' * 1001}</ul>"),
    ],
)
def test_what_cannot_be_taken_blocks(rule: str, body: str) -> None:
    reading = read(body)
    assert (reading.okrs, rules(reading)) == (None, [rule])
    assert reading.findings[0].blocks


def test_a_broken_page_is_told_with_line_column_and_heading() -> None:
    """The author sees the place in the page's own lines, and the tag that is open."""
    [found] = read("<h2>Plan &amp; goals</h2>\n<p>a</p>\n<ul><li><p>b</li></ul>").findings
    assert (found.place.line, found.place.heading) == (3, "Plan &amp; goals")
    assert dict(found.facts) == {"line": "3", "column": "18", "reason": "<p> … </li>"}


def test_the_cycle_that_nobody_understands_is_told() -> None:
    body = table(("Cycle", "when ready"), ("Level", "galaxy")) + table(HEAD[:2], ("A", "x 1%"))
    assert rules(read(body)) == ["F-13", "F-07"]


def used() -> set[str]:
    sources = [*(ROOT / "connector" / "pages").glob("*.py")]
    said = {rule for path in sources for rule in re.findall(r'"(F-\d\d)"', path.read_text("utf-8"))}
    text = json.dumps([schemas.load("okr-page"), schemas.load("key-result")])
    return said | set(re.findall(r"F-\d\d", text))


def test_every_rule_has_a_severity() -> None:
    assert used() == set(SEVERITY)


@pytest.mark.parametrize("rule", sorted(SEVERITY))
@pytest.mark.parametrize("part", ["message", "hint"])
def test_both_languages_say_it_with_the_same_facts(rule: str, part: str) -> None:
    facts = [
        {
            name
            for _, name, _, _ in Formatter().parse(words(tag).messages[f"finding.{rule}.{part}"])
            if name
        }
        for tag in ("en", "zh-CN")
    ]
    assert facts[0] == facts[1]


def test_every_finding_of_a_bad_page_can_be_said() -> None:
    """The facts that the reader gives are those that the words ask for."""
    body = (ROOT / "tests" / "golden" / "authors-slips.xhtml").read_bytes()
    findings = [*read(body).findings, *read("<p>").findings, *read(b"\xff").findings]
    assert {one.severity for one in findings} == {Severity.E, Severity.W}
    for tag in ("en", "zh-CN"):
        assert all(words(tag).message(one) and words(tag).hint(one) for one in findings)


def test_a_broken_page_shows_its_own_words() -> None:
    """Not those of the parser, which are English; a sign that cannot be seen is named."""
    bodies = ("<p>R&D und Übung</p>", "<p>\x01</p>", "<p>" + "a" * 99 + "& " + "b" * 99 + "</p>")
    short, unseen, long = (dict(read(one).findings[0].facts)["reason"] for one in bodies)

    assert (short, unseen) == ("<p>R&D und Übung</p>", "<p>U+0001</p>")
    assert long.strip("… ").strip("ab") == "& "
    assert long.startswith("… a")
    assert long.endswith("b …")
