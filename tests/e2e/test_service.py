"""The service as its site sees it: bursts, deaths, and a second one in its place."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from connector.cli.processes import SECRET, Demo, start_demo
from sandbox.hooks.delivery import signature
from tests.e2e.waiting import ready

pytestmark = pytest.mark.engine
BURST = 200


@pytest.fixture(scope="module")
def demo() -> Iterator[Demo]:
    with start_demo() as running:
        ready(running)
        yield running


def key_results(demo: Demo) -> dict[str, dict[str, int]]:
    """What is counted for every key result of the demo's page."""
    found = requests.get(
        f"{demo.connector}/api/v1/objectives", params={"page": demo.page}, timeout=5
    ).json()["objectives"]
    return {
        one["key"]: one["delivery"]
        for each in found
        for one in each["key_results"]
        if one["delivery"]
    }


def open_issue(demo: Demo, key: str) -> str:
    why = requests.get(f"{demo.connector}/api/v1/key-results/{key}", timeout=5).json()["why"]
    return next(str(one["key"]) for one in why["issues"] if one["counted_as"] == "open")


def test_a_burst_about_one_issue_does_not_hold_up_another(demo: Demo) -> None:
    """Every event is accepted, few of them cost a call, and other news come through at once."""
    before = key_results(demo)
    noisy, other = [key for key, one in before.items() if one["done"] + 1 < one["total"]][:2]
    issue = demo.jira(f"/issue/{open_issue(demo, noisy)}")
    quiet = open_issue(demo, other)

    def send(number: int) -> int:
        body = json.dumps(
            {"timestamp": number, "webhookEvent": "jira:issue_updated", "issue": issue}
        ).encode()
        answer = requests.post(
            f"{demo.connector}/webhooks/jira",
            data=body,
            headers={"X-Hub-Signature": signature(SECRET, body)},
            timeout=10,
        )
        return answer.status_code

    meters = f"{demo.site['jira']}/_sandbox/meters"
    requests.post(f"{demo.site['jira']}/_sandbox/reset", timeout=5).raise_for_status()
    with ThreadPoolExecutor(8) as senders:
        assert set(senders.map(send, range(BURST))) == {202}
    demo.move_issue(quiet, "done")

    deadline = time.monotonic() + 8
    while key_results(demo)[other]["done"] == before[other]["done"]:
        assert time.monotonic() < deadline, "the burst holds up other news"
        time.sleep(0.05)
    calls = requests.get(meters, timeout=5).json()["calls"]
    assert sum(n for name, n in calls.items() if "search/jql" in name) < BURST / 10


def test_nobody_else_serves_on_the_same_port(demo: Demo, tmp_path: Path) -> None:
    port = str(urlsplit(demo.connector).port)
    settings = {
        "OKR_CONFLUENCE_URL": demo.site["confluence"],
        "OKR_JIRA_URL": demo.site["jira"],
        "OKR_TOKEN": demo.site["token"],
    }

    ended = subprocess.run(
        [sys.executable, "-m", "connector.cli", "serve", "--port", port],
        cwd=tmp_path,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )

    assert ended.returncode == 2
    assert port in ended.stderr
    assert "--port" in ended.stderr
    assert len(ended.stderr.splitlines()) == 1


def test_a_killed_server_takes_its_worker_along() -> None:
    """Or the port and the database would stay taken by a process that nobody watches over."""
    with start_demo() as demo:
        ready(demo)
        demo.processes[1].kill()

        deadline = time.monotonic() + 8
        while _answers(demo):
            assert time.monotonic() < deadline, "the worker serves on"
            time.sleep(0.1)


def _answers(demo: Demo) -> bool:
    try:
        return requests.get(f"{demo.connector}/healthz", timeout=1).ok
    except requests.RequestException:
        return False
