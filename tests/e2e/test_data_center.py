"""A Data Center company from the first sync to the number that moves, with real processes."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from connector.cli.processes import free_port, on_this_machine
from connector.core.json import JsonObject
from sandbox.seed import DEMO

pytestmark = pytest.mark.engine
SECRET = "whsec-of-a-data-center-in-a-test"
WITHIN = 20.0


@contextmanager
def process(folder: Path, settings: dict[str, str], *words: str) -> Iterator[subprocess.Popen[str]]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OKR_")}
    with (folder / "log.txt").open("a", encoding="utf-8") as log:
        started = subprocess.Popen(
            [sys.executable, "-m", *words],
            cwd=folder,
            env={**kept, **settings, "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"},
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        try:
            yield started
        finally:
            started.terminate()
            started.wait(10)
            assert started.stdout is not None
            started.stdout.close()


@dataclass(frozen=True)
class Company:
    """Where everything is, and what a person does in Jira with a token of Data Center."""

    folder: Path
    site: JsonObject
    connector: str
    settings: dict[str, str]

    def jira(self, path: str, body: JsonObject | None = None) -> JsonObject:
        answer = on_this_machine().request(
            "GET" if body is None else "POST",
            self.site["jira"] + path,
            json=body,
            headers={"Authorization": f"Bearer {self.site['jira_token']}"},
            timeout=5,
        )
        answer.raise_for_status()
        found: JsonObject = answer.json() if answer.content else {}
        return found

    def finish(self, key: str) -> None:
        path = f"/rest/api/2/issue/{key}/transitions"
        ways = self.jira(path)["transitions"]
        way = next(one for one in ways if one["to"]["statusCategory"]["key"] == "done")
        self.jira(path, {"transition": {"id": way["id"]}})

    def command(self, *words: str) -> "subprocess.CompletedProcess[str]":
        kept = {name: value for name, value in os.environ.items() if not name.startswith("OKR_")}
        return subprocess.run(
            [sys.executable, "-m", "connector.cli", *words],
            cwd=self.folder,
            env={**kept, **self.settings, "NO_PROXY": "127.0.0.1"},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def asked(self, path: str) -> JsonObject:
        found: JsonObject = on_this_machine().get(f"{self.connector}{path}", timeout=5).json()
        return found


@pytest.fixture(scope="module", params=["en", "zh"])
def company(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Company]:
    """The site's names are in English or Chinese; the numbers may not depend on it."""
    locale: str = request.param
    folder = tmp_path_factory.mktemp(f"dc-{locale}")
    port = free_port()
    connector = f"http://127.0.0.1:{port}"
    words = ("--port", "0", "--flavor", "dc", "--locale", locale, "--webhook-secret", SECRET)
    with process(folder, {}, "sandbox.server", *words, "--webhook-url", connector) as sandbox:
        assert sandbox.stdout is not None
        site: JsonObject = json.loads(sandbox.stdout.readline())
        settings = {
            "OKR_DATABASE_URL": f"sqlite:///{folder / 'okr.sqlite'}",
            "OKR_CONFLUENCE_URL": site["confluence"],
            "OKR_JIRA_URL": site["jira"],
            "OKR_TOKEN": site["token"],
            "OKR_JIRA_TOKEN": site["jira_token"],
            "OKR_WEBHOOK_SECRET": SECRET,
            "OKR_BASE_URL": connector,
        }
        yield Company(folder, site, connector, settings)


@pytest.fixture(scope="module")
def synced(company: Company) -> Company:
    done = company.command("sync", "--format", "json")
    assert done.returncode in (0, 1), done.stderr
    assert json.loads(done.stdout)["measured"] > 30, done.stderr
    return company


def test_the_deployment_is_known_without_being_named(company: Company) -> None:
    """No user, and no address of Atlassian's: a personal access token."""
    done = company.command("doctor", "--format", "json")

    checks = {one["name"]: one for one in json.loads(done.stdout)["checks"]}
    assert done.returncode == 0, done.stdout
    assert checks["settings.read"]["facts"]["deployment"] == "datacenter"
    assert checks["jira.server"]["facts"]["deployment"] == "Data Center"
    assert checks["service.reachable"]["warns"]
    assert "okr-connector serve" in checks["service.reachable"]["advice"]


def test_people_who_are_mentioned_by_key_have_names(synced: Company) -> None:
    exported = json.loads(synced.command("export", "--format", "json").stdout)

    owners = [one for objective in exported["objectives"] for one in objective["owners"]]
    mentioned = {one["account_id"]: one["name"] for one in owners if one.get("account_id")}
    assert len(mentioned) > 3
    assert all(mentioned.values())


def test_a_finished_issue_moves_its_number_by_webhook(synced: Company) -> None:
    """Jira signs its delivery; well before the next poll the number is another."""
    settings = {**synced.settings, "OKR_POLL_SECONDS": "3600"}
    port = synced.connector.rpartition(":")[2]
    with process(synced.folder, settings, "connector.cli", "serve", "--port", port):
        before = eventually(lambda: delivery(synced))
        synced.finish(DEMO.issue_key)
        after = eventually(lambda: moved(delivery(synced), before["done"]))

        assert after["done"] == before["done"] + 1
        assert after["total"] == before["total"]
        metrics = on_this_machine().get(f"{synced.connector}/metrics", timeout=5).text
        assert 'outcome="queued"' in metrics
        done = synced.command("doctor", "--format", "json")
        checks = {one["name"]: one for one in json.loads(done.stdout)["checks"]}
        assert not checks["service.reachable"]["warns"]
        assert checks["service.events"]["facts"]["last_issue_event"]


def test_a_saved_page_is_read_again_by_webhook(synced: Company) -> None:
    """Confluence says only which page; what it says now is read."""
    settings = {**synced.settings, "OKR_POLL_SECONDS": "3600"}
    port = synced.connector.rpartition(":")[2]
    with process(synced.folder, settings, "connector.cli", "serve", "--port", port):
        title = eventually(lambda: first_objective(synced))["title"]
        save_with(synced, title, "Renamed by its author")

        def renamed() -> JsonObject | None:
            found = first_objective(synced)
            return found if found and found["title"] == "Renamed by its author" else None

        assert eventually(renamed)


def first_objective(company: Company) -> JsonObject | None:
    objectives: list[JsonObject] = company.asked(f"/api/v1/objectives?page={DEMO.page_id}")[
        "objectives"
    ]
    return objectives[0] if objectives else None


def save_with(company: Company, before: str, after: str) -> None:
    """As the editor saves a page: the whole body, and the next version's number."""
    session = on_this_machine()
    session.headers["Authorization"] = f"Bearer {company.site['token']}"
    address = f"{company.site['confluence']}/rest/api/content/{DEMO.page_id}"
    page = session.get(address, params={"expand": "body.storage,version"}, timeout=5).json()
    body = page["body"]["storage"]["value"]
    assert before in body
    answer = session.put(
        address,
        json={
            "type": "page",
            "title": page["title"],
            "version": {"number": page["version"]["number"] + 1},
            "body": {
                "storage": {"representation": "storage", "value": body.replace(before, after)}
            },
        },
        timeout=5,
    )
    assert answer.ok, answer.text


def delivery(company: Company) -> JsonObject | None:
    """Of the key result that the demo's issue feeds."""
    objectives = company.asked(f"/api/v1/objectives?page={DEMO.page_id}")["objectives"]
    for one in (kr for objective in objectives for kr in objective["key_results"]):
        why = company.asked(f"/api/v1/key-results/{one['key']}")["why"]
        if DEMO.issue_key in {issue["key"] for issue in why["issues"]}:
            found: JsonObject = one["delivery"]
            return found
    return None


def moved(now: JsonObject | None, done: int) -> JsonObject | None:
    return now if now is not None and now["done"] > done else None


def eventually(look: Callable[[], JsonObject | None]) -> JsonObject:
    deadline = time.monotonic() + WITHIN
    while time.monotonic() < deadline:
        try:
            found = look()
        except requests.RequestException:
            found = None
        if found is not None:
            return found
        time.sleep(0.1)
    raise AssertionError(f"not within {WITHIN:g} s")
