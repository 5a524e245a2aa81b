"""The work authors name by JQL: several queries in one search, none spoiling the others."""

from collections.abc import Collection, Mapping, Sequence

import structlog

from connector.atlassian.batches import batches
from connector.atlassian.jira_refusals import Refusals
from connector.atlassian.jira_search import JiraSearch
from connector.atlassian.jira_wire import FIELDS, issue
from connector.atlassian.jql import any_of
from connector.core.errors import Refused
from connector.core.json import JsonObject
from connector.core.okr import IssueId, JiraLink, JqlLink, LinkedWork

log = structlog.get_logger(__name__)

QUERIES_PER_SEARCH = 20

Answers = dict[str, list[JsonObject] | None]


class JiraQueries:
    """
    Several queries are joined by OR, and `jql/match` tells which issue belongs to which, so
    that K of them cost about two calls, and one where nothing is found.
    """

    def __init__(self, search: JiraSearch) -> None:
        self._search = search
        self._refusals = Refusals()

    def work(
        self, links: Collection[JqlLink], reconcile: Collection[IssueId]
    ) -> dict[JiraLink, LinkedWork | None]:
        """None for a query that Jira refuses; the reason is in the log."""
        asked = self._refusals.worth_asking(links)
        answers: Answers = {}
        for some in batches(sorted(set(asked.values())), QUERIES_PER_SEARCH):
            answers |= self._find(some, "", FIELDS, reconcile)
        return {link: linked_work(answers.get(asked.get(link, ""))) for link in links}

    def changed(self, links: Collection[JqlLink], updated: str) -> set[JqlLink]:
        """Those that now find an issue meeting `updated`; one that left a query is not seen."""
        asked = self._refusals.worth_asking(links)
        answers: Answers = {}
        for some in batches(sorted(set(asked.values())), QUERIES_PER_SEARCH):
            answers |= self._find(some, f" AND {updated}", ["id"])
        return {link for link, query in asked.items() if answers.get(query)}

    def matching(self, issue_id: IssueId, links: Collection[JqlLink]) -> set[JqlLink]:
        asked = self._refusals.worth_asking(links)
        queries = sorted(set(asked.values()))
        matches = self._search.matches(queries, [issue_id]) if queries else {}
        for query, match in matches.items():
            if isinstance(match, str):
                self._refusals.note(query, match)
        return {link for link, query in asked.items() if issue_id in matches.get(query, set())}

    def _find(
        self,
        queries: Sequence[str],
        condition: str,
        fields: Sequence[str],
        reconcile: Collection[IssueId] = (),
    ) -> Answers:
        if len(queries) > 1:
            try:
                return self._together(queries, condition, fields, reconcile)
            except Refused as error:
                log.info("jql.asked_alone", queries=len(queries), reason=str(error))
        return {query: self._alone(query, condition, fields, reconcile) for query in queries}

    def _together(
        self,
        queries: Sequence[str],
        condition: str,
        fields: Sequence[str],
        reconcile: Collection[IssueId],
    ) -> Answers:
        union = f"({any_of(queries)}){condition}"
        issues = {IssueId(str(g["id"])): g for g in self._search.issues(union, fields, reconcile)}
        if not issues:
            return {query: [] for query in queries}
        matches = self._search.matches(queries, list(issues))
        return {query: self._matched(query, matches.get(query), issues) for query in queries}

    def _matched(
        self, query: str, match: set[IssueId] | str | None, issues: Mapping[IssueId, JsonObject]
    ) -> list[JsonObject] | None:
        if isinstance(match, str):
            self._refusals.note(query, match)
            return None
        return [given for found, given in issues.items() if found in (match or ())]

    def _alone(
        self, query: str, condition: str, fields: Sequence[str], reconcile: Collection[IssueId]
    ) -> list[JsonObject] | None:
        try:
            return list(self._search.issues(f"({query}){condition}", fields, reconcile))
        except Refused as error:
            self._refusals.note(query, str(error))
            return None


def linked_work(answer: list[JsonObject] | None) -> LinkedWork | None:
    if answer is None:
        return None
    return LinkedWork(None, tuple(issue(given) for given in answer))
