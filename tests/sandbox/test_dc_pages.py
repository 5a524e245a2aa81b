"""Pages, their properties and their neighbours in version 1 of Confluence's API."""

from typing import Any

import pytest

from tests.sandbox.conftest import app_of_a_fresh_site
from tests.sandbox.data_center import WIKI, Caller, account, json_of

PAGE = f"{WIKI}/content/131073"


@pytest.fixture
def bot() -> Caller:
    return Caller(app_of_a_fresh_site("company", flavor="dc").test_client())


def page(caller: Caller, expand: str = "") -> Any:
    answer = caller.get(PAGE, expand=expand)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return json_of(answer)


def update(number: int, body: str | None = "<p>New</p>", **more: Any) -> dict[str, Any]:
    stored = {"storage": {"value": body, "representation": "storage"}}
    told = {"type": "page", "title": "New title", "version": {"number": number}}
    return told | ({"body": stored} if body is not None else {}) | more


def test_people_in_pages_go_by_their_user_key(bot: Caller) -> None:
    body = page(bot, "body.storage")["body"]["storage"]["value"]

    assert f'ri:userkey="{account("tom.becker").userkey}"' in body
    assert "account-id" not in body
    assert "/jira/browse/HBR-" in body


def test_what_is_not_expanded_is_named(bot: Caller) -> None:
    plain, expanded = page(bot), page(bot, "body.storage,ancestors")

    assert {"version", "space", "history"} <= set(plain)
    assert plain["_expandable"]["body"] == ""
    assert "version" not in expanded
    assert expanded["_expandable"]["version"] == ""
    assert "view" in expanded["body"]["_expandable"]
    assert "ancestors" in plain["_expandable"]
    assert "ancestors" not in expanded["_expandable"]
    assert all(set(one) > {"id", "title"} for one in expanded["ancestors"])


def test_an_update_needs_the_next_version(bot: Caller) -> None:
    number = page(bot)["version"]["number"]

    stale = bot.put(PAGE, update(number))
    missing = bot.put(PAGE, {"type": "page", "title": "T"})
    right = bot.put(PAGE, update(number + 1))

    assert stale.status_code == 409
    assert json_of(stale)["message"] == (
        f"Version must be incremented on update. Current version is: {number}"
    )
    assert (json_of(stale)["statusCode"], json_of(stale)["reason"]) == (409, "Conflict")
    assert missing.status_code == 400
    assert json_of(right)["version"]["number"] == number + 1
    assert json_of(right)["body"]["storage"]["value"] == "<p>New</p>"


def test_broken_storage_format_is_refused_with_its_place(bot: Caller) -> None:
    answer = bot.put(PAGE, update(2, "<p>a<b></p>"))

    assert answer.status_code == 400
    assert json_of(answer)["message"].startswith("Error parsing xhtml:")
    assert "errors" not in json_of(answer)


def test_a_title_is_taken_once_in_a_space(bot: Caller) -> None:
    new = update(1, title=page(bot)["title"], space={"key": "HARBOUR"})
    answer = bot.post(f"{WIKI}/content", new)

    assert (answer.status_code, json_of(answer)["reason"]) == (400, "Bad Request")


def test_older_states_can_be_read(bot: Caller) -> None:
    before = page(bot, "body.storage")["body"]["storage"]["value"]
    bot.put(PAGE, update(2))

    older = json_of(bot.get(PAGE, version=1, status="historical", expand="body.storage,history"))

    assert older["body"]["storage"]["value"] == before
    assert older["history"]["latest"] is False
    assert bot.get(PAGE, version=9, status="historical").status_code == 404


def test_the_trash_and_the_way_back(bot: Caller) -> None:
    bot.delete(PAGE)
    gone = bot.get(PAGE)
    trashed = json_of(bot.get(PAGE, status="trashed", expand="version"))
    back = bot.put(PAGE, update(trashed["version"]["number"] + 1, None, status="current"))

    assert json_of(gone)["message"] == "No content found with id: ContentId{id=131073}"
    assert trashed["status"] == "trashed"
    assert (back.status_code, json_of(back)["status"]) == (200, "current")


def test_properties_go_by_key_and_version(bot: Caller) -> None:
    path = f"{PAGE}/property"
    first = bot.post(path, {"key": "okr", "value": {"a": 1}})
    again = bot.post(path, {"key": "okr", "value": 2})
    stale = bot.put(f"{path}/okr", {"key": "okr", "value": 2, "version": {"number": 1}})
    right = bot.put(f"{path}/okr", {"key": "okr", "value": [2], "version": {"number": 2}})
    fresh = bot.put(f"{path}/new", {"key": "new", "value": 1, "version": {"number": 1}})

    statuses = [one.status_code for one in (first, again, stale, right, fresh)]
    assert statuses == [200, 409, 409, 200, 200]
    held = page(bot, "metadata.properties.okr,metadata.labels")["metadata"]
    assert held["properties"]["okr"]["value"] == [2]
    assert held["properties"]["okr"]["version"]["number"] == 2
    assert set(held["properties"]["_expandable"]) == {"new"}
    assert held["labels"]["results"][0]["name"] == "okr"


def test_lists_are_read_page_by_page(bot: Caller) -> None:
    path, query = f"{WIKI}/content/search", {"cql": "type = page", "limit": 3}
    found: list[str] = []
    answer = json_of(bot.get(path, **query))
    while True:
        found += [one["id"] for one in answer["results"]]
        if "next" not in answer["_links"]:
            break
        answer = json_of(bot.get("/confluence" + answer["_links"]["next"]))

    everything = json_of(bot.get(path, cql="type = page", limit=500))
    assert found == [one["id"] for one in everything["results"]]
    assert len(found) == len(set(found)) > 3
    assert everything["limit"] == 200


def test_cql_names_people_as_data_center_does(bot: Caller) -> None:
    path = f"{WIKI}/content/search"
    by_name = json_of(bot.get(path, cql="creator = li.na"))["results"]
    by_key = json_of(bot.get(path, cql=f'creator = "{account("li.na").userkey}"'))["results"]
    by_account = bot.get(path, cql=f'creator = "{account("li.na").user.account_id}"')

    assert by_name == by_key != []
    assert json_of(by_account)["results"] == []
    assert bot.get(path, cql="nonsense =").status_code == 400


def test_comments_answer_each_other(bot: Caller) -> None:
    def said(text: str, **more: Any) -> Any:
        body = {"storage": {"value": text, "representation": "storage"}}
        told = {"type": "comment", "container": {"id": "131073", "type": "page"}, "body": body}
        return json_of(bot.post(f"{WIKI}/content", told | more))

    first = said("<p>One</p>")
    said("<p>Two</p>", ancestors=[{"id": first["id"]}])

    top = json_of(bot.get(f"{PAGE}/child/comment", expand="body.storage"))["results"]
    every = json_of(bot.get(f"{PAGE}/child/comment", depth="all", expand="ancestors"))["results"]
    assert [one["body"]["storage"]["value"] for one in top] == ["<p>One</p>"]
    assert [len(one["ancestors"]) for one in every] == [0, 1]


def test_a_hidden_page_is_not_there_for_others(bot: Caller) -> None:
    users = [{"type": "known", "username": "okr-bot"}]
    bot.put(f"{PAGE}/restriction", [{"operation": "read", "restrictions": {"user": users}}])

    others = Caller(bot.client, "tom.becker")

    assert others.get(PAGE).status_code == 404
    read = json_of(bot.get(f"{PAGE}/restriction/byOperation"))["read"]["restrictions"]
    assert [one["username"] for one in read["user"]["results"]] == ["okr-bot"]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "content", None),
        ("POST", "content", {"type": "page", "title": "T"}),
        ("POST", "content", {"type": "page", "title": 3, "space": {"key": "HARBOUR"}}),
        ("POST", "content", {"type": "page", "title": "T", "space": {"key": "NO"}}),
        ("POST", "content", {"type": "comment", "container": {"id": "x"}}),
        ("POST", "content", {"type": "blogpost", "title": "T"}),
        ("PUT", "content/131073", {"version": {"number": True}}),
        ("PUT", "content/131073", {"version": {"number": 2}, "body": {"wiki": {"value": "x"}}}),
        ("PUT", "content/131073", {"version": {"number": 2}, "ancestors": [3], "title": "T"}),
        ("GET", "content/x", None),
        ("GET", f"content/{9**40}", None),
        ("GET", "content?limit=-1", None),
        ("GET", "content?status=odd", None),
        ("GET", "content?spaceKey=NO", None),
        ("GET", "content/search", None),
        ("GET", "content/search?cql=type=page&cqlcontext={", None),
        ("GET", "user", None),
        ("GET", "user?key=nobody", None),
        ("GET", "space/NO", None),
        ("POST", "content/131073/label", [{"name": "two words"}]),
        ("DELETE", "content/131073/label/none", None),
        ("POST", "content/131073/property", {"key": "", "value": 1}),
        ("POST", "content/131073/property", {"key": "k"}),
        ("GET", "content/131073/property/none", None),
        ("PUT", "content/131073/restriction", {"operation": "read"}),
        ("PUT", "content/131073/restriction", [{"operation": "odd"}]),
        ("GET", "content/131073/child/odd", None),
        ("GET", "content/131073/history/x/macro/id/1", None),
        ("POST", "webhooks", {"name": "w", "url": "ftp://x", "events": ["page_created"]}),
        ("POST", "webhooks", {"name": "w", "url": "http://x", "events": ["odd"]}),
        ("GET", "webhooks/odd", None),
        ("POST", "user/watch/content/131073", None),
        ("GET", "nothing/here", None),
    ],
)
def test_odd_requests_are_the_clients_fault(bot: Caller, method: str, path: str, body: Any) -> None:
    answer = bot.call(method, f"{WIKI}/{path}", json=body)

    assert 400 <= answer.status_code < 500, answer.get_data(as_text=True)
    told = json_of(answer)
    assert told["statusCode"] == answer.status_code
    assert {"data", "message", "reason"} <= set(told)
