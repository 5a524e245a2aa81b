"""Jira Data Center as an IssueTracker."""

from collections.abc import Collection, Mapping
from datetime import datetime

from connector.atlassian.http import Door
from connector.atlassian.jira_dc_hierarchy import EpicLinkHierarchy
from connector.atlassian.jira_dc_queries import JiraDcQueries
from connector.atlassian.jira_dc_search import JiraDcSearch
from connector.atlassian.jira_epics import JiraEpics
from connector.atlassian.jira_fields import JiraFields
from connector.atlassian.jira_links import parted
from connector.atlassian.jql import could_match, updated_since
from connector.core.okr import IssueId, IssueKey, JiraLink, LinkedWork
from connector.core.policy import Depth
from connector.ports import Clock


class JiraDataCenter:
    """
    M readable epics with N issues below them cost ceil((N + M) / 1000) calls per 200 epics, or as
    many as the site's own page size makes of it; sub-tasks one more round; K queries K calls.
    Two calls an hour find the epic field. A hidden key costs two or three more, once in ten
    minutes. `epic_field` is an id such as `customfield_10008`, where the site's own is not meant.
    """

    def __init__(self, door: Door, clock: Clock, *, epic_field: str = "") -> None:
        search, hierarchy = JiraDcSearch(door), EpicLinkHierarchy(JiraFields(door, epic_field))
        self._clock = clock
        self._epics = JiraEpics(search, hierarchy)
        self._queries = JiraDcQueries(search, hierarchy)

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
