"""From a sample page to what its macro shows, in one call."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from connector.catalogue import words
from connector.core.assessment import assess
from connector.core.okr import KeyResult
from connector.core.policy import Policy
from macros.objective.build import objectives_view
from macros.objective.page import render_page
from macros.objective.view import Fact, KeyResultRow, ObjectiveCard, ObjectivesView
from tests.fakes.okrs import JIRA, NOW, Sample, broken, harbourline, stored, warehouse

POLICY = Policy(time_zone="Asia/Shanghai")
AWAY = {"jira": NOW - timedelta(minutes=83)}


def view_of(
    sample: Sample | None,
    locale: str = "en",
    *,
    now: datetime = NOW,
    policy: Policy = POLICY,
    outages: Mapping[str, datetime] | None = None,
    objective: str | None = None,
    jira_url: str = JIRA,
    swept: bool = True,
) -> ObjectivesView:
    page = sample.page if sample else None
    assessment = (
        assess(page, page.okrs, sample.deliveries, now=now, policy=policy)
        if sample and page and page.okrs
        else None
    )
    return objectives_view(
        page,
        assessment,
        outages=outages or {},
        words=words(locale),
        now=now,
        policy=policy,
        objective=objective,
        jira_url=jira_url,
        swept=swept,
    )


def html_of(view: ObjectivesView, locale: str = "en", theme: str = "auto", tag: str = "") -> str:
    return render_page(
        view,
        words=words(locale),
        theme=theme,
        assets="/assets",
        resize_origin="https://wiki.example.org",
        tag=tag,
    )


def every_state(locale: str) -> dict[str, ObjectivesView]:
    """All that can stand where the macro stands, by name."""
    empty = Sample(stored(None, page="4", title="随手记"), {})
    unreadable = Sample(replace(broken().page, okrs=None, good_version=None), {})
    return {
        "warehouse": view_of(warehouse(), locale),
        "harbourline": view_of(harbourline(), locale, outages=AWAY),
        "broken": view_of(broken(), locale),
        "empty": view_of(empty, locale),
        "unreadable": view_of(unreadable, locale),
        "not_found": view_of(None, locale),
        "waiting": view_of(None, locale, swept=False),
        "no_objective": view_of(warehouse(), locale, objective="2002-O9"),
    }


def card(view: ObjectivesView, number: int = 0) -> ObjectiveCard:
    return view.cards[number]


def row(view: ObjectivesView, key: str) -> KeyResultRow:
    return next(one for card in view.cards for one in card.key_results if one.key == key)


def fact(view: ObjectivesView, key: str, label: str) -> Fact:
    return next(one for one in row(view, key).why.facts if one.label == label)


def changed(sample: Sample, key: str, **fields: object) -> Sample:
    """The same page with some fields of one key result written differently."""

    def written(one: KeyResult) -> KeyResult:
        return replace(one, **fields) if one.key == key else one  # type: ignore[arg-type]  # fields by name, checked when the value is built

    okrs = sample.page.okrs
    assert okrs is not None
    objectives = tuple(
        replace(one, key_results=tuple(written(row) for row in one.key_results))
        for one in okrs.objectives
    )
    return replace(sample, page=replace(sample.page, okrs=replace(okrs, objectives=objectives)))
