"""Changelogs, links to issues and to other sites, properties."""

from typing import Any

import pytest

from sandbox.directory import LI_NA
from tests.sandbox.conftest import Caller, json_of

API = "/rest/api/3"
ISSUE = f"{API}/issue/HBR-24"
REMOTE = f"{ISSUE}/remotelink"


def remote(title: str = "Page", **more: Any) -> dict[str, Any]:
    return {"object": {"title": title, "url": "https://wiki.example/1"}} | more


def test_a_changelog_lists_the_oldest_change_first_and_by_pages(bot: Caller) -> None:
    whole = json_of(bot.get(f"{API}/issue/HBR-22/changelog"))
    second = json_of(bot.get(f"{API}/issue/HBR-22/changelog", startAt=1, maxResults=1))

    assert [change["items"][-1]["toString"] for change in whole["values"]] == [
        "In Progress",
        "Done",
    ]
    assert (whole["total"], whole["isLast"]) == (2, True)
    assert second["values"] == whole["values"][1:]
    ids = [int(whole["values"][0]["id"])]
    listed = bot.post(f"{API}/issue/HBR-22/changelog/list", {"changelogIds": ids})
    assert json_of(listed)["histories"] == whole["values"][:1]


def test_changelogs_of_many_issues(bot: Caller) -> None:
    path = f"{API}/changelog/bulkfetch"
    body: dict[str, Any] = {"issueIdsOrKeys": ["HBR-24", "10022", "HBR-999"]}
    whole = json_of(bot.post(path, body))

    assert [log["issueId"] for log in whole["issueChangeLogs"]] == ["10022", "10024"]
    assert "nextPageToken" not in whole
    first = json_of(bot.post(path, body | {"maxResults": 2}))
    rest = json_of(bot.post(path, body | {"nextPageToken": first["nextPageToken"]}))
    assert [log["issueId"] for log in first["issueChangeLogs"]] == ["10022"]
    assert [log["issueId"] for log in rest["issueChangeLogs"]] == ["10024"]
    only = json_of(bot.post(path, body | {"fieldIds": ["resolution"]}))
    (log,) = only["issueChangeLogs"]
    assert [item["field"] for item in log["changeHistories"][0]["items"]] == ["resolution"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"issueIdsOrKeys": []},
        {"issueIdsOrKeys": ["HBR-1"] * 1001},
        {"issueIdsOrKeys": ["HBR-1"], "fieldIds": [str(n) for n in range(11)]},
        {"issueIdsOrKeys": ["HBR-1"], "maxResults": 0},
        {"issueIdsOrKeys": ["HBR-1"], "nextPageToken": "x"},
    ],
)
def test_a_bulk_fetch_of_changes_has_limits(bot: Caller, body: dict[str, Any]) -> None:
    assert bot.post(f"{API}/changelog/bulkfetch", body).status_code == 400


def test_a_global_id_is_one_link(bot: Caller) -> None:
    first = bot.post(REMOTE, remote("Old", globalId="okr-1", relationship="from"))
    second = bot.post(REMOTE, remote("New", globalId="okr-1"))
    bot.post(REMOTE, remote("Other"))

    assert (first.status_code, second.status_code) == (201, 200)
    assert json_of(first)["id"] == json_of(second)["id"]
    link = json_of(bot.get(REMOTE, globalId="okr-1"))
    assert link["object"]["title"] == "New"
    assert "relationship" not in link
    assert [found["object"]["title"] for found in json_of(bot.get(REMOTE))] == ["New", "Other"]
    assert bot.found("issue in issuesWithRemoteLinksByGlobalId('okr-1')") == {"HBR-24"}
    assert bot.delete(f"{REMOTE}?globalId=okr-1").status_code == 204
    assert bot.get(REMOTE, globalId="okr-1").status_code == 404
    assert bot.delete(f"{REMOTE}?globalId=okr-1").status_code == 404


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ({}, "title"),
        ({"object": {"title": "T"}}, "url"),
        (remote(globalId=5), "globalId"),
        (remote(globalId="x" * 256), "globalId"),
        (remote(relationship=[]), "relationship"),
        (remote(application="wiki"), "application"),
    ],
)
def test_a_wrong_remote_link_is_named(bot: Caller, body: dict[str, Any], wrong: str) -> None:
    answer = bot.post(REMOTE, body)

    assert answer.status_code == 400
    assert list(json_of(answer)["errors"]) == [wrong]


def test_two_links_cannot_share_a_global_id(bot: Caller) -> None:
    bot.post(REMOTE, remote(globalId="a"))
    other = json_of(bot.post(REMOTE, remote(globalId="b")))["id"]

    assert bot.put(f"{REMOTE}/{other}", remote(globalId="a")).status_code == 400
    assert bot.put(f"{REMOTE}/{other}", remote("New", globalId="c")).status_code == 204
    assert json_of(bot.get(f"{REMOTE}/{other}"))["globalId"] == "c"


def test_issues_block_one_another(bot: Caller) -> None:
    ends = {"inwardIssue": {"key": "HBR-24"}, "outwardIssue": {"key": "HBR-27"}}
    body = ends | {"type": {"name": "Blocks"}}
    assert bot.post(f"{API}/issueLink", body).status_code == 201
    assert bot.post(f"{API}/issueLink", body).status_code == 201

    (blocking,) = json_of(bot.get(ISSUE))["fields"]["issuelinks"]
    (blocked,) = json_of(bot.get(f"{API}/issue/HBR-27"))["fields"]["issuelinks"]
    assert blocking["outwardIssue"]["key"] == "HBR-27"
    assert blocked["inwardIssue"]["key"] == "HBR-24"
    assert bot.found("issue in linkedIssues(HBR-24)") == {"HBR-27"}
    assert bot.found("issue in linkedIssues(HBR-27, 'is blocked by')") == {"HBR-24"}
    assert bot.found("issue in linkedIssues(HBR-27, blocks)") == set()
    bot.delete(f"{API}/issue/HBR-27")
    assert json_of(bot.get(ISSUE))["fields"]["issuelinks"] == []


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"type": {"name": "Marries"}}, 404),
        ({"outwardIssue": {"key": "HBR-999"}}, 404),
        ({"outwardIssue": {"key": "HBR-24"}}, 400),
    ],
)
def test_a_link_needs_a_type_and_two_ends(bot: Caller, change: dict[str, Any], status: int) -> None:
    ends = {"inwardIssue": {"key": "HBR-24"}, "outwardIssue": {"key": "HBR-27"}}

    answer = bot.post(f"{API}/issueLink", ends | {"type": {"name": "Blocks"}} | change)

    assert answer.status_code == status


def test_a_property_is_kept_replaced_and_deleted(bot: Caller) -> None:
    path = f"{ISSUE}/properties/okr.link"

    assert bot.put(path, {"kr": "1"}).status_code == 201
    assert bot.put(path, 0).status_code == 200
    assert json_of(bot.get(path)) == {"key": "okr.link", "value": 0}
    (key,) = json_of(bot.get(f"{ISSUE}/properties"))["keys"]
    assert key["key"] == "okr.link"
    assert bot.delete(path).status_code == 204
    assert bot.get(path).status_code == bot.delete(path).status_code == 404


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ('"' + "x" * 32766 + '"', 201),
        ('"' + "x" * 32767 + '"', 400),
        ('"' + "好" * 32766 + '"', 201),
        ("", 400),
        ("{", 400),
        ("NaN", 400),
        ("[" * 30000, 400),
    ],
    ids=["longest", "too long", "signs count, not bytes", "empty", "broken", "no JSON", "deep"],
)
def test_a_property_has_a_size(bot: Caller, body: str, status: int) -> None:
    path = f"{ISSUE}/properties/okr"

    answer = bot.call("PUT", path, data=body.encode(), content_type="application/json")

    assert answer.status_code == status


def test_strangers_change_nothing(nobody: Caller, tom: Caller, bot: Caller) -> None:
    (hidden,) = bot.found("parent = HBR-9") - tom.found("parent = HBR-9")

    for path in ("changelog", "remotelink", "properties", "editmeta"):
        assert nobody.get(f"{ISSUE}/{path}").status_code == 404
        assert tom.get(f"{API}/issue/{hidden}/{path}").status_code == 404
    assert tom.put(f"{API}/issue/{hidden}/properties/k", 1).status_code == 404
    assert nobody.post(REMOTE, remote()).status_code == 404


def test_an_issue_is_assigned_and_left(bot: Caller) -> None:
    path = f"{ISSUE}/assignee"

    assert bot.put(path, {"accountId": LI_NA.account_id}).status_code == 204
    assert json_of(bot.get(ISSUE))["fields"]["assignee"]["displayName"] == "李娜"
    assert bot.put(path, {"accountId": None}).status_code == 204
    assert json_of(bot.get(ISSUE))["fields"]["assignee"] is None
    assert bot.put(path, {"accountId": "nobody"}).status_code == 400
