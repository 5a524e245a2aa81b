"""
A small Connect app that nobody at the sandbox wrote the verification of.

PyJWT verifies its tokens and `atlassian-jwt` the hashes of requests.
"""

from dataclasses import dataclass, field
from time import time
from typing import Any
from urllib.parse import urlsplit

import jwt
import requests
from atlassian_jwt.url_utils import hash_url  # type: ignore[import-untyped]
from flask import Flask, Response, jsonify, request
from flask.typing import ResponseReturnValue

KEY = "guest.app"
MACRO = "guest-macro"
CONTEXT_QSH = "context-qsh"
TEMPLATE = '<h2><at:var at:name="goal" /></h2><p><at:var at:name="rich" at:rawxhtml="true" /></p>'


def descriptor(base: str, **changed: Any) -> dict[str, Any]:
    return {
        "key": KEY,
        "name": "Guest",
        "baseUrl": f"{base}/app",
        "authentication": {"type": "jwt"},
        "apiMigrations": {"signed-install": True, "context-qsh": True, "gdpr": True},
        "scopes": ["READ"],
        "lifecycle": {"installed": "/installed", "uninstalled": "/uninstalled"},
        "modules": MODULES,
        **changed,
    }


MODULES = {
    "dynamicContentMacros": [
        {
            "key": MACRO,
            "name": {"value": "Guest macro"},
            "url": "/macro?page={page.id}&title={page.title}&cycle={cycle}&out={output.type}",
            "width": "100%",
            "height": "120px",
            "parameters": [{"identifier": "cycle", "name": {"value": "Cycle"}, "type": "string"}],
            "renderModes": {
                "pdf": {"url": "/static/pdf?page={page.id}&cycle={cycle}&out={output.type}"},
                "default": {"url": "/static/other?page={page.id}&out={output.type}"},
            },
        },
        {"key": "frames-only", "name": {"value": "Frames"}, "url": "/macro?page={page.id}"},
    ],
    "staticContentMacros": [
        {"key": "guest-static", "name": {"value": "Static"}, "url": "/static/here?c={cycle}"}
    ],
    "webhooks": [
        {"event": "page_updated", "url": "/hook"},
        {"event": "page_trashed", "url": "/hook"},
        {"event": "jira:issue_updated", "url": "/hook", "filter": "project = HBR"},
    ],
    "contentBylineItems": [
        {
            "key": "guest-byline",
            "name": {"value": "Guest line"},
            "url": "/byline?page={content.id}",
            "contentPropertyKey": "guest-line",
        }
    ],
    "generalPages": [
        {"key": "guest-page", "name": {"value": "Guest page"}, "url": "/general?s={space.key}"}
    ],
    "configurePage": {"key": "guest-conf", "name": {"value": "Configure"}, "url": "/configure"},
    "blueprints": [
        {
            "key": "guest-blue",
            "name": {"value": "Guest blueprint"},
            "template": {"url": "/blue/template", "blueprintContext": {"url": "/blue/context"}},
            "createResult": "view",
        }
    ],
    "jiraIssueContents": [
        {
            "key": "guest-issue",
            "name": {"value": "Guest issue"},
            "target": {"type": "web_panel", "url": "/issue?key={issue.key}&project={project.key}"},
        }
    ],
    "webPanels": [
        {
            "key": "guest-panel",
            "name": {"value": "Guest panel"},
            "location": "atl.jira.view.issue.right.context",
            "url": "/panel?id={issue.id}",
        }
    ],
    "confluenceContentProperties": [
        {
            "key": "guest-props",
            "keyConfigurations": [
                {
                    "propertyKey": "guest",
                    "extractions": [{"objectName": "done", "type": "number", "alias": "guestdone"}],
                }
            ],
        }
    ],
}


@dataclass
class Guest:
    """What reached the app, and what it answers; `keys` is the host's key server."""

    keys: str = ""
    base: str = ""
    told: dict[str, Any] = field(default_factory=dict)
    lifecycle: list[tuple[dict[str, Any], dict[str, Any]]] = field(default_factory=list)
    seen: list[tuple[str, dict[str, str], dict[str, Any]]] = field(default_factory=list)
    hooked: list[tuple[str, dict[str, str], dict[str, Any]]] = field(default_factory=list)
    bodies: list[Any] = field(default_factory=list)
    install_status: int = 204
    static: str = "<p>Static of <strong>{page}</strong></p>"
    template: str = TEMPLATE
    page: str = ""
    context: list[dict[str, str]] = field(default_factory=list)
    secrets: dict[str, str] = field(default_factory=dict)

    def app(self, base: str) -> Flask:
        self.base = base
        app = Flask("guest")
        app.add_url_rule("/descriptor.json", view_func=self._descriptor)
        app.add_url_rule("/app/installed", view_func=self._lived, methods=["POST"])
        app.add_url_rule("/app/uninstalled", view_func=self._lived, methods=["POST"])
        app.add_url_rule("/app/enabled", view_func=self._hooked, methods=["POST"])
        app.add_url_rule("/app/blue/context", view_func=self._context, methods=["POST"])
        app.add_url_rule("/app/blue/template", view_func=self._template)
        app.add_url_rule("/app/hook", view_func=self._hooked, methods=["POST"])
        app.add_url_rule("/app/static/<kind>", view_func=self._static)
        app.add_url_rule("/app/<path:rest>", view_func=self._framed)
        return app

    def _descriptor(self) -> ResponseReturnValue:
        return jsonify(descriptor(self.base, **self.told))

    def _lived(self) -> ResponseReturnValue:
        body = request.get_json()
        token = request.headers["Authorization"].removeprefix("JWT ")
        kid = jwt.get_unverified_header(token)["kid"]
        with requests.Session() as session:
            session.trust_env = False
            pem = session.get(f"{self.keys}/{kid}", timeout=5)
        assert pem.status_code == 200
        claims = jwt.decode(
            token, pem.text, algorithms=["RS256"], audience=f"{self.base}/app", leeway=1
        )
        self._check_hash(claims)
        assert claims["iss"] == body["clientKey"]
        if self.install_status < 300 and "sharedSecret" in body:
            self.secrets[body["clientKey"]] = body["sharedSecret"]
        self.lifecycle.append((claims, body))
        return "", self.install_status

    def verified(self) -> dict[str, Any]:
        """The claims of a request from the host, in the header or in the address."""
        token = request.args.get("jwt") or request.headers["Authorization"].removeprefix("JWT ")
        issuer = jwt.decode(token, options={"verify_signature": False})["iss"]
        claims: dict[str, Any] = jwt.decode(token, self.secrets[issuer], algorithms=["HS256"])
        self._check_hash(claims)
        assert claims["exp"] - claims["iat"] == 180
        held = self.hooked if request.path.endswith(("/hook", "/enabled")) else self.seen
        held.append((request.path, request.args.to_dict(), claims))
        return claims

    def _check_hash(self, claims: dict[str, Any]) -> None:
        relative = request.url.removeprefix(f"{self.base}/app")
        assert claims["qsh"] == hash_url(request.method, relative)

    def _static(self, kind: str) -> ResponseReturnValue:
        self.verified()
        return Response(self.static.format(page=request.args.get("page")), mimetype="text/html")

    def _hooked(self) -> ResponseReturnValue:
        self.verified()
        self.bodies.append(request.get_json())
        return "", 204

    def _template(self) -> ResponseReturnValue:
        assert "jwt" not in request.args
        assert "Authorization" not in request.headers
        return Response(self.template, mimetype="application/xml")

    def _context(self) -> ResponseReturnValue:
        self.verified()
        self.bodies.append(request.get_json())
        return jsonify(self.context)

    def _framed(self, rest: str) -> ResponseReturnValue:
        claims = self.verified()
        return self.page or f"<p id=who>{claims.get('sub', 'nobody')}</p>"

    def token(self, client_key: str, method: str, relative: str, **changed: Any) -> str:
        """A token of the app for a request to the product, `relative` to the product's base."""
        claims = {
            "iss": KEY,
            "iat": int(time()),
            "exp": int(time()) + 120,
            "qsh": hash_url(method, relative),
            "aud": [client_key],
            **changed,
        }
        return jwt.encode(claims, self.secrets[client_key], algorithm="HS256")

    def call(
        self, installed: dict[str, Any], method: str, relative: str, **rest: Any
    ) -> requests.Response:
        """A request of the app to the product it was installed in; `claims` changes the token."""
        claims = rest.pop("claims", {})
        token = self.token(installed["clientKey"], method, relative, **claims)
        with requests.Session() as session:
            session.trust_env = False
            return session.request(
                method,
                installed["baseUrl"] + relative,
                headers={"Authorization": f"JWT {token}"},
                timeout=10,
                **rest,
            )


def fetched(guest: Guest, address: str) -> requests.Response:
    """What a browser gets for a frame's address; what the guest saw is kept by it."""
    assert urlsplit(address).netloc == urlsplit(guest.base).netloc
    with requests.Session() as session:
        session.trust_env = False
        return session.get(address, timeout=10)
