"""Permissions of spaces and projects: the same ones in the APIs and on the pages for people."""

import pytest
from flask import Flask

from sandbox.access import ANONYMOUS, EDIT, VIEW
from sandbox.directory import ADMIN, LI_NA, TOM
from sandbox.jira.groups import EVERYBODY
from sandbox.site import Site
from tests.sandbox.conftest import Caller, json_of
from tests.sandbox.people import browser

PAGE = "/wiki/api/v2/pages/131073"
ISSUE = "/rest/api/3/issue/HBR-24"
STORED = {"representation": "storage", "value": "<p>Hello</p>"}


@pytest.fixture
def closed(site: Site) -> Site:
    """Only 李娜 works in the space and in HBR; Tom may look."""
    for access, place in ((site.pages.access, "HARBOUR"), (site.issues.access, "HBR")):
        access.revoke(place, VIEW, EVERYBODY)
        access.revoke(place, EDIT, EVERYBODY)
        access.grant(place, VIEW, TOM.account_id)
        access.grant(place, VIEW, LI_NA.account_id)
        access.grant(place, EDIT, LI_NA.account_id)
    return site


@pytest.fixture
def opened(site: Site) -> Site:
    """The space and HBR are open to strangers."""
    site.pages.access.grant("HARBOUR", VIEW, ANONYMOUS)
    site.issues.access.grant("HBR", VIEW, ANONYMOUS)
    return site


def test_who_may_not_look_finds_nothing(closed: Site, bot: Caller) -> None:
    assert bot.get(PAGE).status_code == 404
    assert json_of(bot.get("/wiki/api/v2/pages"))["results"] == []
    assert json_of(bot.get("/wiki/api/v2/spaces"))["results"] == []
    assert json_of(bot.get("/wiki/rest/api/search", cql="type = page"))["totalSize"] == 0
    assert bot.get(ISSUE).status_code == 404
    assert bot.get("/rest/api/3/project/HBR").status_code == 404
    assert bot.search("project = HBR").status_code == 400
    assert not any(key.startswith("HBR-") for key in bot.found("created > -9999d"))


def test_who_may_look_may_not_work(closed: Site, tom: Caller) -> None:
    assert tom.get(PAGE).status_code == 200
    assert tom.put(f"{PAGE}/title", {"status": "current", "title": "T"}).status_code == 403
    new = {"spaceId": "65538", "title": "New", "body": STORED}
    assert tom.post("/wiki/api/v2/pages", new).status_code == 404
    said = {"pageId": "131073", "body": STORED}
    assert tom.post("/wiki/api/v2/footer-comments", said).status_code == 404


def test_jira_says_what_is_missing_to_those_who_may_only_look(closed: Site, tom: Caller) -> None:
    assert tom.get(ISSUE).status_code == 200
    refused = tom.put(ISSUE, {"fields": {"summary": "S"}})
    assert (refused.status_code, list(json_of(refused)["errors"])) == (400, ["summary"])
    assert tom.delete(ISSUE).status_code == 403
    assert json_of(tom.get(f"{ISSUE}/transitions"))["transitions"] == []
    assert tom.post(f"{ISSUE}/transitions", {"transition": {"id": "31"}}).status_code == 400
    body = {"type": "doc", "version": 1, "content": [{"type": "paragraph", "content": []}]}
    assert tom.post(f"{ISSUE}/comment", {"body": body}).status_code == 400
    assert tom.put(f"{ISSUE}/assignee", {"accountId": None}).status_code == 403
    assert tom.put(f"{ISSUE}/properties/k", 1).status_code == 403
    new = {"project": {"key": "HBR"}, "issuetype": {"name": "Task"}, "summary": "S"}
    assert list(json_of(tom.post("/rest/api/3/issue", {"fields": new}))["errors"]) == ["project"]


def test_who_may_work_works(closed: Site, li_na: Caller) -> None:
    assert li_na.put(f"{PAGE}/title", {"status": "current", "title": "T"}).status_code == 200
    assert li_na.put(ISSUE, {"fields": {"summary": "S"}}).status_code == 204


def test_permissions_are_asked_about_where_they_are(
    closed: Site, tom: Caller, li_na: Caller
) -> None:
    def held(caller: Caller, project: str) -> list[bool]:
        names = "BROWSE_PROJECTS,EDIT_ISSUES"
        asked = caller.get("/rest/api/3/mypermissions", permissions=names, projectKey=project)
        return [one["havePermission"] for one in json_of(asked)["permissions"].values()]

    assert held(tom, "HBR") == [True, False]
    assert held(li_na, "HBR") == [True, True]
    assert held(tom, "YUN") == [True, True]
    people = json_of(tom.get("/rest/api/3/user/viewissue/search", query="", projectKey="HBR"))
    assert {one["accountId"] for one in people} == {TOM.account_id, LI_NA.account_id}


def test_strangers_look_where_it_is_open_to_them(opened: Site, nobody: Caller) -> None:
    assert nobody.get(PAGE).status_code == 200
    assert nobody.get("/wiki/api/v2/pages/131438").status_code == 404, "a restricted page"
    found = json_of(nobody.get("/wiki/rest/api/search", cql="label = okr", limit=200))["results"]
    assert found
    assert "131438" not in {one["content"]["id"] for one in found}
    assert nobody.get(ISSUE).status_code == 200
    assert nobody.found("project = HBR")
    assert nobody.get("/rest/api/3/issue/YUN-1").status_code == 404


def test_strangers_never_work(opened: Site, app: Flask, nobody: Caller) -> None:
    assert nobody.put(f"{PAGE}/title", {"status": "current", "title": "T"}).status_code == 401
    new = {"spaceId": "65538", "title": "New", "body": STORED}
    assert nobody.post("/wiki/api/v2/pages", new).status_code == 401
    assert nobody.put(ISSUE, {"fields": {"summary": "S"}}).status_code == 401
    assert nobody.post(f"{ISSUE}/transitions", {"transition": {"id": "31"}}).status_code == 401
    opened.issues.access.grant("HBR", EDIT, ANONYMOUS)
    assert nobody.delete(ISSUE).status_code == 401
    assert not opened.issues.may_work("HBR", None)
    stranger = browser(app, None)
    assert "Create issue" not in stranger.read("/jira/boards/HBR")
    stranger.send("/browse/HBR-24/delete", 403)


def test_strangers_see_no_issue_with_a_security_level(
    opened: Site, bot: Caller, nobody: Caller
) -> None:
    level = {"fields": {"security": {"name": "Planning"}}}
    assert bot.put(ISSUE, level).status_code == 204
    assert nobody.get(ISSUE).status_code == 404


def test_a_click_opens_a_space_to_strangers_and_closes_it_again(app: Flask, nobody: Caller) -> None:
    form = {"kind": "space", "place": "HARBOUR", "operation": VIEW, "holder": ANONYMOUS}
    assert browser(app, TOM).posted("/people", **form).status_code == 403
    admin = browser(app, ADMIN)

    admin.send("/people", **form)
    assert nobody.get(PAGE).status_code == 200
    admin.send("/people", **form)
    assert nobody.get(PAGE).status_code == 401
