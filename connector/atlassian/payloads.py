"""Webhook bodies of Cloud and Data Center as events; None for what cannot change progress."""

import hashlib
import json
import re
from collections.abc import Iterator
from datetime import datetime

from connector.atlassian.jql import is_key
from connector.core.errors import BadInput
from connector.core.events import IssueMoved, PageSaved
from connector.core.json import JsonObject
from connector.core.okr import IssueId, IssueKey, PageId, SiteId
from schemas import validate

ISSUE_EVENTS = frozenset({"jira:issue_created", "jira:issue_updated", "jira:issue_deleted"})
QUIET_PAGE_EVENTS = frozenset({"page_viewed", "page_children_reordered"})
# What Jira and Jira Software have called the change of a parent over the years.
PARENT_CHANGES = frozenset(
    {"parent", "parent issue", "issueparentassociation", "epic link", "parent link"}
)
_ABOUT_PAGES = frozenset({"page", "labeled", "content"})
_DELIVERY = re.compile(r"[A-Za-z0-9._:/-]{1,128}")
_LONGEST_MESSAGE = 200


def issue_event(
    body: bytes, *, site: SiteId, received_at: datetime, delivery: str | None = None
) -> IssueMoved | None:
    """
    `delivery` is the header X-Atlassian-Webhook-Identifier, the same over Jira's retries.

    Other events, also those nobody has heard of, are None. Raises BadInput for a body that is no
    JSON object, and for an event of an issue that does not say which.
    """
    document = _read(body)
    name = document.get("webhookEvent")
    if not isinstance(name, str) or name not in ISSUE_EVENTS:
        return None
    _hold("jira-webhook", document)
    issue = document["issue"]
    return IssueMoved(
        site=site,
        issue=IssueKey(issue["key"]),
        issue_id=IssueId(_number(issue["id"]) if "id" in issue else ""),
        parents=tuple(dict.fromkeys(_parents(document, issue))),
        delivery=_delivery(delivery, body),
        received_at=received_at,
    )


def page_event(
    body: bytes, *, site: SiteId, received_at: datetime, delivery: str | None = None
) -> PageSaved | None:
    """
    A page's event, or that of a label put on or taken off a page (`labeled`).

    The names are not told apart: trashed and removed mean the opposite on Data Center.
    Raises BadInput for a body that is no JSON object, and for a page without an id.
    """
    document = _read(body)
    if not _ABOUT_PAGES & document.keys():
        return None
    _hold("confluence-webhook", document)
    name = document.get("webhookEvent", document.get("event", document.get("eventType")))
    if name in QUIET_PAGE_EVENTS:
        return None
    page = _page(document)
    if page is None:
        return None
    return PageSaved(site, PageId(_number(page["id"])), _delivery(delivery, body), received_at)


def _read(body: bytes) -> JsonObject:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        raise BadInput("the body of a webhook is JSON") from None
    if not isinstance(document, dict):
        raise BadInput("the body of a webhook is a JSON object")
    return document


def _hold(schema: str, document: JsonObject) -> None:
    """Raises BadInput unless the document is as its schema says."""
    for first in validate(schema, document)[:1]:
        raise BadInput(f"{schema} {first.where}: {first.message[:_LONGEST_MESSAGE]}")


def _parents(document: JsonObject, issue: JsonObject) -> Iterator[IssueKey]:
    """
    Where the issue is, and where it was: both count anew when it moves.

    The Epic Link has another id on every site of Data Center, so any field of one's own that
    holds an issue's key is taken for it: what is no epic of ours is nobody's, and asks nothing.
    """
    fields = _object(issue.get("fields"))
    named = [_object(fields.get("parent")).get("key")]
    named += [value for name, value in fields.items() if name.startswith("customfield_")]
    items = _object(document.get("changelog")).get("items")
    for item in items if isinstance(items, list) else ():
        if str(_object(item).get("field", "")).casefold() in PARENT_CHANGES:
            named += [item.get(end) for end in ("from", "fromString", "to", "toString")]
    return (IssueKey(name) for name in named if isinstance(name, str) and is_key(name))


def _page(document: JsonObject) -> JsonObject | None:
    for name in sorted(_ABOUT_PAGES, reverse=True):  # page, labeled, content
        found = _object(document.get(name))
        kind = found.get("contentType", found.get("type", "page"))
        if found and kind == "page":
            return found
    return None


def _object(value: object) -> JsonObject:
    return value if isinstance(value, dict) else {}


def _number(given: int | float | str) -> str:
    """Cloud writes ids as numbers in some bodies and as text in others; 7.0 is an integer too."""
    return str(int(given))


def _delivery(header: str | None, body: bytes) -> str:
    """A body repeats its sender's clock to the millisecond, so its digest tells two apart."""
    if header is not None and _DELIVERY.fullmatch(header):
        return header
    return hashlib.sha256(body).hexdigest()
