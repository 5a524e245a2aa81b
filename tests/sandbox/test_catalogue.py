"""What a client asks about projects, types, statuses, people and rights."""

from typing import Any

import pytest

from sandbox.directory import BOT, LI_NA, TOM, USERS
from tests.sandbox.conftest import Caller, json_of

API = "/rest/api/3"


def test_issue_types_have_levels(bot: Caller) -> None:
    every = json_of(bot.get(f"{API}/issuetype"))
    types = {kind["name"]: kind for kind in every if "scope" not in kind}

    assert {name: kind["hierarchyLevel"] for name, kind in types.items()} == {
        "Epic": 1,
        "Story": 0,
        "Task": 0,
        "Bug": 0,
        "Sub-task": -1,
    }
    below = json_of(bot.get(f"{API}/issuetype/project", projectId="10001", level=-1))
    assert [kind["name"] for kind in below] == ["Sub-task"]
    levels = json_of(bot.get(f"{API}/project/10001/hierarchy"))["hierarchy"]
    assert [(level["level"], len(level["issueTypes"])) for level in levels] == [
        (1, 1),
        (0, 3),
        (-1, 1),
    ]


def test_a_team_managed_project_owns_its_types_and_points(bot: Caller) -> None:
    """So there are two fields for story points on the site, and each project knows one of them."""
    every = json_of(bot.get(f"{API}/issuetype"))
    own = json_of(bot.get(f"{API}/issuetype/project", projectId="10002"))
    points = {f["id"]: f["schema"]["custom"] for f in json_of(bot.get(f"{API}/field"))
              if f["name"].startswith("Story ")}  # fmt: skip

    scoped = [kind for kind in every if "scope" in kind]
    assert own == [kind for kind in scoped if kind["scope"]["project"]["id"] == "10002"]
    assert [kind["name"] for kind in own] == ["Epic", "Story", "Task", "Bug", "Subtask"]
    assert points == {
        "customfield_10016": "com.pyxis.greenhopper.jira:jsw-story-points",
        "customfield_10036": "com.atlassian.jira.plugin.system.customfieldtypes:float",
    }
    for key, known in (("HBR-24", "customfield_10036"), ("YUN-24", "customfield_10016")):
        fields = json_of(bot.get(f"{API}/issue/{key}/editmeta"))["fields"]
        assert set(fields) & set(points) == {known}
        wrong = ({*points} - {known}).pop()
        refused = bot.put(f"{API}/issue/{key}", {"fields": {wrong: 3}})
        assert "not on the appropriate screen" in json_of(refused)["errors"][wrong]
        assert bot.put(f"{API}/issue/{key}", {"fields": {known: 3}}).status_code == 204


def test_statuses_have_categories(bot: Caller) -> None:
    statuses = json_of(bot.get(f"{API}/status"))
    assert {s["name"]: s["statusCategory"]["key"] for s in statuses}["进行中"] == "indeterminate"

    done = json_of(bot.get(f"{API}/statuses/search", statusCategory="DONE"))
    assert [status["name"] for status in done["values"]] == ["Done", "已完成"]
    page = json_of(bot.get(f"{API}/statuses/search", startAt=1, maxResults=2))
    assert (page["total"], page["isLast"], len(page["values"])) == (6, False, 2)
    by_type = json_of(bot.get(f"{API}/project/YUN/statuses"))
    assert [status["name"] for status in by_type[0]["statuses"]] == ["待办", "进行中", "已完成"]


def test_a_project_by_id_or_key(bot: Caller) -> None:
    project = json_of(bot.get(f"{API}/project/HBR"))

    assert project == json_of(bot.get(f"{API}/project/10001"))
    assert project["lead"]["displayName"] == "Tom Becker"
    assert (project["style"], project["simplified"]) == ("classic", False)
    assert [p["key"] for p in json_of(bot.get(f"{API}/project"))] == [
        "CARE",
        "GYL",
        "HBR",
        "INF",
        "PAY",
        "YUN",
    ]


def test_a_team_managed_project_owns_its_statuses(bot: Caller) -> None:
    project = json_of(bot.get(f"{API}/project/YUN"))
    found = json_of(bot.get(f"{API}/statuses/search", projectId="10002"))["values"]

    assert (project["style"], project["simplified"]) == ("next-gen", True)
    assert {status["scope"]["project"]["id"] for status in found} == {"10002"}


def test_people_are_found_by_name_address_and_id(bot: Caller) -> None:
    def found(path: str, **query: Any) -> list[str]:
        return [user["displayName"] for user in json_of(bot.get(f"{API}/{path}", **query))]

    assert found("user/search", query="beck") == ["Tom Becker"]
    assert found("user/search", query="li.na@") == ["李娜"]
    assert found("user/search", accountId=TOM.account_id) == ["Tom Becker"]
    assert found("user/search", query="", startAt=1, maxResults=1) == ["李娜"]
    assert found("user/search", query="nobody") == []
    assert found("users/search") == [user.name for user in USERS]
    assert found("user/assignable/search", issueKey="HBR-24", query="") == found("users")
    page = json_of(bot.get(f"{API}/user/bulk", accountId=[BOT.account_id, LI_NA.account_id]))
    assert [user["displayName"] for user in page["values"]] == ["OKR Bot", "李娜"]


def test_a_hidden_issue_is_read_by_few(bot: Caller, tom: Caller) -> None:
    (hidden,) = bot.found("parent = HBR-9") - tom.found("parent = HBR-9")
    path = f"{API}/user/viewissue/search"

    readers = json_of(bot.get(path, issueKey=hidden, query=""))

    assert [user["displayName"] for user in readers] == ["OKR Bot", "李娜"]
    assert len(json_of(bot.get(path, projectKey="HBR"))) == len(USERS)
    assert bot.get(path).status_code == 400


def test_groups_of_a_user(bot: Caller) -> None:
    user = json_of(bot.get(f"{API}/user", accountId=BOT.account_id, expand="groups"))

    assert [group["name"] for group in user["groups"]["items"]] == ["jira-users", "site-admins"]


def test_rights_differ(bot: Caller, tom: Caller, nobody: Caller) -> None:
    asked = {"permissions": "BROWSE_PROJECTS,ADMINISTER"}

    def held(caller: Caller) -> dict[str, bool]:
        answer = json_of(caller.get(f"{API}/mypermissions", **asked))
        return {key: told["havePermission"] for key, told in answer["permissions"].items()}

    assert held(bot) == {"BROWSE_PROJECTS": True, "ADMINISTER": True}
    assert held(tom) == {"BROWSE_PROJECTS": True, "ADMINISTER": False}
    assert held(nobody) == {"BROWSE_PROJECTS": True, "ADMINISTER": False}, "one is public"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("mypermissions", 400),
        ("mypermissions?permissions=FLY", 400),
        ("mypermissions?permissions=ADMINISTER&projectKey=NOPE", 404),
        ("mypermissions?permissions=ADMINISTER&issueKey=NO-1", 404),
        ("user", 400),
        ("user?accountId=nobody", 404),
        ("user/search", 400),
        ("user/bulk", 400),
        ("user/assignable/search", 400),
        ("project/NOPE", 404),
        ("project/NOPE/statuses", 404),
        ("issuetype/1", 404),
        ("issuetype/project?projectId=9", 404),
        ("status/Blocked", 404),
        ("statuscategory/9", 404),
        ("statuses", 400),
        ("resolution/1", 404),
        ("priority/9", 404),
        ("issueLink/1", 404),
        ("issueLink/²", 404),
        ("issue/createmeta/HBR/issuetypes/1", 404),
        ("issue/HBR-24/remotelink/1", 404),
    ],
)
def test_what_is_not_there(bot: Caller, path: str, status: int) -> None:
    assert bot.get(f"{API}/{path}").status_code == status


def test_strangers_see_no_people_and_one_project(nobody: Caller) -> None:
    assert nobody.get(f"{API}/users/search").status_code == 401
    assert nobody.get(f"{API}/project/HBR").status_code == 404
    assert [one["key"] for one in json_of(nobody.get(f"{API}/project"))] == ["CARE"]


def test_version_2_speaks_text(bot: Caller) -> None:
    fields = {
        "project": {"key": "HBR"},
        "issuetype": {"name": "Task"},
        "summary": "s",
        "description": "One\n\nTwo",
    }
    made = json_of(bot.post("/rest/api/2/issue", {"fields": fields}))
    path = f"issue/{made['key']}"

    assert made["self"].endswith(f"/rest/api/2/issue/{made['id']}")
    assert json_of(bot.get(f"/rest/api/2/{path}"))["fields"]["description"] == "One\n\nTwo"
    assert json_of(bot.get(f"{API}/{path}"))["fields"]["description"]["type"] == "doc"
    bot.put(f"/rest/api/2/{path}", {"fields": {"description": "Three"}})
    found = json_of(bot.get("/rest/api/2/search/jql", jql="description ~ three", fields="summary"))
    assert [issue["key"] for issue in found["issues"]] == [made["key"]]
    assert bot.post("/rest/api/3/issue", {"fields": fields}).status_code == 400
    assert bot.get("/rest/api/2/search").status_code == 410
