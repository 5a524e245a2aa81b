"""Boards, sprints, epics and ranks; and every answer that no description at hand describes."""

from typing import Any

import pytest

from tests.sandbox.agile_calls import UNDESCRIBED_CALLS
from tests.sandbox.conftest import Caller, json_of
from tests.sandbox.published import Call

AGILE = "/rest/agile/1.0"
SPRINT = {"name": "Sprint 9", "originBoardId": 3}
DATES = {"startDate": "2026-11-02T08:00:00Z", "endDate": "2026-11-16T08:00:00Z"}


def sprint(bot: Caller, **values: Any) -> Any:
    made = bot.post(f"{AGILE}/sprint", SPRINT | values)
    assert made.status_code == 201, made.json
    return json_of(made)


def field_changes(bot: Caller, key: str) -> list[tuple[str, str, str, str]]:
    history = json_of(bot.get(f"/rest/api/3/issue/{key}/changelog"))["values"]
    return [
        (item["field"], item["fieldtype"], item.get("fieldId", ""), item["toString"])
        for item in history[-1]["items"]
    ]


@pytest.mark.parametrize(("call", "keys"), UNDESCRIBED_CALLS, ids=str)
def test_an_undescribed_answer_has_the_keys_clients_read(
    bot: Caller, call: Call, keys: str
) -> None:
    answer = call.made(bot)

    assert answer.status_code == call.status, answer.get_data(as_text=True)
    for key in keys.split():
        held = json_of(answer)
        for step in key.split("."):
            assert step in held, key
            held = held[step]


def test_a_sprint_begins_and_ends(bot: Caller) -> None:
    """What is done stays in the closed sprint; the rest goes back to the backlog."""
    made = sprint(bot, **DATES)
    path = f"{AGILE}/sprint/{made['id']}"
    bot.post(f"{path}/issue", {"issues": ["HBR-29", "HBR-24"]})
    assert field_changes(bot, "HBR-29") == [("Sprint", "custom", "customfield_10020", "Sprint 9")]
    assert bot.found("sprint in futureSprints()") == {"HBR-24", "HBR-29"}

    bot.post(path, {"state": "active"})
    assert bot.found("sprint = 'Sprint 9' and sprint in openSprints()") == {"HBR-24", "HBR-29"}
    bot.post("/rest/api/3/issue/HBR-29/transitions", {"transition": {"id": "31"}})
    closed = json_of(bot.post(path, {"state": "closed"}))

    assert closed["state"] == "closed"
    assert "completeDate" in closed
    assert bot.found("sprint in closedSprints()") == {"HBR-29"}
    assert bot.post(path, {"state": "active"}).status_code == 400
    assert bot.post(f"{path}/issue", {"issues": ["HBR-24"]}).status_code == 400


def test_a_sprint_needs_its_dates_to_begin(bot: Caller) -> None:
    made = sprint(bot)

    refused = bot.post(f"{AGILE}/sprint/{made['id']}", {"state": "active"})

    assert refused.status_code == 400
    assert bot.post(f"{AGILE}/sprint", {"name": "", "originBoardId": 3}).status_code == 400
    assert bot.get(f"{AGILE}/board/3/sprint", state="soon").status_code == 400


def test_issues_are_ranked_before_and_after_others(bot: Caller) -> None:
    def order() -> list[str]:
        found = bot.search("parent = HBR-1 order by rank", fields="key")
        return [issue["key"] for issue in json_of(found)["issues"]]

    assert order() == ["HBR-22", "HBR-23", "HBR-24", "HBR-27", "HBR-28", "HBR-29"]
    moved = {"issues": ["HBR-29", "HBR-28"], "rankBeforeIssue": "HBR-23"}
    assert bot.put(f"{AGILE}/issue/rank", moved).status_code == 204
    assert order() == ["HBR-22", "HBR-29", "HBR-28", "HBR-23", "HBR-24", "HBR-27"]
    assert field_changes(bot, "HBR-29")[0] == (
        "Rank",
        "custom",
        "customfield_10019",
        "Ranked higher",
    )
    bot.put(f"{AGILE}/issue/rank", {"issues": ["HBR-22"], "rankAfterIssue": "HBR-27"})
    assert order()[-1] == "HBR-22"


def test_a_team_managed_board_counts_its_own_points(bot: Caller) -> None:
    boards = json_of(bot.get(f"{AGILE}/board", projectKeyOrId="YUN"))["values"]
    (board,) = boards
    told = json_of(bot.get(f"{AGILE}/board/{board['id']}/configuration"))

    assert board["type"] == "simple"
    assert told["estimation"]["field"]["fieldId"] == "customfield_10016"
    assert bot.get(f"{AGILE}/board/99").status_code == 404
