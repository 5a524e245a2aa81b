"""What every part of the macro is looked at through, and the phrases all of them share."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from urllib.parse import quote

from connector.core.findings import Finding, Place
from connector.core.okr import IssueKey, Person
from connector.core.pace import HealthReading
from connector.core.policy import Policy
from connector.core.words import Words
from macros.moment import Moments
from macros.objective.view import Bar, Link, Remark, Status

NO_NUMBER = "–"


@dataclass(frozen=True, slots=True)
class Lens:
    """`jira_url` is the site's Jira without a slash at its end; empty when it is not known.
    `lists_issues`: the reader may be told which issues were counted, not only how many; of those,
    `listed_issues` alone, None for all."""

    words: Words
    moments: Moments
    policy: Policy
    expected: Fraction
    jira_url: str
    lists_issues: bool = True
    listed_issues: frozenset[IssueKey] | None = None

    def say(self, key: str, **facts: str) -> str:
        return self.words.say(f"macro.objective.{key}", **facts)

    def status(self, reading: HealthReading) -> Status:
        tone = reading.health.value if reading.health else "too_early"
        manual = self.say("said_by_hand") if reading.manual else ""
        return Status(tone, self.words.say(f"health.{tone}"), manual)

    def bar(self, ratio: Fraction | None) -> Bar:
        expected = self.words.percent(self.expected)
        if ratio is None:
            label = self.say("bar.no_data", expected=expected)
            return Bar(None, self.expected, NO_NUMBER, label)
        percent = self.words.percent(ratio)
        label = self.say("bar.label", percent=percent, expected=expected)
        return Bar(ratio, self.expected, percent, label)

    def issue(self, key: IssueKey) -> Link:
        return Link(
            key,
            f"{self.jira_url}/browse/{quote(key, safe='', errors='replace')}"
            if self._known
            else "",
        )

    def search(self, jql: str) -> tuple[Link, ...]:
        """Where Jira lists what a query finds, to whoever looks; nothing without its address."""
        if not self._known:
            return ()
        url = f"{self.jira_url}/issues/?jql={quote(jql, safe='', errors='replace')}"
        return (Link(self.say("why.open_query"), url),)

    def lists(self, key: IssueKey) -> bool:
        return self.lists_issues and (self.listed_issues is None or key in self.listed_issues)

    @property
    def _known(self) -> bool:
        return self.jira_url.startswith(("https://", "http://"))

    def listed(self, texts: Iterable[str]) -> str:
        return self.say("list_comma").join(texts)

    def names(self, people: Iterable[Person]) -> tuple[str, ...]:
        """An account whose name the wiki does not tell is somebody all the same."""
        return tuple(one.name or self.say("someone") for one in people)

    def remark(self, finding: Finding) -> Remark:
        letter = finding.severity.value
        return Remark(
            severity=letter,
            severity_word=self.say(f"severity.{letter}"),
            rule=finding.rule,
            place=self.place(finding.place),
            about=finding.key_result or finding.objective,
            message=self.words.message(finding),
            hint=self.words.hint(finding),
        )

    def place(self, place: Place) -> str:
        parts = [self.say("place.heading", heading=place.heading)] if place.heading else []
        if place.table is not None and place.row is not None:
            parts.append(self.say("place.row", table=str(place.table), row=str(place.row)))
        elif place.table is not None:
            parts.append(self.say("place.table", table=str(place.table)))
        if place.column:
            parts.append(self.say("place.column", column=place.column))
        if not parts and place.line is not None:
            parts.append(self.say("place.line", line=str(place.line)))
        return self.listed(parts)
