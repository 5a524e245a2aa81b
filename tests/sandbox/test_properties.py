"""Content properties: found by key, changed by id and version."""

from typing import Any

import pytest

from tests.sandbox.conftest import Caller, json_of

PATH = "/wiki/api/v2/pages/131073/properties"


@pytest.fixture
def kept(bot: Caller) -> Any:
    return json_of(bot.post(PATH, {"key": "okr-state", "value": {"n": 1}}))


def test_a_property_is_found_by_its_key(bot: Caller, kept: Any) -> None:
    bot.post(PATH, {"key": "other", "value": "x"})

    assert json_of(bot.get(PATH, key="okr-state"))["results"] == [kept]
    assert len(json_of(bot.get(PATH))["results"]) == 2
    assert json_of(bot.get(PATH, key="missing"))["results"] == []


def test_a_key_is_created_once(bot: Caller, kept: Any) -> None:
    answer = bot.post(PATH, {"key": "okr-state", "value": 2})

    assert answer.status_code == 400
    assert "already exists" in json_of(answer)["errors"][0]["title"]


def test_a_property_changes_by_the_next_version(bot: Caller, kept: Any) -> None:
    path = f"{PATH}/{kept['id']}"
    change = {"key": "okr-state", "value": {"n": 2}, "version": {"number": 2}}

    assert json_of(bot.put(path, change))["value"] == {"n": 2}
    conflict = bot.put(path, change)
    assert conflict.status_code == 409
    assert json_of(conflict)["errors"][0]["code"] == "CONFLICT"
    assert json_of(bot.get(path))["version"]["number"] == 2


def test_a_key_is_not_an_id(bot: Caller, kept: Any) -> None:
    assert bot.get(f"{PATH}/okr-state").status_code == 400


def test_a_deleted_property_is_gone(bot: Caller, kept: Any) -> None:
    path = f"{PATH}/{kept['id']}"

    assert bot.delete(path).status_code == 204
    assert bot.get(path).status_code == 404
    assert bot.post(PATH, {"key": "okr-state", "value": 3}).status_code == 200


def test_a_value_has_a_largest_size(bot: Caller) -> None:
    assert bot.post(PATH, {"key": "big", "value": "x" * 33_000}).status_code == 400


def test_a_property_does_not_change_the_page(bot: Caller, kept: Any) -> None:
    assert json_of(bot.get("/wiki/api/v2/pages/131073"))["version"]["number"] == 1
