"""
What the deliveries say.

Jira's are those of a webhook an administrator sets up on a Cloud site. Confluence Cloud sends
page events only to installed apps; the sender here is a stand-in for one, with the same body.
"""

from datetime import datetime

from sandbox.clock import epoch_ms
from sandbox.directory import User
from sandbox.jira.model import FieldChange, Issue
from sandbox.jira.wire import IssueWriter
from sandbox.wiki.model import Page
from sandbox.wire import JsonObject

_EVENT_TYPES = {
    "jira:issue_created": "issue_created",
    "jira:issue_updated": "issue_generic",
    "jira:issue_deleted": "issue_deleted",
}


def issue_event(
    event: str,
    issue: Issue,
    *,
    author: User,
    at: datetime,
    change_id: int,
    items: list[FieldChange],
    writer: IssueWriter,
) -> JsonObject:
    """Webhook bodies are written in REST version 2: a description is text, not a document."""
    written = writer.issue(issue)
    payload: JsonObject = {
        "timestamp": epoch_ms(at),
        "webhookEvent": event,
        "issue_event_type_name": _EVENT_TYPES[event],
        "user": writer.user(author),
        "issue": {name: written[name] for name in ("id", "self", "key", "fields")},
    }
    if items:
        told = [writer.change_item(item) for item in items]
        payload["changelog"] = {"id": str(change_id), "items": told}
    return payload


def page_event(event: str, page: Page, *, author: User, at: datetime, base: str) -> JsonObject:
    return {
        "userAccountId": author.account_id,
        "accountType": "customer",
        "webhookEvent": event,
        "updateTrigger": "edit_page" if event == "page_updated" else "unknown",
        "page": {
            "creatorAccountId": page.author,
            "spaceKey": page.space.key,
            "modificationDate": epoch_ms(page.version.created),
            "lastModifierAccountId": page.version.author,
            "self": f"{base}/wiki/spaces/{page.space.key}/pages/{page.id}",
            "id": page.id,
            "title": page.title,
            "creationDate": epoch_ms(page.created),
            "contentType": "page",
            "version": page.version.number,
        },
        "timestamp": epoch_ms(at),
    }
