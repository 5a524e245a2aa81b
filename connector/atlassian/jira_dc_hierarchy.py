"""Epic → issue by the Epic Link field, issue → sub-task by `parent`: Data Center."""

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta

from connector.atlassian.jira_fields import JiraFields, clause
from connector.atlassian.jira_wire import FIELDS, as_object, issue, parent_key
from connector.atlassian.jql import any_of, is_key, keys_in
from connector.atlassian.memory import ShortMemory
from connector.core.json import JsonObject
from connector.core.okr import Issue, IssueKey

_TYPES_LAST = timedelta(days=1)
# What Jira calls the type from the start; administrators may call it otherwise.
_EPIC_NAMES = frozenset({"epic", "史诗", "史詩"})


class EpicLinkHierarchy:
    """
    Issue types have no level here. An epic is what has an epic's name or status, what another
    issue names as its epic, what is of the same type as one of these, and what is of the type
    that Jira itself calls so.
    """

    def __init__(self, fields: JiraFields) -> None:
        self._fields = fields
        self._no_epics: set[IssueKey] = set()
        self._types: ShortMemory[IssueKey, str] = ShortMemory(lasting=_TYPES_LAST, most=20_000)
        self._epics: set[IssueKey] = set()
        self._epic_types: set[str] = set()

    def fields(self) -> tuple[str, ...]:
        found = self._fields.epics()
        return (*FIELDS, *found.links, *found.marks)

    def links(self) -> tuple[str, ...]:
        return ("parent", *self._fields.epics().links)

    def below(self, keys: Collection[IssueKey]) -> str:
        """On a site that has neither epics nor sub-tasks nothing is below; then the keys alone."""
        found = self._fields.epics()
        epics = [key for key in keys if key not in self._no_epics]
        asked = [keys_in(clause(one), epics) for one in found.links if epics]
        asked += [keys_in("parent", keys)] if found.subtasks else []
        return f"({any_of(asked)})" if asked else keys_in("key", keys)

    def issue(self, given: JsonObject) -> Issue:
        found = replace(issue(given), parent=self.parent(given))
        self._learn(found, given)
        return self.leveled(found)

    def leveled(self, one: Issue) -> Issue:
        is_epic = one.key in self._epics or self._types.recall(one.key) in self._epic_types
        return replace(one, hierarchy_level=1) if is_epic and not one.hierarchy_level else one

    def parent(self, given: JsonObject) -> IssueKey | None:
        return parent_key(given) or self._epic(given)

    def _learn(self, found: Issue, given: JsonObject) -> None:
        fields = as_object(given.get("fields"))
        kind = as_object(fields.get("issuetype"))
        self._types.keep(found.key, str(kind.get("id") or kind.get("name") or ""))
        marked = any(fields.get(one) for one in self._fields.epics().marks)
        if marked or str(kind.get("name")).casefold() in _EPIC_NAMES:
            self._epics.add(found.key)
        if (epic := self._epic(given)) is not None:
            self._epics.add(epic)
        for key in (found.key, epic):
            if key in self._epics and (known := self._types.recall(key)):
                self._epic_types.add(known)

    def _epic(self, given: JsonObject) -> IssueKey | None:
        fields = as_object(given.get("fields"))
        named = [fields.get(one) for one in self._fields.epics().links]
        return next((IssueKey(one) for one in named if isinstance(one, str) and is_key(one)), None)

    def spare(self, keys: Collection[IssueKey]) -> bool:
        self._no_epics.update(keys)
        return True
