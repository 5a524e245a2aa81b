"""Epic → issue by the Epic Link field, issue → sub-task by `parent`: Data Center."""

from collections.abc import Collection
from dataclasses import replace

from connector.atlassian.jira_fields import JiraFields, clause
from connector.atlassian.jira_wire import FIELDS, issue, parent_key
from connector.atlassian.jql import any_of, is_key, keys_in
from connector.core.json import JsonObject
from connector.core.okr import Issue, IssueKey


class EpicLinkHierarchy:
    """
    Issue types have no level here: what has an epic's name or status is an epic, and so is what
    another issue names as its epic.
    """

    def __init__(self, fields: JiraFields) -> None:
        self._fields = fields
        self._no_epics: set[IssueKey] = set()

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
        fields = given.get("fields") or {}
        marked = any(fields.get(one) for one in self._fields.epics().marks)
        return replace(found, hierarchy_level=1) if marked and not found.hierarchy_level else found

    def parent(self, given: JsonObject) -> IssueKey | None:
        return parent_key(given) or self.epic(given)

    def epic(self, given: JsonObject) -> IssueKey | None:
        named = [(given.get("fields") or {}).get(one) for one in self._fields.epics().links]
        return next((IssueKey(one) for one in named if isinstance(one, str) and is_key(one)), None)

    def spare(self, keys: Collection[IssueKey]) -> bool:
        self._no_epics.update(keys)
        return True
