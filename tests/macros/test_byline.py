"""The badge under a page's title."""

from dataclasses import replace
from datetime import timedelta

import pytest
from lxml import etree

from connector.catalogue import words
from connector.core.assessment import assess
from connector.core.okr import Health, StoredPage
from connector.core.summary import PageSummary, summarize
from macros.byline import Byline, byline, byline_property
from macros.icons import NAMES, icon_files
from tests.fakes.okrs import NOW, Sample, broken, harbourline, stored, warehouse
from tests.macros.views import POLICY


def summary_of(sample: Sample) -> PageSummary:
    page = sample.page
    found = page.shown and assess(page, page.shown, sample.deliveries, now=NOW, policy=POLICY)
    return summarize(page, found or None)


def badge(sample: Sample, locale: str = "en") -> Byline:
    return byline(sample.page, summary_of(sample), words(locale))


def without_okrs(page: StoredPage) -> Sample:
    return Sample(replace(page, okrs=None, good_version=None), {})


def test_it_says_how_far_and_how_much_there_is_to_fix() -> None:
    """The third finding of the page is good to know and needs no mending."""
    assert badge(broken()).label == "OKR 70% · 2 to fix"
    assert badge(broken(), "zh-CN").label == "OKR 70% · 2 处待改"


def test_nothing_to_fix_is_not_counted() -> None:
    assert badge(Sample(replace(broken().page, findings=()), {})).label == "OKR 70%"


def test_progress_is_the_mean_of_the_objectives_by_their_weights() -> None:
    sample = warehouse()
    okrs = sample.page.okrs
    assert okrs is not None
    found = assess(sample.page, okrs, sample.deliveries, now=NOW, policy=POLICY)
    first, second = (one.progress for one in found.objectives)
    assert first is not None
    assert second is not None

    mean = summary_of(sample).progress

    assert mean is not None
    assert mean.ratio == first.ratio * 6 / 10 + second.ratio * 4 / 10


def test_the_gravest_health_of_any_objective_is_that_of_the_page() -> None:
    assert summary_of(warehouse()).health in {Health.AT_RISK, Health.OFF_TRACK}
    assert badge(harbourline()).icon == "at_risk"


def test_a_page_without_data_without_okrs_or_unreadable_says_so() -> None:
    sample = warehouse()
    okrs = sample.page.okrs
    assert okrs is not None
    unmeasured = replace(okrs.objectives[0].key_results[0], metric=None, links=())
    one = replace(okrs.objectives[0], key_results=(unmeasured,))
    waiting = Sample(replace(sample.page, okrs=replace(okrs, objectives=(one,))), {})
    empty = Sample(stored(None, page="4", title="Notes"), {})

    assert badge(waiting).label == "OKR · no data"
    assert badge(empty).label == "OKR · none yet"
    assert badge(without_okrs(broken().page)).label == "OKR · cannot be read · 2 to fix"


def test_the_tooltip_has_the_rest() -> None:
    found = badge(harbourline()).tooltip

    assert found.startswith("At risk · objectives: 1, key results: 4 · wording: ")


def test_the_clock_alone_changes_nothing() -> None:
    """Else every badge of a site would be written anew each day."""
    page = broken().page
    okrs = page.okrs
    assert okrs is not None
    summaries = [
        summarize(page, assess(page, okrs, {}, now=NOW + timedelta(days=day), policy=POLICY))
        for day in (0, 1)
    ]

    assert byline(page, summaries[0], words("en")) == byline(page, summaries[1], words("en"))


def test_the_property_has_the_form_that_confluence_reads() -> None:
    found = byline_property(Byline("OKR 45%", "At risk", "at_risk"))

    assert found == {
        "name": {"value": "OKR 45%"},
        "tooltip": {"value": "At risk"},
        "icon": {"url": "/assets/icon/at_risk.svg", "width": 16, "height": 16},
    }


@pytest.mark.parametrize("name", sorted(NAMES))
def test_every_icon_is_a_picture_that_needs_no_style_sheet(name: str) -> None:
    picture = etree.fromstring(icon_files()[name])

    assert picture.tag == "{http://www.w3.org/2000/svg}svg"
    assert [one for one in picture.iter() if "class" in one.attrib or "style" in one.attrib] == []
    assert b"#" in icon_files()[name]


def test_there_is_an_icon_for_every_health() -> None:
    assert {one.value for one in Health} <= NAMES == set(icon_files())
