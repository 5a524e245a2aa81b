"""From the key results that an issue moves to what its panel shows. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from connector.core.assessment import (
    KeyResultAssessment,
    ObjectiveAssessment,
    PageAssessment,
    assess,
)
from connector.core.okr import Delivery, IssueKey, KrKey, OkrPage, StoredPage
from connector.core.policy import Policy
from connector.core.words import Words
from macros.moment import Moments, iso
from macros.objective.card import objective_card
from macros.objective.lens import Lens
from macros.objective.view import KeyResultRow, Link, Notice
from macros.panel.view import PanelLine, PanelPage, PanelView, Showing
from macros.period import cycle_name


@dataclass(frozen=True, slots=True)
class MovedPage:
    """A page that shows OKRs, and which of its key results the issue moves."""

    page: StoredPage
    okrs: OkrPage
    deliveries: Mapping[KrKey, Delivery]
    moved: frozenset[KrKey]


@dataclass(frozen=True, slots=True)
class PanelFacts:
    """`pages` are those that the reader may see, in order; `hidden` counts the key results of the
    others, None where that is not told; `known` is false when nobody knows who may see what;
    `waiting` until the site has been read for the first time."""

    issue: IssueKey
    pages: tuple[MovedPage, ...]
    hidden: int | None
    known: bool
    waiting: bool
    outages: Mapping[str, datetime]


def panel_view(
    facts: PanelFacts, *, words: Words, now: datetime, policy: Policy, jira_url: str = ""
) -> PanelView:
    moments = Moments(words, now, ZoneInfo(policy.time_zone))
    lens = Lens(words, moments, policy, Fraction(0), jira_url, lists_issues=False)
    return _Builder(facts, lens).view()


@dataclass(frozen=True, slots=True)
class _Builder:
    facts: PanelFacts
    lens: Lens

    def view(self) -> PanelView:
        showing = self._showing()
        shown = showing is Showing.KEY_RESULTS
        facts = {"issue": str(self.facts.issue)}
        return PanelView(
            showing=showing,
            heading=self._say("heading" if shown else f"title.{showing}", **facts),
            now=iso(self.lens.moments.now),
            advice=() if shown else (self._say(f"advice.{showing}", **facts),),
            notices=tuple(self._notices()),
            pages=tuple(map(self._page, self.facts.pages)) if shown else (),
            hidden=self._hidden(self.facts.hidden or 0),
        )

    def _showing(self) -> Showing:
        if not self.facts.known:
            return Showing.RIGHTS_UNKNOWN
        if self.facts.pages:
            return Showing.KEY_RESULTS
        if self.facts.waiting:
            return Showing.WAITING
        return Showing.NONE if self.facts.hidden == 0 else Showing.NONE_VISIBLE

    def _hidden(self, count: int) -> str:
        if not count:
            return ""
        return self._say("hidden_one" if count == 1 else "hidden", count=str(count))

    def _notices(self) -> Iterator[Notice]:
        for product, since in sorted(self.facts.outages.items()):
            key = "notice.jira_away" if product == "jira" else "notice.wiki_away"
            yield Notice("warning", self.lens.say(key), self.lens.moments.of(since))

    def _page(self, one: MovedPage) -> PanelPage:
        now, policy = self.lens.moments.now, self.lens.policy
        assessment = assess(one.page, one.okrs, one.deliveries, now=now, policy=policy)
        return PanelPage(
            Link(one.page.title, _address(one.page.url)),
            cycle_name(assessment.cycle, self.lens.words),
            tuple(self._lines(one, assessment)),
        )

    def _lines(self, one: MovedPage, assessment: PageAssessment) -> Iterator[PanelLine]:
        for objective in assessment.objectives:
            measured = {row.key_result.key: row for row in objective.key_results}
            for row in self._rows(one, objective, assessment):
                part = self._part(measured[KrKey(row.key)])
                yield PanelLine(row, objective.objective.title, part)

    def _rows(
        self, one: MovedPage, objective: ObjectiveAssessment, assessment: PageAssessment
    ) -> Iterator[KeyResultRow]:
        """As the page's own macro shows them."""
        lens = Lens(
            self.lens.words,
            self.lens.moments,
            self.lens.policy,
            assessment.expected,
            self.lens.jira_url,
            lists_issues=False,
        )
        card = objective_card(
            objective, page=one.page, okrs=one.okrs, assessment=assessment, lens=lens
        )
        return (row for row in card.key_results if row.key in one.moved)

    def _part(self, one: KeyResultAssessment) -> str:
        issue = self.facts.issue
        counted = one.delivery.issues if one.delivery else ()
        verdict = next((each.verdict for each in counted if each.key == issue), None)
        return self._say(f"part.{verdict or 'linked'}", issue=issue)

    def _say(self, key: str, **facts: str) -> str:
        return self.lens.words.say(f"macro.panel.{key}", **facts)


def _address(url: str) -> str:
    """Only what a browser opens as a page."""
    return url if url.startswith(("https://", "http://")) else ""
