"""What a running service leaves at pages: by the Connect app what changed, by a token nothing."""

import time
from typing import Any

import pytest

from connector.cli.opening import CONNECT, TOKEN
from connector.cli.processes import Demo, on_this_machine, start_demo
from tests.e2e.waiting import ready

pytestmark = pytest.mark.engine


def properties(demo: Demo) -> dict[str, Any]:
    """Every property of the demo's page, as a user of the site sees it."""
    path = f"{demo.site['confluence']}/api/v2/pages/{demo.page}/properties"
    auth = (demo.site["user"], demo.site["token"])
    found = on_this_machine().get(path, auth=auth, timeout=5).json()["results"]
    return {one["key"]: one for one in found}


def search(demo: Demo, cql: str) -> list[str]:
    answer = on_this_machine().get(
        f"{demo.site['confluence']}/rest/api/search",
        params={"cql": cql},
        auth=(demo.site["user"], demo.site["token"]),
        timeout=5,
    )
    return [one["content"]["id"] for one in answer.json()["results"]]


def writes(demo: Demo) -> dict[str, int]:
    """Calls that changed something in the wiki, by operation."""
    calls = on_this_machine().get(f"{demo.site['jira']}/_sandbox/meters", timeout=5).json()["calls"]
    return {
        name: count
        for name, count in calls.items()
        if "/wiki/" in name and not name.startswith(("GET", "POST /wiki/api/v2/users-bulk"))
    }


def appeared(demo: Demo, key: str, within: float = 20) -> Any:
    deadline = time.monotonic() + within
    while key not in (found := properties(demo)):
        assert time.monotonic() < deadline, found
        time.sleep(0.2)
    return found[key]


def settled(demo: Demo, within: float = 50) -> dict[str, int]:
    """The writes, once there are no more of them for longer than the service takes to look."""
    deadline = time.monotonic() + within
    found: dict[str, int] = {}
    while (now := writes(demo)) != found:
        assert time.monotonic() < deadline, "it does not come to an end"
        found = now
        time.sleep(8)
    return found


def test_the_connect_app_writes_both_properties_once_and_search_finds_the_page() -> None:
    with start_demo(door=CONNECT) as demo:
        ready(demo)
        found, badge = appeared(demo, "okrconnector"), appeared(demo, "okr-connector-byline")
        assert found["value"]["page"] == demo.page
        assert badge["value"]["name"]["value"].startswith("OKR ")
        assert demo.page in search(demo, "okrobjectives >= 1")

        done = settled(demo)
        assert [name for name in done if "properties" not in name] == []
        assert sum(done.values()) == 2 * len(search(demo, "okrobjectives >= 0"))


def test_a_token_writes_nothing_unless_somebody_agreed() -> None:
    with start_demo(door=TOKEN) as demo:
        ready(demo)
        time.sleep(7)

        assert writes(demo) == {}
        assert not {"okrconnector", "okr-connector-byline"} & set(properties(demo))
