"""CQL search over pages."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from sandbox.directory import BOT
from sandbox.seed_pages import PAGES, SeedPage
from tests.sandbox.conftest import Caller, json_of

SEARCH = "/wiki/rest/api/search"


def seeded(wanted: Callable[[SeedPage], bool]) -> list[str]:
    """Ids of the seed's pages that are so, in the order of ids."""
    return [str(page.id) for page in PAGES if wanted(page)]


OKR_PAGES = seeded(lambda page: "okr" in page.labels)
OLD_GUIDE = "133190"
TITLES = {str(page.id): page.title.casefold() for page in PAGES}


def ids(caller: Caller, cql: str, **query: Any) -> list[str]:
    answer = caller.get(SEARCH, cql=cql, **query)
    assert answer.status_code == 200, answer.json
    return [result["content"]["id"] for result in json_of(answer)["results"]]


@pytest.mark.parametrize(
    ("cql", "found"),
    [
        ("label = okr", OKR_PAGES),
        (
            'label in ("okr", "目标") and type = page and space = HARBOUR',
            seeded(lambda page: bool({"okr", "目标"} & set(page.labels))),
        ),
        ("label = 'meeting-notes'", ["131511"]),
        ("type = page and not label = okr", seeded(lambda page: "okr" not in page.labels)),
        ("label = okr and title ~ '云仓*'", ["131146", "132387"]),
        ('title = "People OKRs Q4 2026"', ["131438"]),
        ("id in (131073, 131146) order by title desc", ["131146", "131073"]),
        ("label = okr and lastmodified > now('-5m')", []),
        (
            "label = okr order by title desc",
            sorted(OKR_PAGES, key=TITLES.__getitem__, reverse=True),
        ),
        ("label = okr and lastmodified < 2026-09-28", [OLD_GUIDE]),
        ("space = NOWHERE or id = 131073", ["131073"]),
        ("label = okr and creator = currentUser()", ["131438"]),
        ("contributor in (currentUser(), nobody) and space.type = global", ["131438"]),
        (
            "label = okr and creator != currentUser() and title ~ OKRs",
            seeded(
                lambda page: "okr" in page.labels and "OKRs" in page.title and page.author != BOT
            ),
        ),
        ("space.title ~ harbour* and label = meeting-notes", ["131511"]),
        ('label = okr and created >= startOfYear("-20y")', OKR_PAGES),
        ("label = okr and created > endOfYear()", []),
        ("label = okr and lastmodified > now()", []),
        ("watcher = currentUser()", []),
        ("parent = 131073 or ancestor = 131073", []),
    ],
)
def test_a_query_finds(bot: Caller, cql: str, found: list[str]) -> None:
    assert ids(bot, cql) == found


def test_a_change_is_found_by_its_time(bot: Caller) -> None:
    body = {
        "id": "131146",
        "status": "current",
        "title": "云仓",
        "body": {"representation": "storage", "value": "<p/>"},
        "version": {"number": 2},
    }
    bot.put("/wiki/api/v2/pages/131146", body)

    assert ids(bot, 'label = okr and lastmodified > now("-5m")') == ["131146"]


def test_results_are_paged_and_say_their_versions(bot: Caller) -> None:
    first = json_of(bot.get(SEARCH, cql="label = okr", limit=4, expand="content.version"))
    assert first["size"] == 4
    assert first["totalSize"] == len(OKR_PAGES)
    assert first["results"][0]["content"]["version"]["number"] == 1

    second = json_of(bot.get("/wiki" + first["_links"]["next"]))
    assert [result["content"]["id"] for result in second["results"]] == OKR_PAGES[4:8]
    last = json_of(bot.get(SEARCH, cql="label = okr", start=len(OKR_PAGES) - 4, limit=4))
    assert "next" not in last["_links"]
    assert second["results"][0]["content"]["version"]["number"] == 1


@pytest.mark.parametrize(
    "cql",
    [
        "",
        "label =",
        "colour = red",
        "label > okr",
        "created > soon",
        "creator = me()",
        "space = currentSpace()",
        "created > now(noon)",
        "title ~ now()",
    ],
)
def test_a_wrong_query_is_refused(bot: Caller, cql: str) -> None:
    answer = bot.get(SEARCH, cql=cql)

    assert answer.status_code == 400
    assert json_of(answer)["statusCode"] == 400


def test_a_query_knows_the_tree_and_where_it_stands(bot: Caller) -> None:
    pages = "/wiki/api/v2/pages"
    given = {"spaceId": "65538", "title": "Child", "parentId": "131073"}
    child = json_of(bot.post(pages, given))["id"]
    leaf = json_of(bot.post(pages, given | {"title": "Leaf", "parentId": child}))["id"]

    assert ids(bot, "parent = 131073") == [child]
    assert ids(bot, "ancestor = 131073 order by title desc") == [leaf, child]
    context = json.dumps({"spaceKey": "HARBOUR", "contentId": child})
    here = "space = currentSpace() and parent = currentContent()"
    assert ids(bot, here, cqlcontext=context) == [leaf]
    assert bot.get(SEARCH, cql=here, cqlcontext="{").status_code == 400


def test_content_is_searched_without_its_wrapping(bot: Caller) -> None:
    path = "/wiki/rest/api/content/search"

    answer = json_of(bot.get(path, cql="label = okr", limit=4, expand="version"))
    assert [found["id"] for found in answer["results"]] == OKR_PAGES[:4]
    assert answer["results"][0]["version"]["number"] == 1
    rest = json_of(bot.get("/wiki" + answer["_links"]["next"]))
    assert [found["id"] for found in rest["results"]] == OKR_PAGES[4:8]
