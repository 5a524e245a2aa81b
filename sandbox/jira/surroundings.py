"""What hangs on issues, as search sees it: a fact about many issues at once, by issue id."""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sandbox.jira.adf import plain_text
from sandbox.jira.annexes import LINK_TYPES, Annexes
from sandbox.jira.worklogs import Worklog

Facet = Callable[[Annexes], Mapping[int, Any]]


def _comments(annexes: Annexes) -> dict[int, str]:
    return {
        issue_id: "\n".join(plain_text(body) or "" for body in bodies)
        for issue_id, bodies in annexes.comments.texts().items()
    }


def _logs(annexes: Annexes) -> dict[int, list[Worklog]]:
    found: dict[int, list[Worklog]] = {}
    for log in annexes.worklogs.all():
        found.setdefault(log.issue_id, []).append(log)
    return found


def _log_comments(annexes: Annexes) -> dict[int, str]:
    return {
        issue_id: "\n".join(plain_text(log.comment) or "" for log in logs)
        for issue_id, logs in _logs(annexes).items()
    }


def _log_authors(annexes: Annexes) -> dict[int, frozenset[str]]:
    return {
        issue_id: frozenset(log.author for log in logs) for issue_id, logs in _logs(annexes).items()
    }


def _log_dates(annexes: Annexes) -> dict[int, frozenset[datetime]]:
    return {
        issue_id: frozenset(log.started for log in logs)
        for issue_id, logs in _logs(annexes).items()
    }


def _log_time(annexes: Annexes) -> dict[int, int]:
    return {issue_id: sum(log.seconds for log in logs) for issue_id, logs in _logs(annexes).items()}


def _link_types(annexes: Annexes) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = {}
    for kind, source, target in annexes.links.all():
        found.setdefault(source, set()).update({kind.name.casefold(), kind.outward.casefold()})
        found.setdefault(target, set()).update({kind.name.casefold(), kind.inward.casefold()})
    return {issue_id: frozenset(words) for issue_id, words in found.items()}


FACETS: Mapping[str, Facet] = {
    "comments": _comments,
    "worklog comments": _log_comments,
    "worklog authors": _log_authors,
    "worklog dates": _log_dates,
    "time": _log_time,
    "watchers": lambda annexes: annexes.watchers.everywhere(),
    "voters": lambda annexes: annexes.votes.everywhere(),
    "link types": _link_types,
}
LINK_WORDS = frozenset(
    word.casefold()
    for kind in LINK_TYPES.values()
    for word in (kind.name, kind.inward, kind.outward)
)


@dataclass(frozen=True, slots=True)
class Before:
    """What hung on one issue before a change that search does not see yet."""

    issue_id: int
    facts: Mapping[str, Any]
    properties: Mapping[str, Any]
    until: datetime


class LateSurroundings:
    """The facts as an index knows them that is `lag` behind."""

    def __init__(self, annexes: Annexes, lag: timedelta) -> None:
        self._annexes = annexes
        self._lag = lag
        self._before: list[Before] = []

    def note(self, issue_id: int, at: datetime) -> None:
        """To be called before something that hangs on the issue changes."""
        if not self._lag:
            return
        facts = {name: facet(self._annexes) for name, facet in FACETS.items()}
        held = {name: known[issue_id] for name, known in facts.items() if issue_id in known}
        properties = self._annexes.properties
        values = {key: properties.get(issue_id, key) for key in properties.keys(issue_id)}
        plain = {key: value[0] for key, value in values.items() if value is not None}
        self._before.append(Before(issue_id, held, plain, at + self._lag))

    def fact(self, name: str, *, now: datetime, fresh: Container[int]) -> Mapping[int, Any]:
        return self._seen(FACETS[name](self._annexes), now, fresh, lambda old: old.facts, name)

    def properties(self, key: str, *, now: datetime, fresh: Container[int]) -> Mapping[int, Any]:
        held = self._annexes.properties.everywhere(key)
        return self._seen(held, now, fresh, lambda old: old.properties, key)

    def _seen(
        self,
        present: Mapping[int, Any],
        now: datetime,
        fresh: Container[int],
        part: Callable[[Before], Mapping[str, Any]],
        name: str,
    ) -> Mapping[int, Any]:
        self._before = [old for old in self._before if old.until > now]
        if not self._before:
            return present
        view = dict(present)
        for old in reversed(self._before):
            if old.issue_id in fresh:
                continue
            view.pop(old.issue_id, None)
            if name in part(old):
                view[old.issue_id] = part(old)[name]
        return view
