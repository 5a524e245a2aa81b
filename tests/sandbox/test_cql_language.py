"""Every field, operator and function of CQL, over three pages of known content."""

from typing import Any

import pytest
from flask import Flask

from sandbox.directory import BOT, TOM
from sandbox.site import Site
from tests.sandbox.conftest import Caller, app_of_a_fresh_site, json_of

SEARCH = "/wiki/rest/api/search"
PAGES = "/wiki/api/v2/pages"
MACRO = (
    '<ac:structured-macro ac:name="okr-objective"><ac:parameter ac:name="objective">hidden'
    "</ac:parameter></ac:structured-macro>"
)
MENTION = f'<p>Ask <ac:link><ri:user ri:account-id="{TOM.account_id}" /></ac:link></p>'
DECLARED = [
    {
        "keyConfigurations": [
            {
                "propertyKey": "okr-progress",
                "extractions": [
                    {"objectName": "percent", "type": "number", "alias": "okrpercent"},
                    {"objectName": "state", "type": "string"},
                    {"objectName": "note.text", "type": "text", "alias": "okrnote"},
                    {"objectName": "due", "type": "date", "alias": "okrdue"},
                    {"objectName": "teams", "type": "string"},
                ],
            }
        ]
    }
]
FIRST = {
    "percent": 5,
    "state": "on track",
    "note": {"text": "Trust grows"},
    "due": "2026-12-31",
    "teams": ["data", "sales"],
}
SECOND = {"percent": 70, "state": "behind", "note": {"text": "Slow"}, "due": "2026-10-01"}


@pytest.fixture
def app() -> Flask:
    return app_of_a_fresh_site("empty")


@pytest.fixture
def pages(bot: Caller, tom: Caller) -> list[str]:
    """A page, one below it by another author, and one with a macro and a mention."""
    first = _page(bot, "Quality goals", "<p>Win the trust of exporters</p>")
    below = _page(tom, "Speed goals", "<p>Ship &amp; learn, exporting daily</p>", parentId=first)
    third = _page(bot, "质量与交付", f"<p>准时交付</p>{MACRO}{MENTION}")
    bot.post(f"/wiki/rest/api/content/{first}/label", [{"name": "okr"}])
    bot.post(f"{PAGES}/{first}/properties", {"key": "okr-progress", "value": FIRST})
    bot.post(f"{PAGES}/{below}/properties", {"key": "okr-progress", "value": SECOND})
    assert bot.post("/_sandbox/properties", DECLARED).status_code == 201
    return [first, below, third]


def _page(caller: Caller, title: str, text: str, **more: Any) -> str:
    body = {"spaceId": "65538", "title": title, "body": {"value": text}, **more}
    return str(json_of(caller.post(PAGES, body))["id"])


def found(caller: Caller, pages: list[str], cql: str, **query: Any) -> list[int]:
    """Which of the three, as places in their list."""
    answer = caller.get(SEARCH, cql=cql, **query)
    assert answer.status_code == 200, answer.json
    return [pages.index(result["content"]["id"]) for result in json_of(answer)["results"]]


@pytest.mark.parametrize(
    ("cql", "expected"),
    [
        ("type = page", [0, 1, 2]),
        ("type != page", []),
        ("type in (page, blogpost) and space = HARBOUR", [0, 1, 2]),
        ("space.key not in (HARBOUR)", []),
        ('title = "speed goals"', [1]),
        ('title != "speed goals"', [0, 2]),
        ('title ~ "goals"', [0, 1]),
        ('title !~ "goals"', [2]),
        ('title ~ "goal"', []),
        ('title ~ "goal*"', [0, 1]),
        ('title ~ "质量"', [2]),
        ('text ~ "trust exporters"', [0]),
        ('text ~ "\\"trust of exporters\\""', [0]),
        ('text ~ "\\"trust exporters\\""', []),
        ('text ~ "export*"', [0, 1]),
        ('text ~ "hidden"', []),
        ('siteSearch ~ "准时交付"', [2]),
        ('siteSearch ~ "speed learn"', [1]),
        ("label = okr", [0]),
        ("label != okr order by title desc", [2, 1]),
        ("macro = okr-objective", [2]),
        ('macro != "okr-objective"', [0, 1]),
        (f'mention = "{TOM.account_id}"', [2]),
        (f'mention not in ("{TOM.account_id}")', [0, 1]),
        (f'creator = "{TOM.account_id}"', [1]),
        ("creator = currentUser()", [0, 2]),
        ("creator in (currentUser()) and not mention = currentUser()", [0, 2]),
        (f'contributor = "{BOT.account_id}"', [0, 2]),
        ('creator.fullname ~ "becker"', [1]),
        ("container = 1", []),
        ("created > now('-1h') and lastmodified <= now('1h')", [0, 1, 2]),
        ('created >= startOfDay("-1d") and created < endOfWeek("+1w")', [0, 1, 2]),
        ("created < startOfYear()", []),
        ("created >= startOfMonth('-2M') AND created <= endOfYear('1y')", [0, 1, 2]),
        ("favourite = currentUser()", []),
        ("okrpercent <= 5", [0]),
        ("content.property[okr-progress].percent > 5", [1]),
        ("content.property[okr-progress].percent in (5, 70)", [0, 1]),
        ("okrpercent != 5", [1]),
        ('content.property[okr-progress].state = "on track"', [0]),
        ('content.property[okr-progress].state != "on track"', [1]),
        ("content.property[okr-progress].teams = sales", [0]),
        ("okrnote ~ trust", [0]),
        ("okrnote !~ trust", [1]),
        ("okrdue > 2026-12-01", [0]),
        ("okrdue = '2026-10-01'", [1]),
        ("(label = okr or okrpercent > 50) and type = page order by title desc", [1, 0]),
        ("not (label = okr or macro = okr-objective)", [1]),
        ("type = page order by type, creator asc, title desc", [2, 0, 1]),
    ],
)
def test_a_query_finds(bot: Caller, pages: list[str], cql: str, expected: list[int]) -> None:
    assert found(bot, pages, cql) == expected


def test_ids_and_the_tree(bot: Caller, pages: list[str]) -> None:
    first, below, third = pages

    assert found(bot, pages, f"id = {third}") == [2]
    assert found(bot, pages, f"content in ({first}, {below})") == [0, 1]
    assert found(bot, pages, f"parent = {first}") == [1]
    assert found(bot, pages, f"ancestor = {first} or id = {first}") == [0, 1]
    assert found(bot, pages, f"id not in ({first}, {below})") == [2]


def test_watches_are_the_askers_own(bot: Caller, tom: Caller, pages: list[str]) -> None:
    path = f"/wiki/rest/api/user/watch/content/{pages[1]}"
    bot.client.post(path, headers={"X-Atlassian-Token": "no-check", **_signed_in(bot)}).get_data()

    assert found(bot, pages, "watcher = currentUser()") == [1]
    assert found(tom, pages, f'watcher = "{BOT.account_id}"') == []


def _signed_in(caller: Caller) -> dict[str, str]:
    from tests.sandbox.conftest import authorization  # noqa: PLC0415 - used once

    assert caller.user is not None
    return authorization(caller.user)


def test_favourites_are_found(bot: Caller, tom: Caller, pages: list[str]) -> None:
    path = "/wiki/rest/api/relation/favourite/from/user/current/to"
    assert bot.put(f"{path}/content/{pages[2]}", {}).status_code == 200
    assert bot.put(f"{path}/space/HARBOUR", {}).status_code == 200

    assert found(bot, pages, "favourite = currentUser()") == [2]
    assert found(bot, pages, "space in favouriteSpaces()") == [0, 1, 2]
    assert found(tom, pages, "favourite = currentUser()") == []
    assert tom.get(f"{path}/content/{pages[2]}").status_code == 404
    assert bot.delete(f"{path}/content/{pages[2]}").status_code == 204
    assert found(bot, pages, "favourite = currentUser()") == []


def test_what_was_looked_at_is_found_again(
    bot: Caller, tom: Caller, site: Site, pages: list[str]
) -> None:
    for page in (pages[2], pages[0]):
        site.pages.watches.view(int(page), BOT.account_id)

    assert found(bot, pages, "id in recentlyViewedContent()") == [0, 2]
    assert found(bot, pages, "id in recentlyViewedContent(1)") == [0]
    assert found(bot, pages, "id in recentlyViewedContent(1, 1)") == [2]
    assert found(bot, pages, "space in recentlyViewedSpaces(3)") == [0, 1, 2]
    assert found(bot, pages, "space in favouriteSpaces()") == []
    assert found(tom, pages, "id in recentlyViewedContent()") == []


@pytest.mark.parametrize(
    ("cql", "reason"),
    [
        ("colour = red", "No field exists with name: colour"),
        ("content.property[okr-progress].missing = 1", "No field exists with name"),
        ("content.property[other].percent = 1", "No field exists with name"),
        ("label > okr", "The operator '>' is not supported by 'label'"),
        ("text = trust", "The operator '=' is not supported by 'text'"),
        ("created in (2026-01-01)", "The operator 'in' is not supported by 'created'"),
        ("okrnote = trust", "The operator '=' is not supported by 'okrnote'"),
        ("label is empty", "The operator 'is' is not supported by 'label'"),
        ("label was okr", "The operator 'was' is not supported by 'label'"),
        ("created > 31/12/2026", "Could not parse the date '31/12/2026'"),
        ("okrpercent > many", "'many' is not a number"),
        ("creator = currentSpace()", "Unknown function: currentspace()"),
        ("label = nothing()", "Unknown function: nothing()"),
        ("parent = currentContent()", "Unknown function: currentcontent()"),
        ("id in recentlyViewedContent(x)", "A function takes whole numbers"),
        ("type = page order by label", "Cannot order by: label"),
        ("type = page order by nothing", "No field exists with name: nothing"),
        ("type = page order by", "Could not parse cql : type = page order by"),
        ("order by title", "Could not parse cql : order by title"),
        ("type = page and", "Could not parse cql : type = page and"),
    ],
)
def test_a_wrong_query_is_named(bot: Caller, pages: list[str], cql: str, reason: str) -> None:
    assert pages
    answer = bot.get(SEARCH, cql=cql)

    assert answer.status_code == 400, cql
    message = "com.atlassian.confluence.api.service.exceptions.BadRequestException: "
    assert json_of(answer)["message"].startswith(message + reason)


@pytest.mark.parametrize(
    "declared",
    [
        None,
        [],
        {},
        {"modules": {"confluenceContentProperties": [{"keyConfigurations": [{}]}]}},
        [{"keyConfigurations": [{"propertyKey": "k", "extractions": [{"objectName": "a"}]}]}],
    ],
)
def test_a_wrong_declaration_is_refused(bot: Caller, declared: Any) -> None:
    answer = bot.post("/_sandbox/properties", declared)

    assert answer.status_code == (201 if declared == [] else 400)


def test_an_excerpt_shows_what_was_sought(bot: Caller, pages: list[str]) -> None:
    assert pages

    def excerpt(**query: str) -> str:
        answer = bot.get(SEARCH, cql='text ~ "learn"', **query)
        return str(json_of(answer)["results"][0]["excerpt"])

    assert "Ship &amp; @@@hl@@@learn@@@endhl@@@" in excerpt()
    assert "Ship & @@@hl@@@learn@@@endhl@@@" in excerpt(excerpt="highlight_unescaped")
    assert excerpt(excerpt="indexed") == "Ship &amp; learn, exporting daily"
    assert excerpt(excerpt="none") == ""
    assert bot.get(SEARCH, cql="type = page", excerpt="much").status_code == 400
