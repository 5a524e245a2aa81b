"""How issues hang together: by `parent` on Cloud, by the Epic Link field on Data Center."""

from collections.abc import Collection, Iterator, Sequence
from typing import Protocol

from connector.atlassian.jira_wire import FIELDS, issue, parent_key
from connector.atlassian.jql import keys_in
from connector.core.json import JsonObject
from connector.core.okr import Issue, IssueId, IssueKey


class IssueSearch(Protocol):
    """What reading epics needs of a searching Jira."""

    def issues(
        self, jql: str, fields: Sequence[str], reconcile: Collection[IssueId] = ()
    ) -> Iterator[JsonObject]:
        """All issues a query finds. Raises Refused for one that names an unknown or hidden key."""
        ...

    def fetch(self, keys: Sequence[IssueKey], fields: Sequence[str]) -> Iterator[JsonObject]:
        """Those of these issues that we may read; a moved one comes with its new key."""
        ...

    def fetch_one(self, key: IssueKey, fields: Sequence[str]) -> JsonObject:
        """Finds moved issues by their old key. Raises NotFound."""
        ...


class Hierarchy(Protocol):
    """Which fields say what is above an issue, and how to search for what is below one."""

    def fields(self) -> tuple[str, ...]:
        """Everything to ask for of an issue."""
        ...

    def links(self) -> tuple[str, ...]:
        """Only what says what is above it."""
        ...

    def below(self, keys: Collection[IssueKey]) -> str: ...

    def issue(self, given: JsonObject) -> Issue: ...

    def parent(self, given: JsonObject) -> IssueKey | None: ...

    def leveled(self, one: Issue) -> Issue:
        """With its level as everything read by now tells it."""
        ...

    def spare(self, keys: Collection[IssueKey]) -> bool:
        """
        A search was refused for keys that can be read: where that means "not an epic", `below`
        asks no more for what has them as its epic. False where it cannot mean that, whatever
        the keys.
        """
        ...


class ParentHierarchy:
    """Cloud: `parent` serves epics and sub-tasks alike; the Epic Link is deprecated there."""

    def fields(self) -> tuple[str, ...]:
        return FIELDS

    def links(self) -> tuple[str, ...]:
        return ("parent",)

    def below(self, keys: Collection[IssueKey]) -> str:
        return keys_in("parent", keys)

    def issue(self, given: JsonObject) -> Issue:
        return issue(given)

    def parent(self, given: JsonObject) -> IssueKey | None:
        return parent_key(given)

    def leveled(self, one: Issue) -> Issue:
        return one

    def spare(self, keys: Collection[IssueKey]) -> bool:  # noqa: ARG002 - any issue may be a parent
        return False
