"""What both products serve alike: the manifest of application links, and access tokens."""

from html import escape
from http import HTTPStatus

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from sandbox.clock import wiki_time
from sandbox.datacenter.gate import me, product_of
from sandbox.datacenter.tokens import MOST_TOKENS, Token, Tokens
from sandbox.datacenter.versions import (
    CONFLUENCE_BUILD,
    CONFLUENCE_VERSION,
    JIRA_BUILD,
    JIRA_VERSION,
)
from sandbox.errors import Refused
from sandbox.site import current_site
from sandbox.wire import JsonObject, as_object, as_text, is_text

api = Blueprint("dc_common", __name__)

_IDS = {
    "confluence": "5b0e9d57-4b4e-3a61-9d57-c1e20a61c1e2",
    "jira": "8a90c1e2-4b4e-3a61-9d57-0a61c1e25b0e",
}


@api.get("/applinks/1.0/manifest")
def manifest() -> ResponseReturnValue:
    """Open to everybody; XML unless JSON is asked for."""
    product, site = product_of(request.path), current_site()
    wiki = product == "confluence"
    told: JsonObject = {
        "id": _IDS[product],
        "name": "Confluence" if wiki else "Jira",
        "typeId": product,
        "version": CONFLUENCE_VERSION if wiki else JIRA_VERSION,
        "buildNumber": CONFLUENCE_BUILD if wiki else JIRA_BUILD,
        "applinksVersion": "10.1.2",
        "publicSignup": False,
        "url": site.wiki_base if wiki else site.jira_base,
    }
    if request.accept_mimetypes.best_match(["application/xml", "application/json"]) == (
        "application/json"
    ):
        return told
    inside = "".join(f"<{name}>{_xml(value)}</{name}>" for name, value in told.items())
    text = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><manifest>{inside}</manifest>'
    return Response(text, content_type="application/xml")


def _xml(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else escape(str(value))


@api.get("/pat/latest/tokens")
def tokens() -> ResponseReturnValue:
    """One's own; the tokens themselves are not told again."""
    return [_written(token) for token in _held().of(me())]


@api.post("/pat/latest/tokens")
def create_token() -> ResponseReturnValue:
    given = as_object(request.get_json(silent=True))
    name, days = as_text(given.get("name")), given.get("expirationDuration")
    if not name.strip() or not is_text(name):
        raise _wrong("A token must have a name")
    if days is not None and (isinstance(days, bool) or not isinstance(days, int) or days < 1):
        raise _wrong("expirationDuration is a number of days")
    if len(_held().of(me())) >= MOST_TOKENS:
        raise _wrong(f"A user may have {MOST_TOKENS} tokens")
    made = _held().issue(me(), name, at=current_site().now(), days=days)
    return _written(made) | {"rawToken": made.text}, HTTPStatus.CREATED


@api.delete("/pat/latest/tokens/<int:token_id>")
def revoke_token(token_id: int) -> ResponseReturnValue:
    if not _held().revoke(me(), token_id):
        raise Refused(HTTPStatus.NOT_FOUND, {"message": "Token not found"})
    return "", HTTPStatus.NO_CONTENT


def _held() -> Tokens:
    return current_site().dc.tokens[product_of(request.path)]


def _written(token: Token) -> JsonObject:
    written: JsonObject = {
        "id": token.id,
        "name": token.name,
        "createdAt": wiki_time(token.created),
    }
    if token.expires is not None:
        written["expiringAt"] = wiki_time(token.expires)
    if token.used is not None:
        written["lastAccessedAt"] = wiki_time(token.used)
    return written


def _wrong(sentence: str) -> Refused:
    return Refused(HTTPStatus.BAD_REQUEST, {"message": sentence})
