"""Jira Data Center as an IssueTracker."""

from connector.atlassian.http import Door
from connector.atlassian.jira_dc_hierarchy import EpicLinkHierarchy
from connector.atlassian.jira_dc_queries import JiraDcQueries
from connector.atlassian.jira_dc_search import JiraDcSearch
from connector.atlassian.jira_epics import JiraEpics
from connector.atlassian.jira_fields import JiraFields
from connector.atlassian.jira_tracker import JiraTracker
from connector.ports import Clock


class JiraDataCenter(JiraTracker):
    """
    M readable epics with N issues below them cost ceil((N + M) / 1000) calls per 200 epics, or as
    many as the site's own page size makes of it; sub-tasks one more round; K queries K calls.
    Two calls an hour find the epic field. A hidden key costs two or three more, once in ten
    minutes. `epic_field` is an id such as `customfield_10008`, where the site's own is not meant.
    """

    def __init__(self, door: Door, clock: Clock, *, epic_field: str = "") -> None:
        search, hierarchy = JiraDcSearch(door), EpicLinkHierarchy(JiraFields(door, epic_field))
        super().__init__(clock, JiraEpics(search, hierarchy), JiraDcQueries(search, hierarchy))
