"""
What happened, as Forge tells it.

https://developer.atlassian.com/platform/forge/events-reference/confluence/ and …/jira/
"""

from datetime import datetime

from sandbox.clock import wiki_time
from sandbox.directory import User, user_by_id
from sandbox.forge.installation import VERSION, Installation
from sandbox.jira.model import FieldChange, Issue
from sandbox.jira.wire import IssueWriter
from sandbox.wiki.model import Page
from sandbox.wire import JsonObject

INSTALLED = "avi:forge:installed:app"
PAGES = {
    "page_created": "avi:confluence:created:page",
    "page_updated": "avi:confluence:updated:page",
    "page_moved": "avi:confluence:moved:page",
    "page_trashed": "avi:confluence:trashed:page",
    "page_restored": "avi:confluence:restored:page",
    "page_removed": "avi:confluence:deleted:page",
}
ISSUES = {
    "jira:issue_created": "avi:jira:created:issue",
    "jira:issue_updated": "avi:jira:updated:issue",
    "jira:issue_deleted": "avi:jira:deleted:issue",
}
LINKS = {
    "issuelink_created": "avi:jira:created:issuelink",
    "issuelink_deleted": "avi:jira:deleted:issuelink",
}
_SCOPES = {"confluence": "read:confluence-content.summary", "jira": "read:jira-work"}
_WRITES = {"avi:confluence:trashed:page", "avi:confluence:deleted:page"}


def scopes_of(event: str) -> frozenset[str]:
    """What an app must hold to be told; nothing for its own life."""
    product = event.split(":")[1]
    needed = {_SCOPES[product]} if product in _SCOPES else set()
    return frozenset(needed | ({"write:confluence-content"} if event in _WRITES else set()))


def page_event(event: str, page: Page, *, author: User, at: datetime) -> JsonObject:
    told: JsonObject = {
        "eventType": event,
        "atlassianId": author.account_id,
        "eventCreatedDate": wiki_time(at),
        "suppressNotifications": False,
        "content": _content(page),
    }
    if event == PAGES["page_updated"]:
        told["updateTrigger"] = "edit_page"
    return told


def _content(page: Page) -> JsonObject:
    icon = {
        "path": "/images/logo/default-space-logo-256.png",
        "width": 48,
        "height": 48,
        "isDefault": True,
    }
    return {
        "id": str(page.id),
        "type": "page",
        "status": page.status,
        "title": page.title,
        "space": {
            "id": page.space.id,
            "key": page.space.key,
            "alias": page.space.key,
            "name": page.space.name,
            "icon": icon,
            "type": "global",
            "status": "current",
        },
        "history": {
            "latest": True,
            "createdBy": _person(page.author),
            "ownedBy": _person(page.author),
            "createdDate": wiki_time(page.created),
        },
        "version": {
            "by": _person(page.version.author),
            "when": wiki_time(page.version.created),
            "number": page.version.number,
        },
    }


def _person(account: str) -> JsonObject:
    """Nothing of a person but the account, which stands for every name."""
    known = user_by_id(account)
    return {
        "type": "known",
        "username": account,
        "accountId": account,
        "accountType": known.account_type if known else "atlassian",
        "email": account,
        "publicName": account,
        "profilePicture": {
            "path": f"/wiki/aa-avatar/{account}",
            "width": 48,
            "height": 48,
            "isDefault": True,
        },
        "displayName": account,
        "isExternalCollaborator": False,
    }


def issue_event(
    event: str, issue: Issue, *, author: User, items: list[FieldChange], writer: IssueWriter
) -> JsonObject:
    written = writer.issue(issue)
    told: JsonObject = {
        "eventType": event,
        "issue": {name: written[name] for name in ("id", "key", "fields")},
        "atlassianId": author.account_id,
        "associatedUsers": [{"accountId": author.account_id}],
    }
    if items:
        told["changelog"] = {"items": [writer.change_item(item) for item in items]}
    return told


def link_event(event: str, told: JsonObject) -> JsonObject:
    """From the webhook's `issueLink`."""
    link = told["issueLink"]
    return {
        "eventType": event,
        "id": str(link["id"]),
        "sourceIssueId": str(link["sourceIssueId"]),
        "destinationIssueId": str(link["destinationIssueId"]),
        "issueLinkType": link["issueLinkType"],
    }


def installed_event(installation: Installation, installer: User) -> JsonObject:
    product = installation.manifest.products[0]
    return {
        "id": installation.number,
        "eventType": INSTALLED,
        "context": f"ari:cloud:{product}::site/{installation.cloud_id}",
        "installerAccountId": installer.account_id,
        "app": {
            "id": installation.app_uuid,
            "version": VERSION,
            "name": installation.manifest.name,
            "ownerAccountId": installer.account_id,
        },
        "environment": {"id": installation.environment},
    }
