"""The same macro from two apps of Connect: our service as it is run, and the framework's own."""

import json
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import jwt
import requests

from connector.atlassian.qsh import qsh
from connector.catalogue import words
from connector.cli.opening import CONNECT, opening
from connector.cli.processes import free_port
from connector.core.okr import PageId, SiteId
from connector.core.policy import Policy
from connector.serving import THREADS
from connector.storage.engines import open_database
from connector.storage.keyring import new_key
from connector.storage.okrs import SqlOkrStore
from connector.usecases.render_macro import MacroParams, show_objectives
from macros.moment import age_patterns
from macros.objective.view import ObjectivesView
from macros.svg import icon
from sandbox.apps import told
from sandbox.connect.tenancy import Tenancy
from sandbox.directory import ADMIN, AMARA, JONAS, PRIYA, TOM
from sandbox.site import Site
from tests.bench._load import Asked, Server, running
from tests.clients.environments import HERE
from tests.clients.node import node, packages

PEER = "atlassian-connect-express"
VIEWERS = (ADMIN, TOM, AMARA, JONAS, PRIYA)
FRAMES = 4
LIFE = 15 * 60
STARTS_WITHIN = 60.0
_TONES = ("on_track", "done", "at_risk", "off_track", "paused", "stale", "no_data", "too_early")
_ICONS = (*_TONES, "hand", "info", "chevron")


@dataclass(frozen=True, slots=True)
class Macro:
    """A macro of one page, framed for one person; `number` tells frames apart."""

    page: PageId
    account: str
    number: int

    def asked(self, client_key: str, secret: str, tag: str = "") -> Asked:
        """As the host asks for it, signed now."""
        query = urlencode(
            {
                "page": self.page,
                "objective": "",
                "locale": "en-US",
                "theme": "",
                "xdm_e": "https://harbour.atlassian.net",
                "xdm_c": f"channel-okr-connector__okr-objective{self.number}",
                "cp": "/wiki",
                "lic": "active",
                "cv": "1000.0.0",
            }
        )
        now = int(time.time())
        claims = {
            "sub": self.account,
            "qsh": qsh("GET", "/macros/objective", query),
            "iss": client_key,
            "context": {"confluence": {"content": {"id": self.page}}},
            "exp": now + LIFE,
            "iat": now,
        }
        return Asked(f"/macros/objective?{query}&jwt={jwt.encode(claims, secret, 'HS256')}", tag)


@dataclass(frozen=True, slots=True)
class Ours:
    server: Server
    tenancy: Tenancy
    store: SqlOkrStore
    site: SiteId

    def macros(self) -> list[Macro]:
        """Every page with objectives, for all who may read it."""
        pages = [one.page for one in self.store.pages(self.site) if one.shown]
        found = [Macro(page, one.account_id, 1) for page in pages for one in VIEWERS]
        seen = [
            one
            for one in found
            if answer(self.server, one.asked(self.tenancy.client_key, self.tenancy.secret)).ok
        ]
        return [Macro(one.page, one.account, n) for n in range(FRAMES) for one in seen]

    def view(self, page: PageId, jira_url: str) -> ObjectivesView:
        """What our service draws for somebody who is not its keeper."""
        return show_objectives(
            MacroParams(page, None, "en", "auto"),
            site=self.site,
            store=self.store,
            clock=_Clock(),
            policy=Policy(),
            words=words("en"),
            jira_url=jira_url,
            lists_issues=False,
        )


class _Clock:
    def now(self) -> datetime:
        return datetime.now(UTC)


def answer(server: Server, asked: Asked) -> requests.Response:
    headers = {"If-None-Match": asked.tag} if asked.tag else {}
    return requests.get(server.address + asked.path, headers=headers, timeout=20)


@contextmanager
def our_service(folder: Path, site: Site) -> Iterator[Ours]:
    """`okr-connector serve` with an empty database, installed by the site and in step with it."""
    address = f"http://127.0.0.1:{free_port()}"
    told_of = {"jira": site.base, **told(site)}
    # five people ask for thousands
    (folder / "okr-connector.toml").write_text(
        "[policy]\nrequests_per_minute = 1000000\n", encoding="utf-8"
    )
    settings = opening(CONNECT, address, new_key()).settings(told_of)
    url = f"sqlite:///{folder / 'okr.sqlite'}"
    command = [sys.executable, "-m", "connector.cli.attached", "serve"]
    with running(
        [*command, "--port", address.rpartition(":")[2]], folder, OKR_DATABASE_URL=url, **settings
    ) as process:
        _until(lambda: requests.get(f"{address}/healthz", timeout=5).ok)
        tenancy = site.connect.install(f"{address}/atlassian-connect.json", "confluence")
        site.connect.install(f"{address}/atlassian-connect-jira.json", "jira")
        store = SqlOkrStore(open_database(url))
        name = SiteId(site.base.partition("://")[2])
        _until(lambda: store.last_sweep(name) is not None)
        yield Ours(Server(process, address), tenancy, store, name)


@contextmanager
def their_app(folder: Path, facts: dict[str, Any]) -> Iterator[Server]:
    """An app of npm `atlassian-connect-express`, which is installed by its lock."""
    descriptor = folder / "atlassian-connect.json"
    descriptor.write_text(
        json.dumps({"key": "peer", "name": "Peer", "baseUrl": "http://127.0.0.1", "modules": {}}),
        encoding="utf-8",
    )
    listed = folder / "facts.json"
    listed.write_text(json.dumps(facts | {"descriptor": f"{descriptor}"}), encoding="utf-8")
    modules = {"NODE_PATH": f"{packages(PEER)}", "NODE_ENV": "production"}
    with running([node(), HERE / PEER / "server.js", listed], folder, **modules) as process:
        assert process.stdout is not None
        port = int(process.stdout.readline())
        yield Server(process, f"http://127.0.0.1:{port}")


@contextmanager
def bare_flask() -> Iterator[Server]:
    """One route that says two letters, served as our service is."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", f"{port}"]
    options = ["--workers", "1", "--blocking-threads", f"{THREADS}", "--no-ws", "--no-access-log"]
    served = ["--factory", "tests.bench._bare:create"]
    with running([*command, *options, *served], HERE.parents[1]) as process:
        server = Server(process, f"http://127.0.0.1:{port}")
        _until(lambda: answer(server, Asked("/bare")).ok)
        yield server


def facts_for_them(ours: Ours, pages: Sequence[PageId], secret: str) -> dict[str, Any]:
    """Everything that the other app knows: the tenant, and per page what we would show."""
    site = ours.tenancy.base_url.removesuffix("/wiki")
    shown = {page: asdict(ours.view(page, site)) for page in pages}
    say = words("en").say
    some = Macro(pages[0], ADMIN.account_id, 1)
    drawn = answer(ours.server, some.asked(ours.tenancy.client_key, ours.tenancy.secret))
    kept = ("Content-Security-Policy", "Permissions-Policy", "Referrer-Policy", "Cache-Control")
    return {
        "tenant": {
            "key": "peer",
            "clientKey": ours.tenancy.client_key,
            "sharedSecret": secret,
            "baseUrl": ours.tenancy.base_url,
            "productType": "confluence",
        },
        "baseUrl": "http://127.0.0.1",
        "assets": "../assets/0123456789abcdef",
        "headers": {
            name: drawn.headers[name]
            for name in (*kept, "X-Content-Type-Options", "Cross-Origin-Resource-Policy")
        },
        "icons": {name: f"{icon(name)}" for name in _ICONS},
        "views": {
            page: {"view": _plain(view), "revision": ours.store.revision(ours.site, page)}
            for page, view in shown.items()
        },
        "words": {
            "ages": json.dumps(age_patterns(words("en"))),
            "changed": say("macro.objective.changed", title="{title}", percent="{percent}"),
            "offline": say("macro.objective.offline"),
            "key_results": say("macro.objective.key_results"),
            "owner": say("macro.objective.owner"),
            "why": say("macro.objective.why.summary"),
            "jira": say("macro.objective.chip.jira"),
            "to_findings": say("macro.objective.notice.to_findings"),
        },
    }


def _plain(value: Any) -> Any:
    """Fractions as numbers, since JSON has no others."""
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return float(value) if isinstance(value, Fraction) else value


def _until(ready: Any) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline:
        try:
            if ready():
                return
        except (requests.RequestException, OSError):
            pass
        time.sleep(0.1)
    raise AssertionError(f"not ready within {STARTS_WITHIN:g} s")
