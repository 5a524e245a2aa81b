"""
What Data Center's deliveries say.

Confluence tells which page and who, and nothing of its text. It says `page_removed` of a page that
goes to the trash and `page_trashed` of one that leaves it for good; Cloud says the reverse.
https://developer.atlassian.com/server/confluence/webhooks/
"""

from datetime import datetime

from sandbox.clock import epoch_ms
from sandbox.datacenter.people import account_of
from sandbox.directory import User
from sandbox.wiki.model import Page
from sandbox.wire import JsonObject

PAGE_EVENTS = {"page_trashed": "page_removed", "page_removed": "page_trashed"}
KNOWN_PAGE_EVENTS = (
    "page_created",
    "page_updated",
    "page_removed",
    "page_trashed",
    "page_restored",
    "page_moved",
    "page_children_reordered",
    "blog_created",
    "blog_updated",
    "blog_removed",
    "blog_restored",
    "blog_trashed",
    "comment_created",
    "comment_updated",
    "comment_removed",
    "attachment_created",
    "attachment_updated",
    "attachment_removed",
    "label_added",
    "label_created",
    "label_deleted",
    "label_removed",
    "content_permissions_updated",
    "content_created",
    "content_updated",
    "content_removed",
    "content_restored",
    "content_trashed",
    "space_created",
    "space_updated",
    "space_removed",
    "space_permissions_updated",
    "user_created",
    "user_deactivated",
    "user_reactivated",
    "user_removed",
    "user_followed",
    "group_created",
    "group_removed",
)
KNOWN_ISSUE_EVENTS = (
    "jira:issue_created",
    "jira:issue_updated",
    "jira:issue_deleted",
    "jira:worklog_updated",
    "comment_created",
    "comment_updated",
    "comment_deleted",
    "issuelink_created",
    "issuelink_deleted",
    "worklog_created",
    "worklog_updated",
    "worklog_deleted",
    "issue_property_set",
    "issue_property_deleted",
    "jira:version_released",
    "jira:version_created",
    "jira:version_updated",
    "project_created",
    "project_updated",
    "project_deleted",
    "sprint_created",
    "sprint_updated",
    "sprint_closed",
    "sprint_started",
    "board_created",
    "board_updated",
)


def page_event(event: str, page: Page, *, author: User, at: datetime) -> JsonObject:
    """`event` in Cloud's words."""
    return {
        "timestamp": epoch_ms(at),
        "event": PAGE_EVENTS.get(event, event),
        "userKey": account_of(author).userkey,
        "page": {"id": page.id},
    }
