"""Which issues Jira Cloud shows to somebody, asked with that person's token."""

from collections.abc import Callable, Collection, Sequence

from connector.atlassian.batches import batches
from connector.atlassian.endpoints import Read
from connector.atlassian.http import Door
from connector.atlassian.jira_search import listed
from connector.core.errors import Forbidden, NotFound, Unauthorized
from connector.core.okr import IssueKey
from connector.core.viewer import Viewer, ViewerNotAccepted

ISSUES_PER_CALL = 100


class CloudIssueRights:
    """
    The port `IssueRights` over one site.

    Issues are fetched as the viewer, 100 per call and with a field that costs nothing: those that
    they may not see are not in the answer. Of somebody without a token nothing is known: Jira's
    check of permissions wants the ids of issues, and an app of its own to ask it.
    https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-bulkfetch-post
    """

    def __init__(self, viewer_door: Callable[[str], Door]) -> None:
        self._viewer_door = viewer_door

    def per_call(self, _viewer: Viewer) -> int:
        return ISSUES_PER_CALL

    def readable(self, viewer: Viewer, issues: Collection[IssueKey]) -> frozenset[IssueKey]:
        """An issue that was moved has another key by now and is not among them."""
        if not viewer.token:
            return frozenset()
        door = self._viewer_door(viewer.token)
        wanted = list(dict.fromkeys(issues))
        found = (_shown(door, some) for some in batches(wanted, ISSUES_PER_CALL))
        return frozenset[IssueKey]().union(*found)


def _shown(door: Door, issues: Sequence[IssueKey]) -> frozenset[IssueKey]:
    """None for somebody who may not use Jira at all."""
    try:
        answer = door.read(
            Read.ISSUES, body={"issueIdsOrKeys": list(issues), "fields": ["issuetype"]}
        )
    except (Forbidden, NotFound):
        return frozenset()
    except Unauthorized as error:
        raise ViewerNotAccepted("the site does not accept the viewer's token") from error
    return frozenset(issues) & {str(one.get("key")) for one in listed(answer, "issues")}
