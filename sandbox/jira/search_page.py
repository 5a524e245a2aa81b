"""Enhanced search: what was asked, and the token that leads to the next page."""

import base64
import binascii
import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

from flask import request

from sandbox import errors
from sandbox.guard import caller
from sandbox.jira.expansions import MOST_PROPERTIES
from sandbox.jira.model import Issue
from sandbox.jira.requests import bad_payload, body_object, split_parameter, strings
from sandbox.wire import JsonObject, as_text

DEFAULT_RESULTS = 50
MOST_RESULTS = 5000
MOST_WITH_FIELDS = 100
MOST_RECONCILED = 50
TOKEN_LIFE = timedelta(days=7)
_TOKEN_KEY = b"sandbox-next-page"
_CHEAP = {"id", "key"}
_BODY = {
    "jql",
    "nextPageToken",
    "maxResults",
    "fields",
    "expand",
    "properties",
    "fieldsByKeys",
    "reconcileIssues",
}


@dataclass(frozen=True, slots=True)
class Asked:
    jql: str
    token: str | None
    most: int
    fields: tuple[str, ...]
    expand: tuple[str, ...]
    properties: tuple[str, ...]
    reconcile: tuple[int, ...]

    @property
    def page_size(self) -> int:
        """Seen in the field: pages hold at most 100 issues once more than ids are asked for."""
        return self.most if self.cheap else min(self.most, MOST_WITH_FIELDS)

    @property
    def cheap(self) -> bool:
        return set(self.fields) <= _CHEAP and not self.properties and not self.expand


def asked_by_query() -> Asked:
    args = request.args
    return Asked(
        jql=args.get("jql", ""),
        token=args.get("nextPageToken") or None,
        most=_most(args.get("maxResults")),
        fields=tuple(split_parameter("fields")) or ("id",),
        expand=tuple(split_parameter("expand")),
        properties=_properties(split_parameter("properties")),
        reconcile=_reconcile(split_parameter("reconcileIssues")),
    )


def asked_by_body() -> Asked:
    body = body_object()
    if set(body) - _BODY or not isinstance(body.get("expand", ""), str):
        raise bad_payload()
    if not isinstance(body.get("fieldsByKeys", False), bool):
        raise bad_payload()
    return Asked(
        jql=as_text(body.get("jql")),
        token=as_text(body.get("nextPageToken")) or None,
        most=_most(body.get("maxResults")),
        fields=tuple(strings(body, "fields")) or ("id",),
        expand=tuple(word for word in as_text(body.get("expand")).split(",") if word),
        properties=_properties(strings(body, "properties")),
        reconcile=_reconcile(strings(body, "reconcileIssues")),
    )


def _most(value: object) -> int:
    if value is None:
        return DEFAULT_RESULTS
    if isinstance(value, bool) or not str(value).lstrip("-").isdecimal():
        raise bad_payload()
    most = int(str(value))
    if not 1 <= most <= MOST_RESULTS:
        message = f"The maxResults parameter must be between 1 and {MOST_RESULTS}."
        raise errors.jira(HTTPStatus.BAD_REQUEST, [message])
    return most


def _properties(values: list[str]) -> tuple[str, ...]:
    if len(values) > MOST_PROPERTIES:
        message = f"The maximum number of properties is {MOST_PROPERTIES}."
        raise errors.jira(HTTPStatus.BAD_REQUEST, [message])
    return tuple(values)


def _reconcile(values: list[str]) -> tuple[int, ...]:
    if len(values) > MOST_RECONCILED or not all(value.isdecimal() for value in values):
        message = f"reconcileIssues takes at most {MOST_RECONCILED} numeric issue ids."
        raise errors.jira(HTTPStatus.BAD_REQUEST, [message])
    return tuple(int(value) for value in values)


def page(found: list[Issue], asked: Asked, *, now: datetime) -> tuple[list[Issue], str | None]:
    """One page of the results, and the token of the next one, None on the last page."""
    start = _start(found, asked, now)
    end = start + asked.page_size
    if end >= len(found):
        return found[start:], None
    return found[start:end], _token(asked.jql, end, found[end - 1].id, now)


def _start(found: list[Issue], asked: Asked, now: datetime) -> int:
    """Behind the last issue of the page before, wherever that issue is now."""
    if asked.token is None:
        return 0
    held = _opened(asked.token, asked.jql, now)
    ids = [issue.id for issue in found]
    return ids.index(held["last"]) + 1 if held["last"] in ids else int(held["offset"])


def _token(jql: str, offset: int, last: int, now: datetime) -> str:
    held = {"offset": offset, "last": last, "until": (now + TOKEN_LIFE).timestamp()}
    packed = json.dumps(held).encode()
    return base64.urlsafe_b64encode(_seal(jql, packed) + packed).decode().rstrip("=")


def _opened(token: str, jql: str, now: datetime) -> JsonObject:
    """A token is good for the query and the user it came from, for seven days."""
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        seal, packed = raw[:16], raw[16:]
        if hmac.compare_digest(seal, _seal(jql, packed)):
            held: JsonObject = json.loads(packed)
            if held["until"] > now.timestamp():
                return held
    except (binascii.Error, UnicodeEncodeError, ValueError):
        pass
    raise errors.jira(
        HTTPStatus.BAD_REQUEST, ["The provided next page token is invalid or expired."]
    )


def _seal(jql: str, packed: bytes) -> bytes:
    user = caller()
    asked = f"{user.account_id if user else ''}\0{jql}\0".encode(errors="surrogatepass")
    return hmac.new(_TOKEN_KEY, asked + packed, hashlib.sha256).digest()[:16]
