"""Jira Cloud as an IssueTracker: epics and queries, each in as few calls as it takes."""

from connector.atlassian.http import Door
from connector.atlassian.jira_epics import JiraEpics
from connector.atlassian.jira_hierarchy import ParentHierarchy
from connector.atlassian.jira_queries import JiraQueries
from connector.atlassian.jira_search import JiraSearch
from connector.atlassian.jira_tracker import JiraTracker
from connector.ports import Clock


class JiraCloud(JiraTracker):
    """
    M readable epics with N issues below them cost ceil((N + M) / 100) calls per 200 epics;
    sub-tasks one more round. An unknown or hidden key costs two more calls, once in ten minutes.
    """

    def __init__(self, door: Door, clock: Clock) -> None:
        search = JiraSearch(door)
        super().__init__(clock, JiraEpics(search, ParentHierarchy()), JiraQueries(search))
