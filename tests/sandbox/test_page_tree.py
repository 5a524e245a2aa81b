"""Versions of a page, pages above and below it, and the lists of a space and a label."""

from typing import Any

import pytest

from sandbox.seed_pages import PAGES as SEEDED
from tests.sandbox.conftest import Caller, json_of
from tests.sandbox.test_pages import PAGES, update

ID, HOME = "131073", "131584"


def ids(caller: Caller, path: str, **query: Any) -> list[str]:
    answer = caller.get(path, **query)
    assert answer.status_code == 200, answer.json
    return [one["id"] for one in json_of(answer)["results"]]


@pytest.fixture
def below(bot: Caller) -> list[str]:
    """A child, a grandchild and its child."""
    made: list[str] = [ID]
    for title in ("Child", "Grandchild", "Leaf"):
        given = {"spaceId": "65538", "title": title, "parentId": made[-1]}
        made.append(json_of(bot.post(PAGES, given))["id"])
    return made[1:]


def test_versions_are_listed_and_told_apart(bot: Caller) -> None:
    update(bot, 2)
    update(bot, 3, title="Third")
    path = f"{PAGES}/{ID}/versions"

    listed = json_of(bot.get(path, **{"body-format": "storage"}))["results"]
    assert [one["number"] for one in listed] == [3, 2, 1]
    assert listed[0]["page"]["title"] == "Third"
    assert listed[1]["page"]["body"]["storage"]["value"] == "<p>Changed</p>"
    oldest = json_of(bot.get(path, sort="modified-date", limit=1))
    assert [one["number"] for one in oldest["results"]] == [1]
    assert "next" in oldest["_links"]

    middle = json_of(bot.get(f"{path}/2"))
    assert (middle["prevVersion"], middle["nextVersion"]) == (1, 3)
    assert "prevVersion" not in json_of(bot.get(f"{path}/1"))
    assert "nextVersion" not in json_of(bot.get(f"{path}/3"))
    assert bot.get(f"{path}/4").status_code == 404


def test_the_tree_is_walked(bot: Caller, below: list[str]) -> None:
    child, grandchild, leaf = below

    assert ids(bot, f"{PAGES}/{ID}/children") == [child]
    assert ids(bot, f"{PAGES}/{ID}/direct-children") == [child]
    assert ids(bot, f"{PAGES}/{ID}/descendants") == [child, grandchild]
    assert ids(bot, f"{PAGES}/{ID}/descendants", depth=3) == below
    assert ids(bot, f"{PAGES}/{leaf}/ancestors") == [HOME, ID, child, grandchild]
    assert bot.get(f"{PAGES}/{ID}/descendants", depth=6).status_code == 400
    assert ids(bot, f"{PAGES}/{leaf}/children") == []


def test_a_page_moves_but_not_under_itself(bot: Caller, below: list[str]) -> None:
    child, _, leaf = below

    assert update(bot, 2, child, parentId=leaf).status_code == 400
    assert update(bot, 2, leaf, parentId=ID).status_code == 200

    assert ids(bot, f"{PAGES}/{ID}/children") == [child, leaf]


def test_a_space_lists_its_pages(bot: Caller, below: list[str]) -> None:
    path = "/wiki/api/v2/spaces/65538"
    assert json_of(bot.get(path))["_links"]["base"].endswith("/wiki")
    assert len(ids(bot, f"{path}/pages", limit=100)) == len(SEEDED) + len(below)
    assert ids(bot, f"{path}/pages", depth="root") == [HOME]
    assert ids(bot, f"{path}/pages", sort="-id", limit=1) == [below[-1]]
    assert bot.get(f"{path}/pages", sort="colour").status_code == 400
    assert bot.get("/wiki/api/v2/spaces/7").status_code == 404
    assert bot.get("/wiki/api/v2/spaces/7/pages").status_code == 404


def test_a_label_lists_its_pages(bot: Caller) -> None:
    labels = json_of(bot.get(f"{PAGES}/131511/labels"))["results"]

    assert ids(bot, f"/wiki/api/v2/labels/{labels[0]['id']}/pages") == ["131511"]
    assert bot.get("/wiki/api/v2/labels/999/pages").status_code == 404


def test_a_title_changes_alone(bot: Caller) -> None:
    before = json_of(bot.get(f"{PAGES}/{ID}", **{"body-format": "storage"}))

    assert bot.put(f"{PAGES}/{ID}/title", {"title": "Other"}).status_code == 400
    answer = bot.put(f"{PAGES}/{ID}/title", {"status": "current", "title": "Other"})

    assert answer.status_code == 200
    after = json_of(bot.get(f"{PAGES}/{ID}", **{"body-format": "storage"}))
    assert (after["title"], after["version"]["number"]) == ("Other", 2)
    assert after["body"] == before["body"]
