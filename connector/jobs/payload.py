"""Events as plain JSON, so that the next release can read what this one queued."""

from dataclasses import asdict
from datetime import datetime

from connector.core.errors import BadInput
from connector.core.events import Event, IssueMoved, PageSaved, PropertyDue, SweepDue
from connector.core.json import JsonObject
from connector.core.okr import IssueId, IssueKey, PageId, SiteId

KINDS: dict[type[Event], str] = {
    IssueMoved: "issue_moved",
    PageSaved: "page_saved",
    SweepDue: "sweep_due",
    PropertyDue: "property_due",
}


def kind_of(event: Event) -> str:
    return KINDS[type(event)]


def dump_event(event: Event) -> JsonObject:
    body = asdict(event) | {
        "kind": kind_of(event),
        "received_at": event.received_at.isoformat(),
    }
    if isinstance(event, IssueMoved):
        body["parents"] = list(event.parents)
    return body


def load_event(body: JsonObject) -> Event:
    """Raises BadInput for what this release does not know."""
    try:
        return _load(body)
    except (KeyError, TypeError, ValueError) as error:
        raise BadInput(f"not an event: {error!r} in {sorted(body)}") from error


def _load(body: JsonObject) -> Event:
    site, received_at = SiteId(body["site"]), datetime.fromisoformat(body["received_at"])
    match body["kind"]:
        case "issue_moved":
            return IssueMoved(
                site=site,
                issue=IssueKey(body["issue"]),
                issue_id=IssueId(body["issue_id"]),
                parents=tuple(IssueKey(parent) for parent in body["parents"]),
                delivery=body["delivery"],
                received_at=received_at,
            )
        case "page_saved":
            return PageSaved(site, PageId(body["page"]), body["delivery"], received_at)
        case "sweep_due":
            return SweepDue(site, body["slot"], body["full"], received_at)
        case "property_due":
            return PropertyDue(site, PageId(body["page"]), body["slot"], received_at)
        case unknown:
            raise BadInput(f"not an event: {unknown}")
