"""One thing wrong in what a site answers, anything at any place: the adapters fall over none."""

import copy
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from connector.atlassian.auth import Credentials
from connector.atlassian.confluence_dc import ConfluenceDataCenter
from connector.atlassian.doctor_dc import examine_data_center
from connector.atlassian.endpoints import Operation, Read
from connector.atlassian.http import Door, Limits
from connector.atlassian.jira_dc import JiraDataCenter
from connector.atlassian.jira_fields import EPIC_LINK, EPIC_MARKS, NUMBER
from connector.core.errors import OkrError
from connector.core.json import JsonObject
from connector.core.okr import EpicLink, IssueId, IssueKey, JqlLink, PageId
from connector.core.policy import Depth
from tests.atlassian.planted import SystemClock

PAGE: JsonObject = {
    "id": "1",
    "type": "page",
    "status": "current",
    "title": "Company",
    "space": {"key": "OKR"},
    "version": {"number": 3, "when": "2026-11-23T09:07:00.000+08:00"},
    "body": {"storage": {"value": "<p/>"}},
    "metadata": {"labels": {"results": [{"prefix": "global", "name": "okr"}]}},
    "operations": [{"operation": "update", "targetType": "page"}],
    "_links": {"webui": "/display/OKR/Company", "base": "https://wiki.corp.example"},
}
EPIC: JsonObject = {
    "id": "1",
    "key": "PAY-1",
    "fields": {
        "summary": "Pay",
        "status": {"name": "完成", "statusCategory": {"key": "done"}},
        "resolution": {"name": "Done"},
        "issuetype": {"id": "10000", "name": "Thema", "subtask": False},
        "updated": "2026-11-23T09:07:00.000+0800",
        "customfield_10005": "Pay",
        "subtasks": [],
    },
}
STORY: JsonObject = {
    "id": "2",
    "key": "PAY-2",
    "fields": {
        "issuetype": {"id": "10001", "name": "Story", "subtask": False},
        "parent": {"key": "PAY-9"},
        "customfield_10008": "PAY-1",
        "subtasks": [{"id": "3"}],
    },
}
FIELDS = [
    {"id": "customfield_10008", "name": "Epic Link", "schema": {"custom": EPIC_LINK}},
    {"id": "customfield_10005", "name": "Epic Name", "schema": {"custom": EPIC_MARKS[0]}},
    {"id": "customfield_10004", "name": "Story Points", "schema": {"custom": NUMBER}},
]
ANSWERS: dict[Operation, Any] = {
    Read.DC_CONTENT_SEARCH: {"results": [PAGE], "limit": 1, "_links": {"base": "https://x"}},
    Read.DC_CONTENT: PAGE,
    Read.WIKI_PERSON: {"displayName": "Ana"},
    Read.WIKI_MYSELF: {"type": "known", "displayName": "Bot", "timeZone": "UTC"},
    Read.DC_WIKI_SERVER: {"version": "10.2.18"},
    Read.DC_WIKI_WEBHOOKS: {"results": [{"url": "https://okr.example", "active": True}]},
    Read.DC_ISSUE_SEARCH: {"issues": [EPIC, STORY], "total": 2},
    Read.DC_ISSUE: EPIC,
    Read.DC_FIELDS: FIELDS,
    Read.DC_CONFIGURATION: {"subTasksEnabled": True},
    Read.DC_JIRA_RIGHTS: {"permissions": {"BROWSE_PROJECTS": {"havePermission": True}}},
    Read.DC_JIRA_MYSELF: {"displayName": "Bot"},
    Read.DC_SERVER_INFO: {"version": "11.3.5", "deploymentType": "Server"},
    Read.DC_TOKENS: [{"name": "okr", "expiringAt": "2027-01-01T00:00:00Z"}],
    Read.DC_JIRA_WEBHOOKS: [{"url": "https://okr.example", "enabled": True}],
}
ODD: tuple[Any, ...] = (None, 7, -1, "x", "", True, [], [7], {}, {"x": 7})
GONE = object()


def places(document: Any, before: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value within a document, and to the document itself."""
    yield before
    keys: Any = document.keys() if isinstance(document, dict) else ()
    keys = range(len(document)) if isinstance(document, list) else keys
    for key in keys:
        yield from places(document[key], (*before, key))


def changed(document: Any, place: tuple[Any, ...], value: Any) -> Any:
    if not place:
        return value
    whole = copy.deepcopy(document)
    inner = whole
    for key in place[:-1]:
        inner = inner[key]
    if value is GONE:
        del inner[place[-1]]
    else:
        inner[place[-1]] = value
    return whole


class ScriptedDoor(Door):
    def __init__(self, product: str, answers: Mapping[Operation, Any]) -> None:
        super().__init__(product, "http://127.0.0.1:1", Credentials("t"), limits=Limits(1, 1))
        self.answers = answers

    def _patiently(
        self,
        what: Operation,
        part: str,
        params: Mapping[str, str | int] | None,
        body: JsonObject | None,
    ) -> Any:
        return self.answers[what]


EPICS = [EpicLink(IssueKey("PAY-1")), EpicLink(IssueKey("PAY-2"))]
QUERIES = [JqlLink("project = PAY"), JqlLink("project = YUN")]
NOW = datetime(2026, 11, 23, tzinfo=UTC)


def do_everything(answers: Mapping[Operation, Any]) -> int:
    """How many of the readings came to an end without an error of ours; others are raised."""
    clock = SystemClock()
    doors = ScriptedDoor("confluence", answers), ScriptedDoor("jira", answers)
    wiki, tracker = ConfluenceDataCenter(doors[0], clock), JiraDataCenter(doors[1], clock)
    attempts = (
        lambda: wiki.find_okr_pages(["okr"], None),
        lambda: wiki.read_pages([PageId("1")]),
        lambda: wiki.read_pages([PageId("1"), PageId("2")]),
        lambda: wiki.name_people(["ff80"]),
        lambda: tracker.fetch_work(
            [*EPICS, *QUERIES], depth=Depth.SUBTASKS, reconcile=[IssueId("2")]
        ),
        lambda: tracker.changed_links([*EPICS, *QUERIES], since=NOW),
        lambda: tracker.links_matching(IssueId("2"), IssueKey("PAY-2"), QUERIES),
        lambda: list(
            examine_data_center(
                wiki_door=doors[0],
                jira_door=doors[1],
                wiki=wiki,
                labels=["okr"],
                base_url="https://okr.example",
                epic_field="",
                now=NOW,
            )
        ),
    )
    done = 0
    for attempt in attempts:
        try:
            attempt()
        except OkrError:
            continue
        done += 1
    return done


def test_with_nothing_wrong_everything_is_read() -> None:
    assert do_everything(ANSWERS) == 8


@pytest.mark.parametrize("what", list(ANSWERS), ids=lambda what: what.name)
def test_anything_wrong_at_any_place_is_an_error_of_ours_or_none(what: Read) -> None:
    for place in places(ANSWERS[what]):
        for value in (*ODD, *([GONE] if place else [])):
            do_everything(ANSWERS | {what: changed(ANSWERS[what], place, value)})
