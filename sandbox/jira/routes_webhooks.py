"""
Webhooks: those of apps, which callers with a token may not have, and those of administrators.

`/rest/webhooks/1.0/webhook`: https://developer.atlassian.com/cloud/jira/platform/webhooks/
"""

from http import HTTPStatus
from urllib.parse import urlsplit

from flask import Blueprint
from flask.typing import ResponseReturnValue

from sandbox import errors
from sandbox.clock import epoch_ms
from sandbox.directory import user_by_id
from sandbox.guard import jira_gate, member
from sandbox.hooks.admin import AdminHook
from sandbox.jira.jql import JqlErrors, check
from sandbox.jira.jql_terms import Asking
from sandbox.jira.permissions import PERMISSIONS
from sandbox.jira.requests import bad_payload, body_object, strings
from sandbox.jira.routes_issues import writer
from sandbox.site import current_site
from sandbox.wire import JsonObject, as_object, as_text

api = Blueprint("app_webhooks", __name__)
bp = Blueprint("admin_webhooks", __name__, url_prefix="/rest/webhooks/1.0")
bp.before_request(jira_gate)

_EVENTS = """
    jira:issue_created jira:issue_updated jira:issue_deleted
    comment_created comment_updated comment_deleted
    worklog_created worklog_updated worklog_deleted
    issuelink_created issuelink_deleted issue_property_set issue_property_deleted
    jira:version_created jira:version_updated jira:version_deleted jira:version_released
    jira:version_unreleased jira:version_moved
    sprint_created sprint_updated sprint_started sprint_closed sprint_deleted
    attachment_created attachment_deleted board_created board_updated board_deleted
    board_configuration_changed project_created project_updated project_deleted
    user_created user_updated user_deleted
"""
EVENTS = frozenset(_EVENTS.split())
_FILTER = "issue-related-events-section"
_FOR_APPS = "Only Connect and OAuth 2.0 apps can use this operation."


@api.get("/webhook")
def app_webhooks() -> ResponseReturnValue:
    raise _only_for_apps()


@api.post("/webhook")
def register_app_webhooks() -> ResponseReturnValue:
    raise _only_for_apps()


@api.delete("/webhook")
def delete_app_webhooks() -> ResponseReturnValue:
    raise _only_for_apps()


@api.get("/webhook/failed")
def failed_app_webhooks() -> ResponseReturnValue:
    raise _only_for_apps()


@api.put("/webhook/refresh")
def refresh_app_webhooks() -> ResponseReturnValue:
    raise _only_for_apps()


@bp.get("/webhook")
def webhooks() -> ResponseReturnValue:
    _administrator()
    return [_written(hook) for hook in current_site().admin_hooks.all()]


@bp.post("/webhook")
def register() -> ResponseReturnValue:
    _administrator()
    hook = _asked(current_site().admin_hooks.next_id(), body_object(), None)
    current_site().admin_hooks.put(hook)
    return _written(hook), HTTPStatus.CREATED


@bp.get("/webhook/<hook_id>")
def webhook(hook_id: str) -> ResponseReturnValue:
    _administrator()
    return _written(_found(hook_id))


@bp.put("/webhook/<hook_id>")
def edit(hook_id: str) -> ResponseReturnValue:
    _administrator()
    before = _found(hook_id)
    hook = _asked(before.id, body_object(), before)
    current_site().admin_hooks.put(hook)
    return _written(hook)


@bp.delete("/webhook/<hook_id>")
def delete(hook_id: str) -> ResponseReturnValue:
    _administrator()
    current_site().admin_hooks.remove(_found(hook_id))
    return "", HTTPStatus.NO_CONTENT


def _only_for_apps() -> errors.Refused:
    """Whoever signs in with a token is no app."""
    member()
    return errors.jira(HTTPStatus.FORBIDDEN, [_FOR_APPS])


def _administrator() -> None:
    if not PERMISSIONS["ADMINISTER"].held_by(member()):
        message = "Only administrators can change webhooks."
        raise errors.jira(HTTPStatus.FORBIDDEN, [message])


def _found(hook_id: str) -> AdminHook:
    hook = current_site().admin_hooks.find(hook_id)
    if hook is None:
        raise errors.jira(HTTPStatus.NOT_FOUND, [f"No webhook with id '{hook_id}' exists."])
    return hook


def _asked(hook_id: int, body: JsonObject, before: AdminHook | None) -> AdminHook:
    """A change names only what it changes."""
    held = _written(before) if before else {}
    told = held | body
    name, url = as_text(told.get("name")).strip(), as_text(told.get("url"))
    if not name:
        raise _wrong("The webhook needs a name.")
    if urlsplit(url).scheme not in {"http", "https"}:
        raise _wrong("The URL must be http or https.")
    events = tuple(dict.fromkeys(strings(told, "events")))
    if unknown := sorted(set(events) - EVENTS):
        raise _wrong(f"Unknown events: {', '.join(unknown)}")
    jql = as_text(as_object(told.get("filters")).get(_FILTER))
    _check(jql)
    secret = as_text(body.get("secret")) or (before.secret if before else None)
    enabled, without = told.get("enabled", True), told.get("excludeBody", False)
    if not isinstance(enabled, bool) or not isinstance(without, bool):
        raise bad_payload()
    return AdminHook(
        id=hook_id,
        name=name,
        url=url,
        events=events,
        jql=jql,
        secret=secret,
        description=as_text(told.get("description")),
        without_body=without,
        enabled=enabled,
        edited=epoch_ms(current_site().now()),
        editor=member().account_id,
    )


def _check(jql: str) -> None:
    site = current_site()
    try:
        if jql.strip():
            check(jql, Asking(member(), site.now(), site.issues))
    except JqlErrors as error:
        raise errors.jira(HTTPStatus.BAD_REQUEST, error.messages) from error


def _written(hook: AdminHook) -> JsonObject:
    editor = user_by_id(hook.editor)
    return {
        "name": hook.name,
        "description": hook.description,
        "url": hook.url,
        "excludeBody": hook.without_body,
        "filters": {_FILTER: hook.jql},
        "events": list(hook.events),
        "enabled": hook.enabled,
        "self": f"{writer().base}/rest/webhooks/1.0/webhook/{hook.id}",
        "lastUpdated": hook.edited,
        "lastUpdatedUser": editor.account_id if editor else "",
        "lastUpdatedDisplayName": editor.name if editor else "",
        "isSigned": hook.secret is not None,
    }


def _wrong(sentence: str) -> errors.Refused:
    return errors.jira(HTTPStatus.BAD_REQUEST, [sentence])
