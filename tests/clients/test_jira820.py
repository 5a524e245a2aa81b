"""
The connector reads a Jira 8.20 that nobody here wrote: jira820, from the Python package index.

It knows part of what Jira does. By `cf[10008]` it finds nothing and by `updated` only whole days,
it takes searches by GET alone, and it does not refuse unknown keys; so issues under an epic are
reached here by an author's query, and what changed lately is not asked.
"""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from connector.atlassian.auth import Credentials
from connector.atlassian.doctor_dc import examine_data_center
from connector.atlassian.http import RemoteCall
from connector.atlassian.jira_dc import JiraDataCenter
from connector.atlassian.jira_fields import JiraFields
from connector.atlassian.site import data_center_door
from connector.cli.processes import free_port, on_this_machine
from connector.core.json import JsonObject
from connector.core.okr import EpicLink, IssueId, IssueKey, JqlLink, StatusCategory
from connector.core.policy import Depth
from tests.atlassian.planted import SystemClock
from tests.clients.environments import environment
from tests.fakes.wiki import FakeWiki

pytestmark = pytest.mark.engine
STARTS_WITHIN = 60.0


class Elsewhere:
    """The other Jira, as its own API shows it, and what we ask of it."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.calls: list[RemoteCall] = []
        self.door = data_center_door(
            "jira", address, Credentials("anything"), on_call=self.calls.append
        )
        self.tracker = JiraDataCenter(self.door, SystemClock())

    def asked(self, path: str, **params: str) -> JsonObject:
        answer = on_this_machine().get(self.address + path, params=params, timeout=10)
        answer.raise_for_status()
        found: JsonObject = answer.json()
        return found

    def epics(self) -> list[JsonObject]:
        found: list[JsonObject] = self.asked(
            "/rest/api/2/search", jql="type = Epic", maxResults="500"
        )["issues"]
        return found

    def children(self, epic: str) -> dict[str, str]:
        """By the agile API, which we do not use: the status category of each issue."""
        issues = self.asked(f"/rest/agile/1.0/epic/{epic}/issue", maxResults="500")["issues"]
        return {one["key"]: one["fields"]["status"]["statusCategory"]["key"] for one in issues}


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Elsewhere]:
    python = environment("jira820")
    with started(python, tmp_path_factory.mktemp("jira820")) as address:
        yield Elsewhere(address)


@contextmanager
def started(python: Path, folder: Path) -> Iterator[str]:
    port = free_port()
    settings = {"JIRA820_PORT": str(port), "JIRA820_HOST": "127.0.0.1", "JIRA820_SEED": "7"}
    with (folder / "log.txt").open("w", encoding="utf-8") as log:
        server = subprocess.Popen(
            [str(python), "-m", "jira820"],
            cwd=folder,
            env={**os.environ, **settings},
            stdout=log,
            stderr=log,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _await(server, address)
            yield address
        finally:
            server.terminate()
            server.wait(10)


def _await(server: "subprocess.Popen[bytes]", address: str) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline:
        assert server.poll() is None, "jira820 ended"
        try:
            if on_this_machine().get(f"{address}/rest/api/2/serverInfo", timeout=1).ok:
                return
        except requests.RequestException:
            time.sleep(0.1)
    raise AssertionError(f"jira820 does not answer within {STARTS_WITHIN:g} s")


def test_its_epic_field_is_found(elsewhere: Elsewhere) -> None:
    found = JiraFields(elsewhere.door).epics()

    assert found.links == ("customfield_10008",)
    assert found.subtasks


def test_every_epic_is_read_and_known_for_one(elsewhere: Elsewhere) -> None:
    """By GET after the first refusal of a POST."""
    links = [EpicLink(IssueKey(one["key"])) for one in elsewhere.epics()]
    elsewhere.calls.clear()

    work = elsewhere.tracker.fetch_work(links, depth=Depth.EPIC)

    roots = [one.root for one in work.values() if one is not None and one.root is not None]
    assert len(roots) == len(links) > 3
    assert {one.hierarchy_level for one in roots} == {1}
    assert {one.summary for one in roots} == {one["fields"]["summary"] for one in elsewhere.epics()}
    assert [call.endpoint for call in elsewhere.calls if "search" in call.endpoint] == [
        "dc_issue_search"
    ]
    assert [call.endpoint for call in elsewhere.calls if "list" in call.endpoint] == [
        "dc_issue_list"
    ]


def test_an_epics_issues_are_those_its_own_agile_api_gives(elsewhere: Elsewhere) -> None:
    epic = next(one["key"] for one in elsewhere.epics() if elsewhere.children(one["key"]))
    link = JqlLink(f'"Epic Link" = {epic}')

    work = elsewhere.tracker.fetch_work([link], depth=Depth.CHILDREN)[link]

    assert work is not None
    found = {one.key: one.category.value for one in work.issues}
    assert found == elsewhere.children(epic)
    assert {one.parent for one in work.issues if one.hierarchy_level == 0} == {epic}


def test_a_finished_issue_is_done_at_the_next_reading(elsewhere: Elsewhere) -> None:
    epic, key = next(
        (one["key"], key)
        for one in elsewhere.epics()
        for key, category in elsewhere.children(one["key"]).items()
        if category != "done"
    )
    link = JqlLink(f'"Epic Link" = {epic} AND key = {key}')
    ways = elsewhere.asked(f"/rest/api/2/issue/{key}/transitions")["transitions"]
    way = next(one for one in ways if one["to"]["statusCategory"]["key"] == "done")

    on_this_machine().post(
        f"{elsewhere.address}/rest/api/2/issue/{key}/transitions",
        json={"transition": {"id": way["id"]}},
        timeout=10,
    ).raise_for_status()
    work = elsewhere.tracker.fetch_work([link], depth=Depth.CHILDREN)[link]

    assert work is not None
    (issue,) = work.issues
    assert issue.category is StatusCategory.DONE
    assert issue.resolution
    (identity,) = [one.id for one in work.issues]
    matched = elsewhere.tracker.links_matching(IssueId(identity), issue.key, [link])
    assert set(matched) == {link}


def test_an_unknown_epic_is_none(elsewhere: Elsewhere) -> None:
    known = EpicLink(IssueKey(elsewhere.epics()[0]["key"]))
    gone = EpicLink(IssueKey("GONE-999"))

    work = elsewhere.tracker.fetch_work([known, gone], depth=Depth.CHILDREN)

    assert work[known] is not None
    assert work[gone] is None


def test_a_doctor_knows_its_release_and_that_it_is_no_longer_supported(
    elsewhere: Elsewhere,
) -> None:
    checks = {
        one.name: one
        for one in examine_data_center(
            wiki_door=elsewhere.door,
            jira_door=elsewhere.door,
            wiki=FakeWiki(),
            labels=["okr"],
            base_url="",
            epic_field="",
            now=SystemClock().now(),
        )
    }

    server = checks["jira.server"]
    assert dict(server.facts)["version"] == "8.20.8"
    assert (server.ok, server.warns, server.note) == (True, True, "ended")
    assert dict(checks["jira.epics"].facts) == {"customfield_10008": "Epic Link"}
    assert "Story Points" in dict(checks["jira.story_points"].facts).values()
    assert checks["jira.account"].ok
