"""Who may see and edit a page, who may ask, and who watches it."""

from typing import Any

import pytest

from sandbox.directory import BOT, LI_NA, TOM, User
from tests.sandbox.conftest import Caller, authorization, json_of
from tests.sandbox.test_pages import PAGES, update

ID = "131073"
CONTENT = f"/wiki/rest/api/content/{ID}"
RESTRICTION = f"{CONTENT}/restriction"
USER = "/wiki/rest/api/user"


def naming(operation: str, *users: User) -> dict[str, Any]:
    named = [{"type": "known", "accountId": user.account_id} for user in users]
    return {"operation": operation, "restrictions": {"user": named}}


def named(answer: Any) -> dict[str, list[str]]:
    return {
        item["operation"]: [user["displayName"] for user in item["restrictions"]["user"]["results"]]
        for item in answer["results"]
    }


def test_restrictions_hide_a_page_and_keep_it_from_editing(
    bot: Caller, li_na: Caller, tom: Caller
) -> None:
    wanted = [naming("read", BOT, LI_NA), naming("update", BOT)]
    assert named(json_of(bot.put(RESTRICTION, wanted))) == {
        "read": ["OKR Bot", "李娜"],
        "update": ["OKR Bot"],
    }

    assert tom.get(f"{PAGES}/{ID}").status_code == 404
    assert tom.get(RESTRICTION).status_code == 404
    assert li_na.get(f"{PAGES}/{ID}").status_code == 200
    assert update(li_na, 2).status_code == 403
    assert li_na.put(RESTRICTION, []).status_code == 403
    assert update(bot, 2).status_code == 200

    assert named(json_of(bot.delete(RESTRICTION))) == {"read": [], "update": []}
    assert update(tom, 3).status_code == 200


def test_a_put_replaces_and_a_post_adds(bot: Caller) -> None:
    bot.put(RESTRICTION, {"results": [naming("update", BOT, TOM)]})
    first = json_of(bot.post(RESTRICTION, [naming("update", LI_NA)]))
    assert named(first)["update"] == ["OKR Bot", "Tom Becker", "李娜"]
    second = json_of(bot.put(RESTRICTION, [naming("update", BOT)]))
    assert named(second)["update"] == ["OKR Bot"]
    assert first["restrictionsHash"] != second["restrictionsHash"]


def test_one_user_is_named_and_forgotten(bot: Caller) -> None:
    path = f"{RESTRICTION}/byOperation/update/user"
    query = f"?accountId={TOM.account_id}"
    bot.put(RESTRICTION, [naming("update", BOT)])

    assert bot.get(path + query).status_code == 404
    assert bot.put(path + query, None).status_code == 200
    assert bot.get(path + query).status_code == 200
    assert bot.delete(path + query).status_code == 200
    assert bot.get(path + query).status_code == 404
    assert bot.get(f"{RESTRICTION}/byOperation/fly").status_code == 404


@pytest.mark.parametrize(
    "wanted",
    [
        "everybody",
        [naming("fly", BOT)],
        [{"operation": "read", "restrictions": {"group": [{"type": "group", "name": "x"}]}}],
        [{"operation": "read", "restrictions": {"user": [{"accountId": "712020:gone"}]}}],
        [{"operation": "read", "restrictions": {"user": [7]}}],
        [{"operation": "read", "restrictions": {"user": 7}}],
    ],
)
def test_a_wrong_restriction_changes_nothing(bot: Caller, wanted: Any) -> None:
    bot.put(RESTRICTION, [naming("read", BOT)])

    assert bot.put(RESTRICTION, wanted).status_code == 400

    assert named(json_of(bot.get(RESTRICTION)))["read"] == ["OKR Bot"]


def test_what_is_hidden_hides_the_pages_below(bot: Caller, tom: Caller) -> None:
    given = {"spaceId": "65538", "status": "current", "title": "Below", "parentId": ID}
    below = json_of(bot.post(PAGES, given))["id"]
    assert tom.get(f"{PAGES}/{below}").status_code == 200

    bot.put(RESTRICTION, [naming("read", BOT)])

    assert tom.get(f"{PAGES}/{below}").status_code == 404
    bot.put(RESTRICTION, [naming("update", BOT)])
    assert update(tom, 2, below).status_code == 200


def may(caller: Caller, operation: str, user: str, page: str = ID) -> Any:
    subject = {"type": "user", "identifier": user}
    body = {"subject": subject, "operation": operation}
    return caller.post(f"/wiki/rest/api/content/{page}/permission/check", body)


def test_rights_are_asked_about(bot: Caller, li_na: Caller, tom: Caller) -> None:
    def answer(operation: str, user: str) -> bool:
        return bool(json_of(may(bot, operation, user, "131438"))["hasPermission"])

    assert answer("read", LI_NA.account_id)
    assert not answer("update", LI_NA.account_id)
    assert not answer("read", TOM.account_id)
    assert not answer("read", "anonymous")
    assert answer("delete", BOT.account_id)
    assert json_of(may(tom, "read", TOM.account_id, "131438"))["hasPermission"] is False
    assert may(tom, "read", LI_NA.account_id).status_code == 403
    assert may(bot, "read", "712020:gone").status_code == 400
    assert may(bot, "fly", TOM.account_id).status_code == 400
    assert may(bot, "read", TOM.account_id, "1").status_code == 404


@pytest.mark.parametrize("target", [f"content/{ID}", "space/HARBOUR"])
def test_a_watch_begins_and_ends(bot: Caller, tom: Caller, target: str) -> None:
    path = f"{USER}/watch/{target}"
    headers = {"X-Atlassian-Token": "no-check"}

    def change(caller: Caller, method: str, query: str = "", **kept: str) -> int:
        rest = {"Authorization": str(authorized(caller)), **kept}
        return caller.client.open(path + query, method=method, headers=rest).status_code

    assert json_of(bot.get(path)) == {"watching": False}
    assert change(bot, "POST") == 403, "without the header this is a forged request"
    assert change(bot, "POST", **headers) == 204
    assert json_of(bot.get(path)) == {"watching": True}
    assert json_of(tom.get(path)) == {"watching": False}
    assert change(tom, "DELETE", f"?accountId={BOT.account_id}", **headers) == 403
    assert change(bot, "POST", f"?accountId={TOM.account_id}", **headers) == 204
    assert json_of(tom.get(path)) == {"watching": True}
    assert change(bot, "DELETE", **headers) == 204
    assert json_of(bot.get(path)) == {"watching": False}


def authorized(caller: Caller) -> str:
    assert caller.user is not None
    return authorization(caller.user)["Authorization"]


def test_what_cannot_be_seen_cannot_be_watched(tom: Caller) -> None:
    assert tom.get(f"{USER}/watch/content/131438").status_code == 403
    assert tom.get(f"{USER}/watch/space/NOWHERE").status_code == 403


def test_people_are_looked_up(tom: Caller) -> None:
    assert json_of(tom.get(USER, accountId=LI_NA.account_id))["displayName"] == "李娜"
    assert "operations" not in json_of(tom.get(USER, accountId=LI_NA.account_id))
    assert tom.get(USER, accountId="712020:gone").status_code == 404
    assert tom.get(USER).status_code == 400


@pytest.mark.parametrize(("who", "administers"), [(BOT, True), (TOM, False)])
def test_a_person_says_what_they_may_do_with_the_site(
    li_na: Caller, who: User, administers: bool
) -> None:
    """Whoever asks; of themselves by `current`."""
    told = json_of(li_na.get(USER, accountId=who.account_id, expand="operations"))

    allowed = {(one["operation"], one["targetType"]) for one in told["operations"]}
    assert (("administer", "application") in allowed) is administers
    assert ("use", "application") in allowed
    assert "operations" not in told["_expandable"]
    mine = json_of(li_na.get(f"{USER}/current", expand="operations"))
    assert {one["operation"] for one in mine["operations"]} == {"use", "create_space"}


def test_labels_are_removed(bot: Caller, li_na: Caller) -> None:
    path = f"{CONTENT}/label"
    bot.post(path, [{"prefix": "global", "name": "a/b"}])
    assert json_of(bot.get(path))["size"] == 2
    assert bot.delete(f"{path}/okr").status_code == 204
    assert bot.delete(f"{path}?name=a/b").status_code == 204
    assert json_of(bot.get(path))["results"] == []
    assert li_na.delete("/wiki/rest/api/content/131438/label/okr").status_code == 403
