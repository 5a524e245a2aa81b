"""The work below linked issues: many epics per query, hidden ones found out once."""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import structlog

from connector.atlassian.answers import TooMuch
from connector.atlassian.batches import batches
from connector.atlassian.jira_hierarchy import Hierarchy, IssueSearch
from connector.atlassian.jira_wire import has_subtasks
from connector.atlassian.jql import is_key, keys_in, keys_named
from connector.atlassian.memory import ShortMemory
from connector.core.errors import Forbidden, NotFound, Refused
from connector.core.json import JsonObject
from connector.core.okr import EpicLink, Issue, IssueId, IssueKey, JiraLink, LinkedWork
from connector.core.policy import Depth

log = structlog.get_logger(__name__)

# Jira's search gets into trouble at a few thousand operands (JRACLOUD-84010); each key is two.
KEYS_PER_QUERY = 200
# A message may name one key at a time; after so many the bulk fetch names all others at once.
NAMED_ROUNDS = 3
HIDDEN_FOR = timedelta(minutes=10)
MOVED_FOR = timedelta(days=1)


@dataclass(slots=True)
class _Found:
    """What one reading has seen: issues by key and by parent, and who has sub-tasks."""

    hierarchy: Hierarchy
    by_key: dict[IssueKey, Issue] = field(default_factory=dict)
    below: dict[IssueKey, dict[IssueId, Issue]] = field(default_factory=lambda: defaultdict(dict))
    with_subtasks: set[IssueKey] = field(default_factory=set)

    def add(self, given: JsonObject) -> None:
        seen = self.hierarchy.issue(given)
        self.by_key[seen.key] = seen
        if seen.parent is not None:
            self.below[seen.parent][seen.id] = seen
        if has_subtasks(given):
            self.with_subtasks.add(seen.key)

    def children(self, key: IssueKey) -> list[Issue]:
        below = self.below[key].values() if key in self.below else ()
        return [self.hierarchy.leveled(one) for one in below]


class JiraEpics:
    def __init__(self, search: IssueSearch, hierarchy: Hierarchy) -> None:
        self._search = search
        self._hierarchy = hierarchy
        self._hidden: ShortMemory[IssueKey, bool] = ShortMemory(lasting=HIDDEN_FOR)
        self._moved: ShortMemory[IssueKey, IssueKey] = ShortMemory(lasting=MOVED_FOR)

    def work(
        self, links: Collection[EpicLink], depth: Depth, reconcile: Collection[IssueId]
    ) -> dict[JiraLink, LinkedWork | None]:
        """None for a key that is none, is unknown, or is hidden from our account."""
        keys = self._worth_asking(links)
        if not keys:
            return {link: None for link in links}  # noqa: C420 - its type is that of all links
        found = _Found(self._hierarchy)
        self._read_family(keys, depth, reconcile, found)
        if depth is Depth.SUBTASKS:
            self._read_subtasks(keys, reconcile, found)
        roots = {key: self._root(key, found) for key in keys}
        return {link: _work(roots.get(link.key), found, depth) for link in links}

    def changed(self, links: Collection[EpicLink], updated: str) -> set[EpicLink]:
        """Those with an issue that meets the condition `updated`; one call for 200 of them."""
        near: set[IssueKey] = set()
        for batch in batches(self._worth_asking(links), KEYS_PER_QUERY):
            for given in self._ask(
                batch, lambda keys: f"{self._family(keys)} AND {updated}", self._hierarchy.links()
            ):
                near |= {IssueKey(str(given.get("key")))}
                near |= {parent} if (parent := self._hierarchy.parent(given)) else set()
        return {link for link in links if (self._moved.recall(link.key) or link.key) in near}

    def _worth_asking(self, links: Collection[EpicLink]) -> list[IssueKey]:
        keys = sorted({link.key for link in links if is_key(link.key)})
        return [key for key in keys if not self._hidden.recall(key)]

    def _read_family(
        self,
        keys: Sequence[IssueKey],
        depth: Depth,
        reconcile: Collection[IssueId],
        found: _Found,
    ) -> None:
        fields = self._hierarchy.fields()
        fields = (*fields, "subtasks") if depth is Depth.SUBTASKS else fields
        where = _themselves if depth is Depth.EPIC else self._family
        for batch in batches(keys, KEYS_PER_QUERY):
            for given in self._ask(batch, where, fields, reconcile):
                found.add(given)

    def _read_subtasks(
        self, roots: Sequence[IssueKey], reconcile: Collection[IssueId], found: _Found
    ) -> None:
        """A second round, only for children that say they have sub-tasks."""
        parents = sorted(found.with_subtasks - set(roots))
        for batch in batches(parents, KEYS_PER_QUERY):
            for given in self._ask(
                batch, self._hierarchy.below, self._hierarchy.fields(), reconcile
            ):
                found.add(given)

    def _ask(
        self,
        keys: Sequence[IssueKey],
        where: Callable[[Collection[IssueKey]], str],
        fields: Sequence[str],
        reconcile: Collection[IssueId] = (),
    ) -> list[JsonObject]:
        """
        Jira refuses a whole query for one key that is unknown or hidden. Its message names the
        key in whatever language; where it does not, the bulk fetch says which ones are readable.
        """
        for _ in range(NAMED_ROUNDS):
            if not keys:
                return []
            try:
                return list(self._search.issues(where(keys), fields, reconcile))
            except TooMuch:
                if len(keys) == 1:
                    raise
                half = len(keys) // 2
                fewer, rest = keys[:half], keys[half:]
                return [
                    *self._ask(fewer, where, fields, reconcile),
                    *self._ask(rest, where, fields, reconcile),
                ]
            except Refused as refused:
                named = set(keys) & set(keys_named(str(refused)))
                hidden = self._unreadable(keys, named)
                if not (hidden or named):
                    raise
            for key in hidden:
                self._hide(key)
            keys = [key for key in keys if key not in hidden]
        readable = self._readable(keys)
        return list(self._search.issues(where(readable), fields, reconcile)) if readable else []

    def _family(self, keys: Collection[IssueKey]) -> str:
        """The issues themselves and those directly below them."""
        return f"({self._hierarchy.below(keys)} OR {keys_in('key', keys)})"

    def _unreadable(self, keys: Sequence[IssueKey], named: set[IssueKey]) -> set[IssueKey]:
        """Of the keys that a refusal names, or of all: those that cannot be read."""
        if named and not self._hierarchy.spare(()):
            return named
        suspects = sorted(named) or list(keys)
        readable = set(self._readable(suspects))
        if named:
            self._hierarchy.spare(readable)
        return set(suspects) - readable

    def _readable(self, keys: Sequence[IssueKey]) -> list[IssueKey]:
        shown = {
            str(given.get("key")) for given in self._search.fetch(keys, self._hierarchy.links())
        }
        moved = bool(shown - set(keys))
        return [key for key in keys if key in shown or (moved and self._locate(key) is not None)]

    def _root(self, key: IssueKey, found: _Found) -> Issue | None:
        """A moved issue answers to its old key; search gives it under the new one."""
        root = found.by_key.get(key) or found.by_key.get(self._moved.recall(key) or key)
        if root is None and not self._hidden.recall(key):
            root = self._locate(key)
        return None if root is None else self._hierarchy.leveled(root)

    def _locate(self, key: IssueKey) -> Issue | None:
        try:
            there = self._hierarchy.issue(self._search.fetch_one(key, self._hierarchy.fields()))
        except (NotFound, Forbidden):  # Cloud says the former of a hidden issue, Data Center either
            self._hide(key)
            return None
        if there.key != key:
            self._moved.keep(key, there.key)
        return there

    def _hide(self, key: IssueKey) -> None:
        log.info("issue.hidden", key=key, minutes=HIDDEN_FOR.total_seconds() / 60)
        self._hidden.keep(key, True)


def _themselves(keys: Collection[IssueKey]) -> str:
    return keys_in("key", keys)


def _work(root: Issue | None, found: _Found, depth: Depth) -> LinkedWork | None:
    if root is None:
        return None
    if depth is Depth.EPIC:
        return LinkedWork(root, ())
    issues = found.children(root.key)
    if depth is Depth.SUBTASKS:
        issues = [deep for child in issues for deep in (child, *found.children(child.key))]
    return LinkedWork(root, tuple(issues))
