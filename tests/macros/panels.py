"""Panels of issues of sample pages, in one call."""

from dataclasses import replace
from datetime import timedelta

from connector.catalogue import words
from connector.core.okr import IssueKey, KrKey
from macros.panel.build import MovedPage, PanelFacts, panel_view
from macros.panel.page import render_panel
from macros.panel.view import PanelLine, PanelView
from tests.fakes.okrs import JIRA, NOW, Sample, harbourline, warehouse
from tests.macros.views import AWAY, POLICY

ISSUE = IssueKey("HBR-12")
FACTS = PanelFacts(ISSUE, (), 0, known=True, waiting=False, outages={})


def moved(sample: Sample, *keys: str) -> MovedPage:
    assert sample.page.okrs is not None
    wanted = frozenset(map(KrKey, keys))
    return MovedPage(sample.page, sample.page.okrs, sample.deliveries, wanted)


def two_pages() -> tuple[MovedPage, ...]:
    """Two key results of one page, one of which was not measured yet, and one of another."""
    return moved(harbourline(), "1001-1", "1001-4"), moved(warehouse(), "2002-2")


def stale() -> MovedPage:
    sample = warehouse()
    old = {
        key: replace(one, read_at=NOW - timedelta(days=40))
        for key, one in sample.deliveries.items()
    }
    return moved(replace(sample, deliveries=old), "2002-2")


def panel_of(facts: PanelFacts, locale: str = "en") -> PanelView:
    return panel_view(facts, words=words(locale), now=NOW, policy=POLICY, jira_url=JIRA)


def panel_html(view: PanelView, locale: str = "en", theme: str = "auto", tag: str = "") -> str:
    return render_panel(
        view,
        words=words(locale),
        theme=theme,
        assets="/assets",
        resize_origin="https://jira.example.org",
        tag=tag,
    )


def lines(view: PanelView) -> list[PanelLine]:
    return [line for page in view.pages for line in page.lines]


def every_panel(locale: str) -> dict[str, PanelView]:
    """All that can stand where a panel stands, by name."""
    full = replace(FACTS, pages=two_pages(), hidden=1, outages=AWAY)
    return {
        "full": panel_of(full, locale),
        "stale": panel_of(replace(FACTS, pages=(stale(),)), locale),
        "none": panel_of(FACTS, locale),
        "none_visible": panel_of(replace(FACTS, hidden=2), locale),
        "not_told": panel_of(replace(FACTS, hidden=None), locale),
        "rights_unknown": panel_of(replace(FACTS, hidden=None, known=False), locale),
        "waiting": panel_of(replace(FACTS, waiting=True), locale),
    }
