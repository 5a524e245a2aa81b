"""Links between issues, and their kinds."""

from http import HTTPStatus

from flask import Blueprint
from flask.typing import ResponseReturnValue

from sandbox import errors
from sandbox.guard import caller, member
from sandbox.jira.annexes import LINK_TYPES, LinkType
from sandbox.jira.events import link_event
from sandbox.jira.model import FieldChange, Issue
from sandbox.jira.requests import body_object
from sandbox.jira.routes_issues import found_issue, workable_issue, writer
from sandbox.site import current_site
from sandbox.wire import JsonObject, as_object

api = Blueprint("issue_links", __name__)


@api.get("/issueLinkType")
def link_types() -> ResponseReturnValue:
    return {"issueLinkTypes": [writer().link_type(kind) for kind in LINK_TYPES.values()]}


@api.get("/issueLinkType/<issue_link_type_id>")
def link_type(issue_link_type_id: str) -> ResponseReturnValue:
    kind = LINK_TYPES.get(issue_link_type_id)
    if kind is None:
        message = f"No issue link type with id '{issue_link_type_id}' found."
        raise errors.jira(HTTPStatus.NOT_FOUND, [message])
    return writer().link_type(kind)


@api.post("/issueLink")
def link_issues() -> ResponseReturnValue:
    """The inward issue `blocks` the outward one: it is where the link starts."""
    member()
    body = body_object()
    kind = _type(as_object(body.get("type")))
    source, target = _end(body.get("inwardIssue")), _end(body.get("outwardIssue"))
    workable_issue(source.key, "link")
    if source.id == target.id:
        raise errors.jira(HTTPStatus.BAD_REQUEST, ["You cannot link an issue to itself."])
    site = current_site()
    for issue in (source, target):
        site.issues.surroundings.note(issue.id, site.now())
    links = site.issues.annexes.links
    known = {end.id for end in links.of(source.id)}
    number = links.add(kind, source=source.id, target=target.id)
    if number not in known:
        _tell("issuelink_created", number, kind, source, target)
    return "", HTTPStatus.CREATED


@api.get("/issueLink/<link_id>")
def get_link(link_id: str) -> ResponseReturnValue:
    number, kind, source, target = _found(link_id)
    return {
        "id": str(number),
        "self": writer().link(f"issueLink/{number}"),
        "type": writer().link_type(kind),
        "inwardIssue": writer().brief(source),
        "outwardIssue": writer().brief(target),
    }


@api.delete("/issueLink/<link_id>")
def delete_link(link_id: str) -> ResponseReturnValue:
    number, kind, source, target = _found(link_id)
    member()
    workable_issue(source.key, "link")
    site = current_site()
    for issue in (source, target):
        site.issues.surroundings.note(issue.id, site.now())
    site.issues.annexes.links.remove(number)
    _tell("issuelink_deleted", number, kind, source, target)
    return "", HTTPStatus.NO_CONTENT


def _tell(event: str, number: int, kind: LinkType, source: Issue, target: Issue) -> None:
    """The changelog of both ends, which names the link and no field, and those who listen."""
    site, me, made = current_site(), member(), event == "issuelink_created"
    for issue, other, word in ((source, target, kind.outward), (target, source, kind.inward)):
        sentence = f"This issue {word} {other.key}"
        change = FieldChange("Link", None, None, other.key, sentence, "")
        if not made:
            change = FieldChange("Link", other.key, sentence, None, None, "")
        site.desk.touch(issue, me, [change])
    site.announce(link_event(event, number, kind, source.id, target.id), issue=source)


def _type(given: JsonObject) -> LinkType:
    for kind in LINK_TYPES.values():
        if given.get("id") == kind.id or given.get("name") == kind.name:
            return kind
    message = f"No issue link type with name '{given.get('name')}' found."
    raise errors.jira(HTTPStatus.NOT_FOUND, [message])


def _end(given: object) -> Issue:
    named = as_object(given)
    return found_issue(str(named.get("key") or named.get("id") or ""))


def _found(link_id: str) -> tuple[int, LinkType, Issue, Issue]:
    """Both ends must be readable."""
    store = current_site().issues
    held = store.annexes.links.ends(int(link_id[:12])) if _is_number(link_id) else None
    if held is not None:
        kind, *ids = held
        source, target = (store.by_id(issue_id) for issue_id in ids)
        if source and target and all(store.may_read(end, caller()) for end in (source, target)):
            return int(link_id), kind, source, target
    raise errors.jira(HTTPStatus.NOT_FOUND, [f"No issue link with id '{link_id}' exists."])


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal()
