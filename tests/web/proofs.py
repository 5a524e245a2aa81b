"""Every proof there is, right and wrong, shown to any route of a service with all doors open."""

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import jwt
from atlassian_jwt.url_utils import hash_url  # type: ignore[import-untyped]  # has no types
from flask import g, request_finished
from werkzeug.routing import Rule

from connector.core.grant import Grant
from connector.core.installation import InstallationKey
from connector.core.okr import PageId, SiteId
from connector.storage.keyring import Keyring, new_key
from connector.web.app import OPEN_ON_PURPOSE
from connector.web.frames import HEADER, LASTS, Frame, frame_token, shown_at
from connector.web.services import EXTENSION, WebServices
from connector.web.sessions import KeptInMemory, Session, Sessions
from connector.web.signatures import sign_macro
from connector.web.signin import SignIn, open_sign_in
from tests.web.canaries import ACME, CLOSED, INSIDER, OPEN, World
from tests.web.conftest import NOW, SECRET, SITE, TOKEN, StoppedClock
from tests.web.hosts import AT, ConnectHost, ForgeHost, private_key
from tests.web.test_signin import FakeHost

KEEPER, MACRO, PAGE, HOST, ADMIN = "keeper", "macro", "page", "host", "admin"
CONTEXT, LIFECYCLE, FORGE, WEBHOOK, PATH = "context", "lifecycle", "forge", "webhook", "path"
# Which door the routes of a blueprint stand behind.
DOORS = {
    "api": KEEPER,
    "preview": KEEPER,
    "metrics": KEEPER,
    "macros": MACRO,
    "connect_pages": PAGE,
    "connect_webhooks": HOST,
    "connect_blueprints": HOST,
    "configure": ADMIN,
    "connect_frames": CONTEXT,
    "connect_lifecycle": LIFECYCLE,
    "forge": FORGE,
    "webhooks": WEBHOOK,
    "unsigned_webhooks": PATH,
}
PATH_TOKEN = "p" * 40
BODY = json.dumps({"timestamp": 1, "webhookEvent": "jira:issue_updated"}).encode()
ASKED = {"page": CLOSED, "issue": "A-1"}
_QUERY = f"page={CLOSED}&issue=A-1"
_VALUES = {"key": "objective", "kind": "okr-team-en", "token": "x" * 40}
_HOLDER = "the-holder-of-this-installation"


@dataclass(frozen=True)
class Route:
    """One method of one rule, with an address that means something."""

    endpoint: str
    method: str
    path: str

    @property
    def door(self) -> str:
        return DOORS[self.endpoint.rpartition(".")[0]]

    @property
    def address(self) -> str:
        return f"{self.path}?{_QUERY}"

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


@dataclass(frozen=True)
class Shown:
    """How a proof is shown; `query` is added to the address, `path` takes the place of its path."""

    headers: dict[str, str] = field(default_factory=dict)
    query: str = ""
    cookie: str = ""
    path: str = ""


Proof = Callable[["Served", Route], Shown]


class Served(World):
    """The world of the canaries with signing in and the webhooks of old Jiras besides."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.rights.show(CLOSED, INSIDER)
        here: WebServices = self.app.extensions[EXTENSION]
        self.app.extensions[EXTENSION] = replace(here, webhook_path_token=PATH_TOKEN)
        ring, clock = Keyring([new_key()]), StoppedClock()
        self.sessions = Sessions(KeptInMemory(), ring, clock)
        signing_in = SignIn(
            site=SITE,
            host=FakeHost(),
            sessions=self.sessions,
            seal=ring,
            clock=clock,
            base_url="http://localhost:8090",
        )
        open_sign_in(self.app, signing_in)
        self.known: object = None
        request_finished.connect(self._remember, self.app)
        self.host = ConnectHost(self.client)
        self.forge = ForgeHost(self.client)

    def _remember(self, *_: object, **__: object) -> None:
        """Whom the guard of the last request took the caller for."""
        self.known = g.get("principal")

    def routes(self) -> Iterator[Route]:
        for rule in self.app.url_map.iter_rules():
            if rule.endpoint not in OPEN_ON_PURPOSE:
                for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                    yield Route(rule.endpoint, method, _path(rule))

    @property
    def state(self) -> tuple[object, ...]:
        """All that a call could change."""
        here: WebServices = self.app.extensions[EXTENSION]
        kept = self.installations
        pages = [self.store.pages(one) for one in (SITE, ACME)]
        events = list(here.queue.events)  # type: ignore[attr-defined]  # of the fake
        return (
            dict(kept.kept),
            dict(kept.current),
            dict(kept.lent),
            repr(pages),
            events,
            list(self.rights.asked),
        )

    def frame(self, path: str, **changes: Any) -> Shown:
        key = InstallationKey(self.host.client_key)
        whole = Frame(key, ACME, INSIDER, shown_at(path, ASKED), AT, AT + LASTS)
        here: WebServices = self.app.extensions[EXTENSION]
        return Shown({HEADER: frame_token(replace(whole, **changes), here.frame_keys)})

    def session(self, site: SiteId = SITE) -> Shown:
        grant = Grant("access", "refresh", timedelta(hours=1))
        return Shown(cookie=self.sessions.begin(Session.of(site, INSIDER, grant, NOW)))


def _path(rule: Rule) -> str:
    made = rule.rule
    for name in rule.arguments:
        made = made.replace(f"<{name}>", _VALUES[name])
    return made


def _bearer(token: str) -> Shown:
    return Shown({"Authorization": f"Bearer {token}"})


def _jwt(token: str) -> Shown:
    return Shown({"Authorization": f"JWT {token}"})


def _asked_by(world: Served, route: Route, **changes: Any) -> str:
    """What the Connect host signs for this very request of somebody who may read everything."""
    return world.host.token(route.method, route.address, **{"sub": INSIDER, **changes})


def _claims(world: Served, route: Route, **changes: Any) -> dict[str, Any]:
    token = _asked_by(world, route, **changes)
    found: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
    return found


def _told_by(world: Served, route: Route, **changes: Any) -> str:
    """What Atlassian signs for this very request, for a site that is new."""
    host = ConnectHost(world.client, client_key=_HOLDER)
    return host.lifecycle_token(route.path, qsh=hash_url(route.method, route.address), **changes)


def _signed(body: bytes, secret: bytes = SECRET, kind: str = "sha256") -> Shown:
    made = hmac.new(secret, body, getattr(hashlib, kind)).hexdigest()
    return Shown({"X-Hub-Signature": f"{kind}={made}"})


def _link(path: str, page: PageId) -> Shown:
    macro = path.split("/")[2] if path.startswith("/macros/") else "objective"
    return Shown(query=f"sig={sign_macro(TOKEN, site=SITE, page=page, macro=macro)}")


def _in_path(route: Route, token: str) -> Shown:
    head = route.path.removesuffix(_VALUES["token"])
    return Shown(path=head + token if head != route.path else route.path)


_MODULES = {
    "forge.confluence_event": "confluence-events",
    "forge.jira_event": "jira-events",
    "forge.schedule": "schedule",
    "forge.lifecycle": "lifecycle",
    "forge.uninstalled": "uninstalled",
}


def _invoked(world: Served, route: Route) -> Shown:
    module = _MODULES.get(route.endpoint, "frame")
    issue = "A-1" if route.endpoint == "forge.panel" else ""
    page = CLOSED if module == "frame" and not issue else ""
    return _bearer(world.forge.token(module, page=page, issue=issue, account=INSIDER))


# Each with the doors that it opens.
RIGHT: dict[str, tuple[Proof, frozenset[str]]] = {
    "API token": (lambda *_: _bearer(TOKEN), frozenset({KEEPER, MACRO})),
    "signed link": (lambda _, route: _link(route.path, CLOSED), frozenset({MACRO})),
    "session": (lambda world, _: world.session(), frozenset({MACRO})),
    "Connect request": (
        lambda world, route: _jwt(_asked_by(world, route)),
        frozenset({MACRO, PAGE, HOST}),
    ),
    "Connect request in the address": (
        lambda world, route: Shown(query=f"jwt={_asked_by(world, route)}"),
        frozenset({MACRO, PAGE, HOST}),
    ),
    "Connect context": (
        lambda world, route: _jwt(_asked_by(world, route, qsh="context-qsh")),
        frozenset({CONTEXT}),
    ),
    "frame": (lambda world, route: world.frame(route.path), frozenset({MACRO, PAGE})),
    # Where there is no frame its token is no proof, and so no second one.
    "Connect request beside a frame": (
        lambda world, route: Shown(
            world.frame(route.path).headers | _jwt(_asked_by(world, route)).headers
        ),
        frozenset({HOST}),
    ),
    "lifecycle": (lambda world, route: _jwt(_told_by(world, route)), frozenset({LIFECYCLE})),
    "Forge invocation": (_invoked, frozenset({FORGE})),
    "signed delivery": (lambda *_: _signed(BODY), frozenset({WEBHOOK})),
    "path token": (lambda _, route: _in_path(route, PATH_TOKEN), frozenset({PATH})),
}


def _rs256(claims: dict[str, Any], *, kid: str | None = "fake-kid", signer: str = "thief") -> str:
    headers = {} if kid is None else {"kid": kid}
    return jwt.encode(claims, private_key(signer), algorithm="RS256", headers=headers)


def _forge_claims(world: Served, route: Route, **changes: Any) -> dict[str, Any]:
    token = _invoked(world, route).headers["Authorization"].removeprefix("Bearer ")
    claims: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
    return claims | changes


def _stranger(world: Served, route: Route, **changes: Any) -> Shown:
    return _jwt(jwt.encode(_claims(world, route, **changes), "s" * 40, algorithm="HS256"))


# None of them opens any door.
WRONG: dict[str, Proof] = {
    "nothing": lambda *_: Shown(),
    "a scheme alone": lambda *_: _bearer(""),
    "no token": lambda *_: _jwt("e30.e30.e30"),
    "letters beyond ASCII": lambda *_: _bearer("\xff\xfe"),
    "dots": lambda *_: _bearer("...."),
    "oversize": lambda *_: _jwt("e" * 40_000),
    "a password": lambda *_: Shown({"Authorization": "Basic YWRtaW46YWRtaW4="}),
    "another API token": lambda *_: _bearer(TOKEN[:-1]),
    "the API token of no scheme": lambda *_: Shown({"Authorization": TOKEN}),
    "an empty signature": lambda *_: Shown(query="sig="),
    "a link to another page": lambda _, route: _link(route.path, OPEN),
    "a link to another macro": lambda *_: _link("/macros/tree-of-others", CLOSED),
    "a cookie nobody has": lambda *_: Shown(cookie="c" * 43),
    "a session of another site": lambda world, _: world.session(SiteId("other.example")),
    "no algorithm": lambda world, route: _jwt(jwt.encode(_claims(world, route), "", "none")),
    "a fake secret": _stranger,
    "a stranger": lambda world, route: _stranger(world, route, iss="nobody-knows-me"),
    "expired": lambda world, route: _jwt(_asked_by(world, route, iat=AT - 900, exp=AT - 600)),
    "not yet": lambda world, route: _jwt(_asked_by(world, route, iat=AT + 600, exp=AT + 900)),
    "for ever": lambda world, route: _jwt(_asked_by(world, route, exp=AT + 10**8)),
    "of another address": lambda world, route: _jwt(
        _asked_by(world, route, qsh=hash_url(route.method, f"{route.path}/x?{_QUERY}"))
    ),
    "of another page": lambda world, route: _jwt(
        _asked_by(world, route, qsh=hash_url(route.method, f"{route.path}?page={OPEN}"))
    ),
    "of another method": lambda world, route: _jwt(
        _asked_by(world, route, qsh=hash_url("PUT", route.address))
    ),
    "twice": lambda world, route: replace(
        _jwt(_asked_by(world, route)), query=f"jwt={_asked_by(world, route)}"
    ),
    "an expired context": lambda world, route: _jwt(
        _asked_by(world, route, qsh="context-qsh", iat=AT - 900, exp=AT - 600)
    ),
    "a key nobody has": lambda world, route: _jwt(_rs256(_claims(world, route))),
    "a thief's key": lambda world, route: _jwt(_rs256(_claims(world, route), kid="key-1")),
    "no key id": lambda world, route: _jwt(_rs256(_claims(world, route), kid=None)),
    "lifecycle for another app": lambda world, route: _jwt(
        _told_by(world, route, aud=["https://evil.example"])
    ),
    "an expired lifecycle": lambda world, route: _jwt(
        _told_by(world, route, iat=AT - 900, exp=AT - 600)
    ),
    "a frame of another page": lambda world, route: world.frame(
        route.path, shows=shown_at(route.path, {"page": OPEN})
    ),
    "a frame of another macro": lambda world, _: world.frame("/macros/other"),
    "a frame that is over": lambda world, route: world.frame(route.path, ends=AT),
    "a frame of an installation that is gone": lambda world, route: world.frame(
        route.path, installation=InstallationKey("gone")
    ),
    "a frame of another site": lambda world, route: world.frame(route.path, site=SITE),
    "a frame of our own making": lambda world, route: Shown(
        {HEADER: world.frame(route.path).headers[HEADER][:-1] + "g"}
    ),
    "an empty frame": lambda *_: Shown({HEADER: ""}),
    "Forge without an algorithm": lambda world, route: _bearer(
        jwt.encode(_forge_claims(world, route), "", "none", headers={"kid": "key-1"})
    ),
    "Forge by a shared secret": lambda world, route: _bearer(
        jwt.encode(_forge_claims(world, route), "s" * 40, "HS256", headers={"kid": "key-1"})
    ),
    "Forge by a thief": lambda world, route: _bearer(
        _rs256(_forge_claims(world, route), kid="key-1")
    ),
    "Forge by a key nobody has": lambda world, route: _bearer(
        _rs256(_forge_claims(world, route), signer="host")
    ),
    "Forge for another app": lambda world, route: _bearer(
        _rs256(
            _forge_claims(world, route, aud="ari:cloud:ecosystem::app/another"),
            kid="key-1",
            signer="host",
        )
    ),
    "Forge, expired": lambda world, route: _bearer(
        _rs256(_forge_claims(world, route, exp=AT - 10), kid="key-1", signer="host")
    ),
    "an unsigned delivery": lambda *_: Shown({"X-Hub-Signature": "sha256="}),
    "a delivery by another": lambda *_: _signed(BODY, b"another-secret"),
    "a delivery with another body": lambda *_: _signed(BODY + b" "),
    "a delivery signed as of old": lambda *_: _signed(BODY, kind="sha1"),
    "another path token": lambda _, route: _in_path(route, PATH_TOKEN[:-1]),
}
