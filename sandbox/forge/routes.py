"""What the host of Forge apps answers: its keys, the app's pages, and the calls of their frames."""

import json
from http import HTTPStatus
from pathlib import Path

from flask import Blueprint, Response, abort, current_app, request, send_from_directory
from flask.typing import ResponseReturnValue

from sandbox.errors import Refused
from sandbox.forge import frames, remote
from sandbox.forge.frames import Framed
from sandbox.forge.installation import Installation
from sandbox.forge.manifest import WrongManifest
from sandbox.guard import refuse_foreign_posts
from sandbox.outbound import Answer, NoAnswer, TimedOut, call
from sandbox.signing import signing_key
from sandbox.site import current_site
from sandbox.ui.identity import acting
from sandbox.wire import JsonObject, as_list, as_object, as_text

bp = Blueprint("forge", __name__)
bp.before_request(refuse_foreign_posts)

_HEAD = "<head>"
_METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE"}


@bp.get("/_forge/jwks.json")
def keys() -> ResponseReturnValue:
    """As https://forge.cdn.prod.atlassian-dev.net/.well-known/jwks.json."""
    return {"keys": [signing_key("forge-invocation").jwk]}


@bp.get("/_forge/bridge.js")
def bridge() -> ResponseReturnValue:
    answer = current_app.send_static_file("bridge.js")
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


@bp.get("/_forge/ui/<resource>/<path:file>")
def page(resource: str, file: str) -> ResponseReturnValue:
    """A file of a static resource; the frame's page gets the bridge before everything else."""
    found = _installation()
    folder = found.manifest.resource(resource)
    if folder is None:
        abort(HTTPStatus.NOT_FOUND)
    answer = _with_bridge(folder) if file == "index.html" else send_from_directory(folder, file)
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Content-Security-Policy"] = _policy(found)
    return answer


def _with_bridge(folder: Path) -> Response:
    html = (folder / "index.html").read_text(encoding="utf-8")
    before, head, after = html.partition(_HEAD)
    script = '<script src="/_forge/bridge.js"></script>'
    return Response(f"{before}{head}{script}{after}" if head else script + html)


def _policy(found: Installation) -> str:
    """The frame has no origin of its own, so the site's is named; apps may relax it a little."""
    own = request.host_url.rstrip("/")
    content = as_object(as_object(found.manifest.told.get("permissions")).get("content"))
    styles = " ".join(f"'{one}'" for one in as_list(content.get("styles")))
    scripts = " ".join(f"'{one}'" for one in as_list(content.get("scripts")))
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {own} {scripts}".strip(),
            f"style-src {own} {styles}".strip(),
            f"img-src {own} data: blob:",
            f"font-src {own} data:",
            "form-action 'none'",
            "base-uri 'none'",
            f"frame-ancestors {own}",
        )
    )


def _installation() -> Installation:
    found = current_site().forge.installation
    if found is None:
        abort(HTTPStatus.NOT_FOUND)
    return found


@bp.post("/_forge/invoke")
def invoke() -> ResponseReturnValue:
    """
    `invokeRemote` of a frame, passed on by the page's script in the name of whoever looks.

    Answers as the bridge does: `{"success", "payload" or "error": {"status", "headers", "body"}}`.
    """
    told, found = as_object(request.get_json(silent=True)), _installation()
    framed = frames.from_token(as_text(told.get("token")), current_site().forge.secret, found)
    if framed is None or not framed.lets(acting()) or not _visible(framed):
        raise Refused(HTTPStatus.FORBIDDEN, {"error": "this frame may not call the app"})
    if (request.content_length or 0) > remote.LARGEST_QUESTION:
        raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, {"error": "the request is too large"})
    try:
        answer = _called(found, framed, told)
        return _as_bridge(answer)
    except TimedOut:
        raise Refused(HTTPStatus.GATEWAY_TIMEOUT, {"error": "the remote timed out"}) from None
    except (NoAnswer, WrongManifest) as error:
        raise Refused(HTTPStatus.BAD_GATEWAY, {"error": str(error)}) from error


def _visible(framed: Framed) -> bool:
    """Whoever looks must see the page or the issue that the frame stands on."""
    site, user = current_site(), acting()
    if framed.product == "jira":
        issue = site.issues.find(framed.subject)
        return issue is not None and site.issues.may_read(issue, user)
    page = site.pages.find(int(framed.subject))
    return page is not None and site.pages.may_read(page, user)


def _called(found: Installation, framed: Framed, told: JsonObject) -> Answer:
    method, user = as_text(told.get("method")).upper() or "GET", acting()
    if method not in _METHODS:
        raise NoAnswer("the method must be one of " + ", ".join(sorted(_METHODS)))
    name = as_text(as_object(framed.module.get("resolver")).get("endpoint"))
    endpoint = found.manifest.endpoint(name)
    ours = remote.headers(
        found,
        framed.invocation(found, user),
        remote.auth_of(endpoint, user),
        current_site().forge.tokens,
    )
    given = remote.allowed(as_object(told.get("headers")))
    body = told.get("body")
    return call(
        method,
        remote.joined(remote.remote_base(found, endpoint.remote), as_text(told.get("path"))),
        headers={"content-type": "application/json"} | given | ours,
        body=None if body is None else _bytes(body),
        seconds=remote.IN_THE_BROWSER,
        most=remote.LARGEST_ANSWER,
    )


def _bytes(body: object) -> bytes:
    return (body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)).encode()


def _as_bridge(answer: Answer) -> JsonObject:
    """Redirects and what is no JSON are errors; other refusals come through with their body."""
    if 300 <= answer.status < 400:
        raise NoAnswer("the remote answered with a redirect")
    kind = answer.headers.get("content-type", "application/json")
    try:
        body = json.loads(answer.body) if answer.body else None
    except ValueError as error:
        raise NoAnswer("the remote did not answer with JSON") from error
    if kind.partition(";")[0].strip() != "application/json" or (body is None and not answer.ok):
        raise NoAnswer("the remote did not answer with JSON")
    told = {
        "status": answer.status,
        "headers": {name.lower(): [value] for name, value in answer.headers.items()},
        "body": body,
    }
    return {"success": True, "payload": told} if answer.ok else {"success": False, "error": told}
