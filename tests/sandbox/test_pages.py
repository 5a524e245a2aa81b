"""Pages: versions, refusals in Confluence's words, listing, labels, the trash."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask

from sandbox.directory import BOT
from sandbox.seed_pages import PAGES as SEEDED
from tests.sandbox.conftest import Caller, json_of

PAGES = "/wiki/api/v2/pages"
ID = "131073"
HIDDEN_DEPARTMENT = 131876


def update(caller: Caller, number: int, page_id: str = ID, **changes: Any) -> Any:
    body = {
        "id": page_id,
        "status": "current",
        "title": "Changed",
        "body": {"representation": "storage", "value": "<p>Changed</p>"},
        "version": {"number": number, "message": "by a test"},
    }
    return caller.put(f"{PAGES}/{page_id}", body | changes)


def test_an_update_makes_the_next_version(bot: Caller) -> None:
    before = json_of(bot.get(f"{PAGES}/{ID}", **{"body-format": "storage"}))

    answer = update(bot, 2)

    assert answer.status_code == 200
    after = json_of(bot.get(f"{PAGES}/{ID}", **{"body-format": "storage"}))
    assert (after["version"]["number"], after["version"]["message"]) == (2, "by a test")
    assert after["body"]["storage"]["value"] == "<p>Changed</p>"
    older = json_of(bot.get(f"{PAGES}/{ID}", **{"body-format": "storage", "version": 1}))
    assert older["body"] == before["body"]


@pytest.mark.parametrize("number", [1, 3, 0])
def test_a_stale_version_conflicts_in_atlassians_words(bot: Caller, number: int) -> None:
    answer = update(bot, number)

    assert answer.status_code == 409
    assert json_of(answer) == {
        "errors": [
            {
                "status": "409",
                "code": "CONFLICT",
                "title": "Version must be incremented when updating a page. "
                f"Current Version: [1]. Provided version: [{number}]",
                "detail": None,
            }
        ]
    }


def test_of_many_writers_one_wins(app: Flask) -> None:
    """Everybody read version 1 and writes version 2 at the same time."""

    def write(number: int) -> int:
        caller = Caller(app.test_client(), BOT)
        return int(update(caller, 2, title=f"By {number}").status_code)

    with ThreadPoolExecutor(8) as pool:
        answers = sorted(pool.map(write, range(16)))

    assert answers == [200] + [409] * 15


@pytest.mark.parametrize("name", ["id", "status", "title", "body", "version"])
def test_an_update_needs_all_five(bot: Caller, name: str) -> None:
    missing: dict[str, Any] = {name: None}

    answer = update(bot, 2, **missing)

    assert answer.status_code == 400
    assert name in json_of(answer)["errors"][0]["title"]


def test_an_edit_sent_as_minor_reads_as_any_other(bot: Caller) -> None:
    assert update(bot, 2, version={"number": 2, "minorEdit": True}).status_code == 200

    assert json_of(bot.get(f"{PAGES}/{ID}"))["version"]["minorEdit"] is False
    older = bot.get(f"/wiki/rest/api/content/{ID}", expand="version")
    assert json_of(older)["version"]["minorEdit"] is False


def test_a_page_belongs_to_a_space(bot: Caller) -> None:
    answer = bot.post(PAGES, {"title": "Nowhere", "body": {}})

    assert answer.status_code == 400
    assert "spaceId" in json_of(answer)["errors"][0]["title"]


@pytest.mark.parametrize(
    "broken", ["<p>open", "<p>&nothing;</p>", "</p>", "<p><b></p></b>", "<x:p/>", "a\x00b"]
)
def test_what_is_not_storage_format_is_refused(bot: Caller, broken: str) -> None:
    answer = update(bot, 2, body={"representation": "storage", "value": broken})

    assert answer.status_code == 400
    assert "Error parsing xhtml" in json_of(answer)["errors"][0]["title"]
    assert json_of(bot.get(f"{PAGES}/{ID}"))["version"]["number"] == 1


def test_an_entity_bomb_is_no_storage_format(bot: Caller) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY a "aa">]><p>&a;</p>'

    answer = update(bot, 2, body={"representation": "storage", "value": bomb})

    assert answer.status_code == 400


def test_a_new_page_in_both_published_forms(bot: Caller) -> None:
    nested = {"storage": {"representation": "storage", "value": "<p>a</p>"}}
    flat = {"representation": "storage", "value": "<p>b</p>"}
    for title, body in (("One", nested), ("Two", flat)):
        given = {"spaceId": "65538", "status": "current", "title": title, "body": body}
        assert bot.post(PAGES, given).status_code == 200
        assert bot.post(PAGES, given).status_code == 400, "a title is taken once per space"

    found = json_of(bot.get(PAGES, title="One"))["results"]
    assert [page["title"] for page in found] == ["One"]


def test_a_listing_is_followed_by_its_link_header(bot: Caller) -> None:
    seen: list[str] = []
    address, query = PAGES, {"limit": "3", "space-id": "65538"}
    while True:
        answer = bot.get(address, **query)
        seen += [page["id"] for page in json_of(answer)["results"]]
        following = json_of(answer)["_links"].get("next")
        assert (following is not None) == ('rel="next"' in answer.headers["Link"])
        if following is None:
            break
        assert f"<{following}>" in answer.headers["Link"]
        parts = urlsplit(following)
        address, query = parts.path, {k: v[0] for k, v in parse_qs(parts.query).items()}

    assert len(seen) == len(set(seen)) == len(SEEDED)


def test_a_listing_takes_ids_and_gives_bodies(bot: Caller) -> None:
    answer = bot.get(PAGES, id=f"{ID},131146,999", **{"body-format": "storage"})

    results = json_of(answer)["results"]
    assert [page["id"] for page in results] == [ID, "131146"]
    assert all(page["body"]["storage"]["value"] for page in results)


@pytest.mark.parametrize(
    "query",
    [
        {"id": ",".join(str(n) for n in range(251))},
        {"limit": "251"},
        {"limit": "0"},
        {"cursor": "nonsense"},
        {"body-format": "view"},
        {"id": "abc"},
    ],
)
def test_a_wrong_listing_is_refused(bot: Caller, query: dict[str, str]) -> None:
    assert bot.get(PAGES, **query).status_code == 400


def test_bodies_come_in_the_form_asked_for(bot: Caller) -> None:
    assert json_of(bot.get(f"{PAGES}/{ID}"))["body"] == {}
    view = json_of(bot.get(f"{PAGES}/{ID}", **{"body-format": "export_view"}))["body"]
    assert "<table" in view["export_view"]["value"]
    assert bot.get(f"{PAGES}/{ID}", **{"body-format": "wiki"}).status_code == 400


def test_a_trashed_page_is_found_only_by_its_status(bot: Caller) -> None:
    assert bot.delete(f"{PAGES}/{ID}").status_code == 204

    assert ID not in [p["id"] for p in json_of(bot.get(PAGES))["results"]]
    assert [p["id"] for p in json_of(bot.get(PAGES, status="trashed"))["results"]] == [ID]
    assert json_of(bot.get(f"{PAGES}/{ID}"))["status"] == "trashed"
    assert update(bot, 2).status_code == 200
    restored = json_of(bot.get(f"{PAGES}/{ID}"))
    assert (restored["status"], restored["version"]["number"]) == ("current", 1)


def test_a_purged_page_is_gone(bot: Caller) -> None:
    bot.delete(f"{PAGES}/{ID}")

    assert bot.delete(f"{PAGES}/{ID}?purge=true").status_code == 204
    assert bot.get(f"{PAGES}/{ID}").status_code == 404


def test_labels_are_added_in_v1_and_read_in_v2(bot: Caller) -> None:
    path = f"/wiki/rest/api/content/{ID}/label"
    assert bot.post(path, [{"prefix": "global", "name": "Q4"}]).status_code == 200
    assert bot.post(path, {"prefix": "global", "name": "q4"}).status_code == 200
    assert bot.post(path, [{"prefix": "global", "name": "two words"}]).status_code == 400

    names = [label["name"] for label in json_of(bot.get(f"{PAGES}/{ID}/labels"))["results"]]
    assert names == ["okr", "q4"]


def test_a_restricted_page_is_hidden_or_read_only(bot: Caller, li_na: Caller, tom: Caller) -> None:
    hiring = "131438"
    assert bot.get(f"{PAGES}/{hiring}").status_code == 200
    assert li_na.get(f"{PAGES}/{hiring}").status_code == 200
    assert update(li_na, 2, hiring).status_code == 403
    answer = tom.get(f"{PAGES}/{hiring}")
    assert answer.status_code == 404
    assert json_of(answer)["errors"][0]["code"] == "NOT_FOUND"
    assert hiring not in [page["id"] for page in json_of(tom.get(PAGES))["results"]]
    found = json_of(tom.get("/wiki/rest/api/search", cql="label = okr"))
    okrs = [page for page in SEEDED if "okr" in page.labels]
    assert found["totalSize"] == sum(page.parent != HIDDEN_DEPARTMENT for page in okrs)


def test_nobody_is_not_let_in(nobody: Caller) -> None:
    assert nobody.get(PAGES).status_code == 401
    assert nobody.get("/wiki/rest/api/user/current").status_code == 403


def test_an_unknown_address_is_answered_in_the_apis_own_shape(bot: Caller) -> None:
    assert "errors" in json_of(bot.get("/wiki/api/v2/nothing"))
    assert json_of(bot.get("/wiki/rest/api/nothing"))["statusCode"] == 404
    assert "errorMessages" in json_of(bot.get("/rest/api/3/nothing"))
    assert bot.call("PATCH", PAGES).status_code == 405
