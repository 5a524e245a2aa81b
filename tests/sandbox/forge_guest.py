"""A small Forge app with a server of its own; PyJWT verifies what reaches it, by the key set."""

import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jwt
import requests
from flask import Flask, Response, jsonify, request
from flask.typing import ResponseReturnValue

APP_UUID = "8db33809-1f32-48bb-8c52-5877dab48107"
APP_ID = f"ari:cloud:ecosystem::app/{APP_UUID}"
MANIFEST = """
app:
  id: ${GUEST_APP_ID}
  name: Guest
  compatibility: {confluence: {required: true}, jira: {required: false}}
modules:
  macro:
    - key: guest-macro
      title: Guest macro
      resource: main
      resolver: {endpoint: front}
      adfExport: {function: exporter}
    - key: guest-open
      title: Open macro
      resource: main
      viewportSize: medium
      resolver: {endpoint: front}
      unlicensedAccess: [anonymous]
  jira:issuePanel:
    - {key: guest-panel, title: Guest panel, icon: "http://h/i.svg", resource: main,
       resolver: {endpoint: front}}
  trigger:
    - key: pages
      endpoint: events
      events: [avi:confluence:created:page, avi:confluence:updated:page,
               avi:confluence:trashed:page]
    - key: issues
      endpoint: events
      events: [avi:jira:updated:issue, avi:jira:created:issuelink]
      filter: {ignoreSelf: true}
    - {key: life, endpoint: events, events: [avi:forge:installed:app]}
  scheduledTrigger:
    - {key: hourly, endpoint: hour, interval: hour}
  preUninstall:
    - {key: leaving, endpoint: leave}
  function:
    - {key: exporter, handler: export.exported}
  endpoint:
    - key: front
      remote: home
      auth: {appUserToken: {enabled: true}}
    - key: events
      remote: home
      route: {path: /events}
      auth: {appSystemToken: {enabled: true}}
    - key: hour
      remote: home
      route: {path: /hour}
      auth: {appSystemToken: {enabled: true}}
    - {key: leave, remote: home, route: {path: /leave}}
remotes:
  - key: home
    baseUrl: https://guest.example
    operations: [compute]
    auth: {appUserToken: {enabled: true}}
resources:
  - {key: main, path: static/main}
permissions:
  scopes: [SCOPES]
"""
SCOPES = (
    "read:app-system-token",
    "read:app-user-token",
    "read:page:confluence",
    "read:confluence-content.summary",
    "read:jira-work",
)
PAGE = """<!doctype html>
<html><head><meta charset="utf-8"><script type="module" src="./main.js"></script></head>
<body><p id="out">waiting</p></body></html>
"""
SCRIPT = """
const call = (command, details) => globalThis.__bridge.callBridge(command, details);
const out = document.getElementById("out");
const context = await call("getContext");
const answer = await call("invoke", {
  path: "/front?x=1", method: "POST", body: { hello: context.extension.type },
  headers: { "x-own": "1", authorization: "mine" }, invokeType: "ui-remote-fetch",
});
out.textContent = JSON.stringify({ answer, locale: context.locale });
out.style.height = "333px";
"""
EXPORT = """
import { invokeRemote } from "@forge/api";
export async function exported(payload, context) {
  const answer = await invokeRemote("home", {
    path: "/export", method: "POST", headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ page: payload.context.content.id, kind: payload.exportType }),
  });
  return (await answer.json()).adf;
}
"""


def deployed(folder: Path, *, scopes: tuple[str, ...] = SCOPES, **replaced: str) -> Path:
    """The app in a folder; what is `replaced` is another text in the manifest."""
    static = folder / "static" / "main"
    static.mkdir(parents=True, exist_ok=True)
    (static / "index.html").write_text(PAGE, encoding="utf-8")
    (static / "main.js").write_text(SCRIPT, encoding="utf-8")
    (folder / "src").mkdir(exist_ok=True)
    (folder / "src" / "export.js").write_text(EXPORT, encoding="utf-8")
    (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    text = MANIFEST.replace("SCOPES", ", ".join(scopes)).replace("${GUEST_APP_ID}", APP_ID)
    for old, new in replaced.items():
        assert old in text
        text = text.replace(old, new)
    path = folder / "manifest.yml"
    path.write_text(text, encoding="utf-8")
    return path


@dataclass(frozen=True)
class Heard:
    path: str
    claims: dict[str, Any]
    headers: dict[str, str]
    body: Any
    at: float


@dataclass
class ForgeGuest:
    """What reached the server; `statuses` are answered in turn, then 204, after a `pause`."""

    jwks: str = ""
    base: str = ""
    heard: list[Heard] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    pause: float = 0.0
    front: Any = field(default_factory=lambda: {"said": "hello"})
    front_status: int = 200
    front_type: str = "application/json"
    adf: Any = None

    def app(self, base: str) -> Flask:
        self.base = base
        app = Flask("forge guest")
        app.add_url_rule("/front", view_func=self._front, methods=["GET", "POST"])
        app.add_url_rule("/export", view_func=self._export, methods=["POST"])
        app.add_url_rule("/<path>", view_func=self._event, methods=["POST"])
        return app

    def _verified(self) -> Heard:
        token = request.headers["Authorization"].removeprefix("Bearer ")
        with requests.Session() as session:
            session.trust_env = False
            keys = jwt.PyJWKSet.from_dict(session.get(self.jwks, timeout=5).json())
        key = keys[jwt.get_unverified_header(token)["kid"]]
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=["RS256"],
            audience=APP_ID,
            issuer="forge/invocation-token",
            leeway=1,
            options={"require": ["exp", "iat", "nbf", "jti"]},
        )
        assert claims["exp"] - claims["iat"] == 25
        headers = {name.lower(): value for name, value in request.headers.items()}
        body = request.get_json(silent=True)
        found = Heard(request.path, claims, headers, body, time.monotonic())
        self.heard.append(found)
        return found

    def _event(self, path: str) -> ResponseReturnValue:
        self._verified()
        time.sleep(self.pause)
        return "", self.statuses.pop(0) if self.statuses else 204

    def _front(self) -> ResponseReturnValue:
        self._verified()
        if self.front_type != "application/json":
            return Response(str(self.front), self.front_status, content_type=self.front_type)
        return jsonify(self.front), self.front_status, {"x-answer": "yes"}

    def _export(self) -> ResponseReturnValue:
        self._verified()
        return jsonify({"adf": self.adf})

    def on(self, path: str) -> list[Heard]:
        return [one for one in self.heard if one.path == path]

    def events(self) -> list[str]:
        return [one.body["payload"]["eventType"] for one in self.on("/events")]
