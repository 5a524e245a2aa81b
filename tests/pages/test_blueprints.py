"""Blueprints: once their gaps are filled, they are the page template under its drawing."""

import re

import pytest
from lxml import etree

from connector.catalogue import words
from connector.core.cycle import cycle_of
from connector.core.okr import Level
from connector.pages.blueprints import KINDS, ContextValue, blueprint_context, blueprint_template
from connector.pages.templates import page_template
from tests.pages.reading import read

AT = "http://atlassian.com/template"
GAP = re.compile(r'<at:var at:name="(\w+)" />')
kinds = pytest.mark.parametrize("kind", sorted(KINDS))


def template(kind: str) -> str:
    level, locale = KINDS[kind]
    return blueprint_template(level, words(locale))


def context(kind: str, code: str = "2026-Q4", unit: str = "") -> dict[str, ContextValue]:
    level, locale = KINDS[kind]
    found = blueprint_context(level, cycle_of(code), words(locale), label="okr", unit=unit)
    return {one["identifier"]: one for one in found}


def test_there_is_one_for_every_level_in_both_languages() -> None:
    assert {*KINDS.values()} == {(level, one) for level in Level for one in ("en", "zh-CN")}


@kinds
def test_every_gap_is_filled_and_each_once(kind: str) -> None:
    """Confluence refuses a variable that the context does not have."""
    gaps = GAP.findall(template(kind))

    assert gaps
    assert set(gaps) <= context(kind).keys()
    assert template(kind).count("at:var") == len(gaps)


@kinds
@pytest.mark.parametrize("code", ["2026-Q4", "2026-B6", "2026"])
def test_filled_it_is_the_page_template_under_its_drawing(kind: str, code: str) -> None:
    level, locale = KINDS[kind]
    filled = GAP.sub(lambda gap: context(kind, code)[gap[1]]["value"], template(kind))
    whole = page_template(level, cycle_of(code), words(locale))

    drawing, _, page = filled.partition("\n")
    assert drawing == '<ac:structured-macro ac:name="okr-objective" ac:schema-version="1" />'
    assert page == whole.storage
    assert read(filled).findings == read(whole.storage).findings
    assert context(kind, code)["ContentPageTitle"]["value"] == whole.title


@kinds
def test_it_is_well_formed(kind: str) -> None:
    names = ("ac", "ri", "at")
    spaces = " ".join(f'xmlns:{name}="urn:{name}"' for name in names)

    assert len(etree.fromstring(f"<page {spaces}>{template(kind)}</page>")) > 3


def test_the_title_names_the_team_where_it_is_known() -> None:
    title = context("team-zh", unit="云仓")["ContentPageTitle"]

    assert title == {
        "identifier": "ContentPageTitle",
        "value": "云仓 · 团队 OKR 2026-Q4",
        "representation": "plain",
    }


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        ("R&D: <b>#1</b>", "R&D b 1 b"),
        ("  ", ""),
        ("x" * 400, "x" * (255 - len(" · Team OKRs 2026-Q4"))),
    ],
)
def test_a_title_is_one_that_confluence_takes(unit: str, said: str) -> None:
    title = context("team-en", unit=unit)["ContentPageTitle"]["value"]

    assert title == (f"{said} · Team OKRs 2026-Q4" if said else "Team OKRs 2026-Q4")
    assert len(title) <= 255


def test_the_label_makes_the_page_take_part() -> None:
    assert context("team-en")["labelsString"]["value"] == "okr"
