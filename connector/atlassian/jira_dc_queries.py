"""The work authors name by JQL, on Data Center, which cannot match issues with queries."""

from collections.abc import Collection, Sequence

from connector.atlassian.batches import batches
from connector.atlassian.jira_dc_search import JiraDcSearch
from connector.atlassian.jira_hierarchy import Hierarchy
from connector.atlassian.jira_refusals import Refusals
from connector.atlassian.jql import any_of
from connector.core.errors import Refused
from connector.core.okr import IssueId, JiraLink, JqlLink, LinkedWork

QUERIES_PER_SEARCH = 20


class JiraDcQueries:
    """
    The work of K queries costs K searches. Which of them something concerns is found by asking
    for all together and then by halves: one call where it is none of them, which is the rule.
    """

    def __init__(self, search: JiraDcSearch, hierarchy: Hierarchy) -> None:
        self._search = search
        self._hierarchy = hierarchy
        self._refusals = Refusals()

    def work(
        self, links: Collection[JqlLink], reconcile: Collection[IssueId]
    ) -> dict[JiraLink, LinkedWork | None]:
        """None for a query that Jira refuses; the reason is in the log."""
        asked = self._refusals.worth_asking(links)
        found = {query: self._work(query, reconcile) for query in sorted(set(asked.values()))}
        return {link: found.get(asked.get(link, "")) for link in links}

    def changed(self, links: Collection[JqlLink], updated: str) -> set[JqlLink]:
        """Those that now find an issue meeting `updated`; one that left a query is not seen."""
        return self._concerned(links, f" AND {updated}")

    def matching(self, issue_id: IssueId, links: Collection[JqlLink]) -> set[JqlLink]:
        return self._concerned(links, f" AND id = {issue_id}")

    def _work(self, query: str, reconcile: Collection[IssueId]) -> LinkedWork | None:
        try:
            given = list(self._search.issues(f"({query})", self._hierarchy.fields(), reconcile))
        except Refused as error:
            self._refusals.note(query, str(error))
            return None
        return LinkedWork(None, tuple(self._hierarchy.issue(one) for one in given))

    def _concerned(self, links: Collection[JqlLink], condition: str) -> set[JqlLink]:
        asked = self._refusals.worth_asking(links)
        found: set[str] = set()
        for some in batches(sorted(set(asked.values())), QUERIES_PER_SEARCH):
            found |= self._finding(some, condition)
        return {link for link, query in asked.items() if query in found}

    def _finding(self, queries: Sequence[str], condition: str) -> set[str]:
        """
        A refusal is not held against a query here: it may be the condition that is refused, as
        for the id of an issue that is gone.
        """
        try:
            if not self._search.finds(f"({any_of(queries)}){condition}"):
                return set()
        except Refused:
            if len(queries) == 1:
                return set()
        if len(queries) == 1:
            return set(queries)
        half = len(queries) // 2
        return self._finding(queries[:half], condition) | self._finding(queries[half:], condition)
