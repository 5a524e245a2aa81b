"""From the pages that a reader may see to what their board shows. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from connector.core.board import BoardObjective, BoardPage, Selection
from connector.core.okr import Level
from connector.core.policy import Policy
from connector.core.words import Words
from macros.board.view import (
    BoardGroup,
    BoardLine,
    BoardTeam,
    BoardView,
    HealthCount,
    Showing,
)
from macros.moment import Moments, iso
from macros.objective.card import state_text
from macros.objective.lens import Lens
from macros.objective.view import Link, Notice, Status
from macros.period import cycle_name

# The order in which people look: what is wrong first.
_TONES = (
    "off_track",
    "at_risk",
    "stale",
    "no_data",
    "too_early",
    "on_track",
    "done",
    "paused",
)
_ADVICE = {
    Showing.EMPTY: ("advice.empty",),
    Showing.NONE_VISIBLE: ("advice.none_visible",),
    Showing.RIGHTS_UNKNOWN: ("advice.rights_unknown",),
    Showing.WAITING: ("advice.waiting",),
}


@dataclass(frozen=True, slots=True)
class BoardFacts:
    """`pages` are those that the reader may see, in order; `hidden` counts the objectives of the
    others, None where that is not told; `known` is false when nobody knows who may see what;
    `waiting` until the site has been read for the first time."""

    pages: tuple[BoardPage, ...]
    hidden: int | None
    known: bool
    waiting: bool
    outages: Mapping[str, datetime]
    selection: Selection


def board_view(facts: BoardFacts, *, words: Words, now: datetime, policy: Policy) -> BoardView:
    moments = Moments(words, now, ZoneInfo(policy.time_zone))
    return _Builder(facts, Lens(words, moments, policy, Fraction(0), "")).view()


@dataclass(frozen=True, slots=True)
class _Builder:
    facts: BoardFacts
    lens: Lens

    def view(self) -> BoardView:
        showing = self._showing()
        shown = self.facts.pages if showing is Showing.OBJECTIVES else ()
        heading = "heading" if shown else f"title.{showing}"
        count = sum(len(page.objectives) for page in shown)
        return BoardView(
            showing=showing,
            heading=self._say(heading),
            now=iso(self.lens.moments.now),
            advice=tuple(self._say(key) for key in _ADVICE.get(showing, ())),
            notices=tuple(self._notices()),
            total=self._counted("total", count) if shown else "",
            hidden=self._counted("hidden", self.facts.hidden) if self.facts.hidden else "",
            health=tuple(self._health(shown)),
            groups=tuple(self._groups(shown)),
            as_of=self.lens.moments.of(self.lens.moments.now).absolute,
        )

    def _showing(self) -> Showing:
        if not self.facts.known:
            return Showing.RIGHTS_UNKNOWN
        if self.facts.pages:
            return Showing.OBJECTIVES
        if self.facts.waiting:
            return Showing.WAITING
        return Showing.EMPTY if self.facts.hidden == 0 else Showing.NONE_VISIBLE

    def _notices(self) -> Iterator[Notice]:
        for product, since in sorted(self.facts.outages.items()):
            key = "notice.jira_away" if product == "jira" else "notice.wiki_away"
            yield Notice("warning", self.lens.say(key), self.lens.moments.of(since))

    def _health(self, pages: tuple[BoardPage, ...]) -> Iterator[HealthCount]:
        found = [self.lens.status(one.health) for page in pages for one in page.objectives]
        counts = Counter(one.tone for one in found)
        words = {one.tone: one.word for one in found}
        for tone in _TONES:
            if counts[tone]:
                yield HealthCount(Status(tone, words[tone]), str(counts[tone]))

    def _groups(self, pages: tuple[BoardPage, ...]) -> Iterator[BoardGroup]:
        for level in (*Level, None):
            here = [page for page in pages if page.level is level]
            if here:
                name = level.value if level else "none"
                count = sum(len(page.objectives) for page in here)
                yield BoardGroup(
                    name,
                    self._say(f"level.{name}"),
                    self._counted("total", count),
                    tuple(map(self._team, here)),
                )

    def _team(self, page: BoardPage) -> BoardTeam:
        """The cycle stands beside a page where a board shows several."""
        selected = self.facts.selection.cycle
        cycle = "" if selected else cycle_name(page.cycle, self.lens.words)
        lens = Lens(self.lens.words, self.lens.moments, self.lens.policy, page.expected, "")
        lines = tuple(self._line(one, page, lens) for one in page.objectives)
        return BoardTeam(Link(page.title, _address(page.url)), cycle, lines)

    def _line(self, one: BoardObjective, page: BoardPage, lens: Lens) -> BoardLine:
        return BoardLine(
            key=one.key,
            title=Link(one.title, _address(page.url)),
            status=lens.status(one.health),
            state=state_text(one.state, lens),
            bar=lens.bar(one.ratio),
            owners=lens.names(one.owners),
            asides=tuple(self._asides(one)),
        )

    def _asides(self, one: BoardObjective) -> Iterator[str]:
        yield self._counted("key_results", one.key_results)
        if one.left_out:
            yield self._counted("left_out", one.left_out)
        if one.findings:
            yield self._counted("findings", one.findings)

    def _counted(self, key: str, count: int) -> str:
        return self._say(f"count.{key}_one" if count == 1 else f"count.{key}", count=str(count))

    def _say(self, key: str, **facts: str) -> str:
        return self.lens.words.say(f"macro.board.{key}", **facts)


def _address(url: str) -> str:
    """Only what a browser opens as a page."""
    return url if url.startswith(("https://", "http://")) else ""
