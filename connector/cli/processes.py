"""The processes of the demo: started together, ended together, whatever happens."""

import json
import os
import select
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import requests

from connector.cli.opening import DC, FORGE, OKR_MACRO, TOKEN, opening
from connector.core.errors import Unavailable
from connector.core.json import JsonObject
from connector.storage.keyring import new_key

SECRET = "demo-webhook-secret-of-no-worth"  # noqa: S105 - signs webhooks between two demo processes
STARTS_WITHIN = 30.0
ENDS_WITHIN = 8.0


@dataclass(frozen=True, slots=True)
class Demo:
    """The running demo: where things are, and what a person would do in Jira."""

    connector: str
    api_token: str
    site: JsonObject
    page: str
    issue: str
    epic: str
    page_address: str
    board_address: str
    processes: tuple[subprocess.Popen[str], ...]

    def check(self) -> None:
        """Raises Unavailable when one of the processes has ended."""
        for process in self.processes:
            if process.poll() is not None:
                command = " ".join(process.args[3:5]) if isinstance(process.args, list) else ""
                raise Unavailable(f"`{command}` ended with status {process.returncode}")

    def ask(self, path: str) -> JsonObject:
        """What the connector's API answers."""
        headers = {"Authorization": f"Bearer {self.api_token}"} if self.api_token else {}
        answer = on_this_machine().get(f"{self.connector}{path}", headers=headers, timeout=5)
        answer.raise_for_status()
        found: JsonObject = answer.json()
        return found

    def jira(self, path: str, body: JsonObject | None = None) -> JsonObject:
        """Ask Jira as the demo's user; with a body, tell it.

        Version 2 of its API is the one that Cloud and Data Center share.
        """
        secret = self.site.get("password") or self.site["token"]
        answer = on_this_machine().request(
            "GET" if body is None else "POST",
            f"{self.site['jira']}/rest/api/2{path}",
            json=body,
            auth=(self.site["user"], secret),
            timeout=5,
        )
        answer.raise_for_status()
        found: JsonObject = answer.json() if answer.content else {}
        return found

    def finish_issue(self) -> None:
        """Take the demo's issue to a status that counts as done."""
        self.move_issue(self.issue, "done")

    def move_issue(self, key: str, category: str) -> None:
        """Take an issue to a status of this category (`new`, `indeterminate`, `done`)."""
        path = f"/issue/{key}/transitions"
        ways = self.jira(path)["transitions"]
        way = next(one for one in ways if one["to"]["statusCategory"]["key"] == category)
        self.jira(path, {"transition": {"id": way["id"]}})


def on_this_machine() -> requests.Session:
    """Requests that no proxy of the environment can take away: what they ask is right here."""
    session = requests.Session()
    session.trust_env = False
    return session


@contextmanager
def start_demo(
    *,
    webhooks: bool = True,
    poll_seconds: int = 180,
    flavor: str = "cloud",
    locale: str = "en",
    door: str = TOKEN,
) -> Iterator[Demo]:
    """A sandbox and a connector that know each other, in a folder that is removed at the end.

    Without webhooks the connector finds changes by polling alone. `flavor` and `locale` are the
    sandbox's: `dc` is a Data Center whose Jira may name its fields in Chinese (`zh`). `door` is
    one of `DOORS`: how the connector is let in; apps are told of changes without webhooks of an
    administrator. Raises ConfigError for a door that this copy of the product does not have.
    """
    from sandbox.seed import DEMO, SPACE  # noqa: PLC0415 - the service itself never loads the sandbox

    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="okr-demo-")))
        port = free_port()
        connector = f"http://127.0.0.1:{port}"
        opened = opening(door, connector, new_key())
        flavor = opened.flavor if door != TOKEN else flavor
        arguments = [*opened.sandbox, "--flavor", flavor, "--locale", locale]
        if webhooks and door in (TOKEN, DC):
            arguments += ["--webhook-url", connector, "--webhook-secret", SECRET]
        sandbox, site = stack.enter_context(start_sandbox(folder, *arguments))
        settings = {
            "OKR_DATABASE_URL": f"sqlite:///{folder / 'okr.sqlite'}",
            "OKR_WEBHOOK_SECRET": SECRET,
            "OKR_POLL_SECONDS": str(poll_seconds),
            **opened.settings(site),
        }
        if opened.user_macro:
            _paste(site, opened.user_macro)
        serve = stack.enter_context(_process(folder, settings, "serve", "--port", str(port)))
        if door == FORGE:
            _install(site, connector, str(DEMO.page_id))
        yield Demo(
            connector,
            settings.get("OKR_API_TOKEN", ""),
            site,
            str(DEMO.page_id),
            DEMO.issue_key,
            DEMO.epic_key,
            f"{site['confluence']}/spaces/{SPACE.key}/pages/{DEMO.page_id}",
            f"{site['boards']}/{DEMO.project}",
            (sandbox, serve),
        )


def _install(site: JsonObject, connector: str, page: str) -> None:
    """
    What an administrator does once the service is up, and then an author in the editor: pages
    that hold the macro of another app do not show that of a new one.
    """
    _await_health(connector)
    forge = f"{site['jira']}/_sandbox/forge"
    macro = {"page": int(page), "macro": OKR_MACRO, "config": {}}
    for step, body in (("install", {}), ("insert", macro)):
        on_this_machine().post(f"{forge}/{step}", json=body, timeout=5).raise_for_status()


def _await_health(connector: str) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline:
        try:
            if on_this_machine().get(f"{connector}/healthz", timeout=5).ok:
                return
        except requests.ConnectionError:
            pass
        time.sleep(0.1)
    raise Unavailable("the connector did not start")


def _paste(site: JsonObject, user_macro: str) -> None:
    """What an administrator does once, under User macros."""
    root = site["confluence"].removesuffix("/confluence")
    body = {"name": OKR_MACRO, "template": user_macro}
    on_this_machine().post(f"{root}/_sandbox/user-macros", json=body, timeout=5).raise_for_status()


@contextmanager
def start_sandbox(
    folder: Path, *arguments: str
) -> Iterator[tuple[subprocess.Popen[str], JsonObject]]:
    """The sandbox alone on a free port, and its own description of itself."""
    with _process(folder, {}, "sandbox", "--port", "0", *arguments) as process:
        yield process, _first_line(process)


def free_port() -> int:
    """A port that nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def _process(folder: Path, settings: JsonObject, *command: str) -> Iterator[subprocess.Popen[str]]:
    """One of our commands with its own settings, in its own session so that Ctrl-C is ours."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OKR_")}
    with (folder / f"{command[0]}.log").open("w", encoding="utf-8") as log:
        process = subprocess.Popen(  # noqa: S603 - our own program with our own words
            [sys.executable, "-m", "connector.cli.attached", *command],
            cwd=folder,
            env={**kept, **settings, "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"},
            stdout=subprocess.PIPE,
            stderr=log,
            stdin=subprocess.PIPE,  # ends with us, and the command with it
            text=True,
            start_new_session=True,
        )
        try:
            yield process
        except Unavailable as error:
            tail = (folder / f"{command[0]}.log").read_text(encoding="utf-8").strip()[-1500:]
            error.add_note(tail)
            raise
        finally:
            _end(process)


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(ENDS_WITHIN)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe:
            pipe.close()


def _first_line(process: subprocess.Popen[str]) -> JsonObject:
    """The sandbox's own description, as soon as it serves."""
    out = process.stdout
    assert out is not None
    line = _line_within(out, STARTS_WITHIN)
    if not line:
        raise Unavailable("the sandbox did not start")
    found: JsonObject = json.loads(line)
    return found


def _line_within(out: IO[str], seconds: float) -> str:
    deadline = time.monotonic() + seconds
    while (left := deadline - time.monotonic()) > 0:
        readable, _, _ = select.select([out], [], [], left)
        if readable:
            return out.readline()
    return ""
