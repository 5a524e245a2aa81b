"""The tracker of a site whose Jira is not connected: no link can be read."""

from collections.abc import Collection, Mapping
from datetime import datetime

from connector.core.okr import IssueId, IssueKey, JiraLink, LinkedWork
from connector.core.policy import Depth


class NoJira:
    """The port `IssueTracker`; work that nobody can read counts as hidden, and says so."""

    def fetch_work(
        self,
        links: Collection[JiraLink],
        *,
        depth: Depth,
        reconcile: Collection[IssueId] = (),
    ) -> Mapping[JiraLink, LinkedWork | None]:
        del depth, reconcile
        return dict.fromkeys(links)

    def changed_links(
        self, links: Collection[JiraLink], *, since: datetime
    ) -> Collection[JiraLink]:
        del links, since
        return set()

    def links_matching(
        self, issue: IssueId, key: IssueKey, links: Collection[JiraLink]
    ) -> Collection[JiraLink]:
        del issue, key, links
        return set()
