"""Trouble on request: the same calls meet the same trouble in every run."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from tests.sandbox.conftest import Caller, json_of

ISSUE = "/rest/api/3/issue/HBR-29"
PAGE = "/wiki/api/v2/pages/131073"


def arm(bot: Caller, *faults: dict[str, Any], seed: int = 0) -> None:
    answer = bot.post("/_sandbox/faults", {"faults": faults, "seed": seed})
    assert answer.status_code == 200, answer.json


def test_a_fault_befalls_the_calls_it_names(bot: Caller) -> None:
    arm(
        bot,
        {"kind": "status", "status": 502, "path": "/rest/api/3/issue", "method": "GET", "times": 2},
    )

    assert bot.get("/rest/api/3/myself").status_code == 200
    assert bot.get(PAGE).status_code == 200
    assert [bot.get(ISSUE).status_code for _ in range(3)] == [502, 502, 200]


def test_a_rate_is_drawn_the_same_way_each_time(bot: Caller) -> None:
    def run(seed: int) -> list[int]:
        arm(bot, {"kind": "status", "product": "jira", "rate": 0.5}, seed=seed)
        return [bot.get(ISSUE).status_code for _ in range(40)]

    first = run(7)
    assert first == run(7)
    assert first != run(8)
    assert 8 < first.count(503) < 32


def test_no_faults_is_the_end_of_them(bot: Caller) -> None:
    arm(bot, {"kind": "status"})
    assert bot.get(ISSUE).status_code == 503
    arm(bot)
    assert bot.get(ISSUE).status_code == 200
    assert json_of(bot.get("/_sandbox/faults"))["faults"] == []


def test_latency_is_waited_for(bot: Caller) -> None:
    arm(bot, {"kind": "latency", "seconds": 0.2})
    started = time.monotonic()

    assert bot.get(ISSUE).status_code == 200

    assert time.monotonic() - started >= 0.2


@pytest.mark.parametrize(
    ("reason", "wait"),
    [
        ("jira-burst-based", "1"),
        ("jira-per-issue-on-write", "1"),
        ("jira-quota-tenant-based", "599"),
        ("jira-cost-based", "1"),
        (None, None),
    ],
)
def test_every_kind_of_429(bot: Caller, reason: str | None, wait: str | None) -> None:
    bot.post("/_sandbox/clock", {"now": "2026-11-23T09:50:01Z", "stopped": True})
    arm(bot, {"kind": "429", "reason": reason})

    answer = bot.get(ISSUE)

    assert answer.status_code == 429
    assert answer.headers.get("RateLimit-Reason") == reason
    assert answer.headers.get("Retry-After") == wait
    assert "X-RateLimit-Reset" in answer.headers


def test_a_429_without_headers_and_one_with_a_wait(bot: Caller) -> None:
    arm(bot, {"kind": "429", "headers": False})
    names = {name.casefold() for name, _ in bot.get(ISSUE).headers}
    assert not {name for name in names if "ratelimit" in name or name == "retry-after"}

    arm(bot, {"kind": "status", "status": 503, "retry_after": 7})
    assert bot.get(ISSUE).headers["Retry-After"] == "7"

    bot.post("/_sandbox/clock", {"now": "2026-11-23T09:50:01Z", "stopped": True})
    arm(bot, {"kind": "429", "reason": "jira-burst-based", "retry_after": 180})
    assert bot.get(ISSUE).headers["X-RateLimit-Reset"] == "2026-11-23T09:53Z"


def test_a_conflict_storm_takes_writes_only(bot: Caller) -> None:
    arm(bot, {"kind": "conflict", "product": "confluence", "times": 2})
    body = {
        "id": "131073",
        "status": "current",
        "title": "T",
        "body": {"representation": "storage", "value": "<p/>"},
        "version": {"number": 2},
    }

    assert bot.get(PAGE).status_code == 200
    refused = bot.put(PAGE, body)
    assert refused.status_code == 409
    assert json_of(refused)["errors"][0]["title"] == (
        "Version must be incremented when updating a page. "
        "Current Version: [2]. Provided version: [2]"
    )
    assert [bot.put(PAGE, body).status_code for _ in range(2)] == [409, 200]


def test_a_body_ends_in_the_middle(bot: Caller) -> None:
    arm(bot, {"kind": "truncated", "times": 1})

    cut, whole = bot.get(ISSUE), bot.get(ISSUE)

    assert len(cut.data) == len(whole.data) // 2
    assert cut.headers["Content-Length"] == whole.headers["Content-Length"]


def test_a_reset_comes_before_or_after_the_work(bot: Caller) -> None:
    arm(bot, {"kind": "reset", "times": 1}, {"kind": "reset", "after": True, "method": "PUT"})

    with pytest.raises(ConnectionResetError):
        bot.put(ISSUE, {"fields": {"summary": "First"}})
    assert json_of(bot.get(ISSUE))["fields"]["summary"] != "First"
    with pytest.raises(ConnectionResetError):
        bot.put(ISSUE, {"fields": {"summary": "Second"}})
    assert json_of(bot.get(ISSUE))["fields"]["summary"] == "Second"


@pytest.fixture
def served() -> Iterator[Any]:
    """A real server that was told on its command line what is to go wrong."""
    faults = [
        {"kind": "reset", "path": "/rest/api/3/myself"},
        {"kind": "truncated", "path": "/rest/api/3/field"},
    ]
    command = [sys.executable, "-m", "sandbox.server", "--port", "0", "--seed", "empty"]
    command += ["--faults", json.dumps({"faults": faults}), "--limits", '{"points": 65000}']
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield json.loads(process.stdout.readline())
        process.terminate()


@pytest.mark.engine
def test_a_client_sees_broken_connections(served: Any) -> None:
    with requests.Session() as session:
        session.trust_env = False
        session.auth = (served["user"], served["token"])
        for path in ("myself", "field"):
            with pytest.raises(
                (requests.ConnectionError, requests.exceptions.ChunkedEncodingError)
            ):
                session.get(f"{served['jira']}/rest/api/3/{path}", timeout=10)
        answer = session.get(f"{served['jira']}/rest/api/3/serverInfo", timeout=10)
    assert answer.headers["X-RateLimit-Limit"] == "65000"


@pytest.mark.engine
@pytest.mark.parametrize(
    "options",
    [
        ["--faults={"],
        ["--faults=[]"],
        ['--limits={"points": "many"}'],
        ["--flavor=dc", '--limits={"points": 65000}'],
    ],
    ids=" ".join,
)
def test_an_option_that_is_not_understood_is_refused(options: list[str]) -> None:
    command = [sys.executable, "-m", "sandbox.server", *options]

    ended = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)

    assert ended.returncode == 2
    assert "Traceback" not in ended.stderr
