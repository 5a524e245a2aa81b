"""A Jira as an IssueTracker, whichever way it keeps its hierarchy and answers its queries."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Protocol

from connector.atlassian.jira_epics import JiraEpics
from connector.atlassian.jira_links import parted
from connector.atlassian.jql import could_match, updated_since
from connector.core.okr import IssueId, IssueKey, JiraLink, JqlLink, LinkedWork
from connector.core.policy import Depth
from connector.ports import Clock


class Queries(Protocol):
    """Authors' queries, answered in as few calls as the deployment allows."""

    def work(
        self, links: Collection[JqlLink], reconcile: Collection[IssueId]
    ) -> Mapping[JiraLink, LinkedWork | None]: ...

    def changed(self, links: Collection[JqlLink], updated: str) -> Collection[JiraLink]: ...

    def matching(self, issue: IssueId, links: Collection[JqlLink]) -> Collection[JiraLink]: ...


class JiraTracker:
    """What both deployments share; they differ in what is handed in here."""

    def __init__(self, clock: Clock, epics: JiraEpics, queries: Queries) -> None:
        self._clock, self._epics, self._queries = clock, epics, queries

    def fetch_work(
        self,
        links: Collection[JiraLink],
        *,
        depth: Depth,
        reconcile: Collection[IssueId] = (),
    ) -> Mapping[JiraLink, LinkedWork | None]:
        """A query's issues are those it finds: depth is a matter of epics."""
        epics, queries = parted(links)
        return {
            **self._epics.work(epics, depth, reconcile),
            **self._queries.work(queries, reconcile),
        }

    def changed_links(
        self, links: Collection[JiraLink], *, since: datetime
    ) -> Collection[JiraLink]:
        """
        Deleted issues, and those that left an epic or a query, are not seen here; the webhook
        names them, and a full sweep reads everything anew.
        """
        epics, queries = parted(links)
        updated = updated_since(since, now=self._clock.now())
        return {*self._epics.changed(epics, updated), *self._queries.changed(queries, updated)}

    def links_matching(
        self, issue: IssueId, key: IssueKey, links: Collection[JiraLink]
    ) -> Collection[JiraLink]:
        """Queries of other projects are not asked about, which mostly saves the call."""
        _, queries = parted(links)
        queries = [link for link in queries if could_match(link.jql, key)]
        if not queries or not (issue.isascii() and issue.isdecimal()):
            return set()
        return self._queries.matching(issue, queries)
