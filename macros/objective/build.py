"""From what is kept of a page to what its macro shows. Pure: the same facts, the same view."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from connector.core.assessment import PageAssessment
from connector.core.okr import IssueKey, PageState, StoredPage
from connector.core.policy import Policy
from connector.core.words import Words
from macros.moment import Moments, iso
from macros.objective.card import objective_card
from macros.objective.lens import Lens
from macros.objective.remarks import group_remarks
from macros.objective.view import Notice, ObjectivesView, Remark, Showing

_ADVICE = {
    Showing.EMPTY: ("advice.empty.write", "advice.empty.table"),
    Showing.NOT_FOUND: ("advice.not_found",),
    Showing.WAITING: ("advice.waiting",),
    Showing.UNREADABLE: ("advice.unreadable",),
    Showing.NO_OBJECTIVE: ("advice.no_objective",),
}


def objectives_view(
    page: StoredPage | None,
    assessment: PageAssessment | None,
    *,
    outages: Mapping[str, datetime],
    words: Words,
    now: datetime,
    policy: Policy,
    objective: str | None = None,
    jira_url: str = "",
    lists_issues: bool = True,
    listed_issues: frozenset[IssueKey] | None = None,
    swept: bool = True,
) -> ObjectivesView:
    """
    The view of a page and of what we make of it today.

    `assessment` is None where the page holds no OKRs; `objective` keeps only the card with that
    key; `lists_issues` lets the issues be named that were counted, or of them `listed_issues`
    alone; `outages` says since when a product does not answer; `swept` is false until the site has
    been read for the first time. A page that is gone, hidden or was never there looks the same on
    purpose: a reader must not learn that it exists.
    """
    lens = Lens(
        words,
        Moments(words, now, ZoneInfo(policy.time_zone)),
        policy,
        assessment.expected if assessment else Fraction(0),
        jira_url.rstrip("/"),
        lists_issues,
        listed_issues,
    )
    if page is None or page.state is PageState.GONE:
        return _without_cards(Showing.NOT_FOUND if swept else Showing.WAITING, lens)
    remarks = tuple(lens.remark(one) for one in page.findings)
    notices = tuple(_outages(outages, lens))
    if page.shown is None or assessment is None or not assessment.objectives:
        showing = Showing.UNREADABLE if page.state is PageState.ERRORS else Showing.EMPTY
        return _without_cards(showing, lens, notices, remarks)
    cards = tuple(
        objective_card(one, page=page, okrs=page.shown, assessment=assessment, lens=lens)
        for one in assessment.objectives
        if objective in (None, one.objective.key)
    )
    if not cards:
        return _without_cards(Showing.NO_OBJECTIVE, lens, notices)
    remarks = (*remarks, *_parting(assessment, objective, lens))
    return ObjectivesView(
        showing=Showing.OBJECTIVES,
        heading=lens.say("heading", title=page.title),
        now=iso(now),
        notices=(*notices, *_page_notices(page, assessment, lens)),
        cards=cards,
        remarks=remarks,
        findings=group_remarks(remarks, lens),
        as_of=_as_of(lens),
    )


def _as_of(lens: Lens) -> str:
    return lens.moments.of(lens.moments.now).absolute


def _without_cards(
    showing: Showing,
    lens: Lens,
    notices: tuple[Notice, ...] = (),
    remarks: tuple[Remark, ...] = (),
) -> ObjectivesView:
    return ObjectivesView(
        showing=showing,
        heading=lens.say(f"title.{showing}"),
        now=iso(lens.moments.now),
        advice=tuple(lens.say(key) for key in _ADVICE[showing]),
        notices=notices,
        remarks=remarks,
        findings=group_remarks(remarks, lens),
        as_of=_as_of(lens),
    )


def _outages(outages: Mapping[str, datetime], lens: Lens) -> Iterator[Notice]:
    for product, since in sorted(outages.items()):
        key = "notice.jira_away" if product == "jira" else "notice.wiki_away"
        yield Notice("warning", lens.say(key), lens.moments.of(since))


def _page_notices(page: StoredPage, assessment: PageAssessment, lens: Lens) -> Iterator[Notice]:
    if page.state is PageState.ERRORS and page.good_version is not None:
        text = lens.say(
            "notice.errors", version=str(page.version), good_version=str(page.good_version)
        )
        yield Notice("danger", text, to_findings=bool(page.findings))
    end = assessment.cycle.end
    if lens.moments.now.astimezone(lens.moments.zone).date() > end:
        yield Notice("info", lens.say("notice.ended", day=lens.words.day(end)))


def _parting(assessment: PageAssessment, objective: str | None, lens: Lens) -> Iterator[Remark]:
    """What was found by measuring stands beside what was found by reading."""
    for one in assessment.objectives:
        if objective in (None, one.objective.key):
            for row in one.key_results:
                yield from (lens.remark(finding) for finding in row.findings)
