"""`WAS` and `CHANGED` read the changelog; their predicates narrow it."""

from datetime import UTC, datetime

import pytest

from sandbox.directory import BOT, TOM
from tests.sandbox.conftest import Caller, app_of_a_fresh_site, json_of

START = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def told() -> Caller:
    """HBR-29 went through Done on the 24th and was handed to Tom on the 25th, by two people."""
    clock = [START]
    app = app_of_a_fresh_site(now=lambda: clock[0])
    bot, tom = Caller(app.test_client(), BOT), Caller(app.test_client(), TOM)
    issue = "/rest/api/3/issue/HBR-29"
    clock[0] = START.replace(day=24)
    bot.post(f"{issue}/transitions", {"transition": {"id": "31"}})
    clock[0] = START.replace(day=25)
    tom.post(f"{issue}/transitions", {"transition": {"id": "21"}})
    tom.put(issue, {"fields": {"assignee": {"accountId": TOM.account_id}}})
    clock[0] = START.replace(day=26)
    return bot


@pytest.mark.parametrize(
    "clause",
    [
        "status was Done",
        "status WAS IN (Done, 待办)",
        'status was "To Do" before 2026-11-24',
        "status was Done on 2026-11-25",
        "status was Done after 2026-11-24 before 2026-11-25",
        'status was Done during ("2026/11/24", "2026/11/25")',
        'status was Done by "OKR Bot"',
        "status was not Done before 2026-11-24",
        "status was not in (Done) by 李娜",
        "status changed",
        'status changed from "To Do" to Done',
        "status changed from (Done) to ('In Progress')",
        "status changed after -2d",
        "status changed on 2026-11-25 by 'Tom Becker'",
        "status changed before startOfDay(-1)",
        "status changed by membersOf(site-admins)",
        "resolution was Done and resolution is empty",
        "resolution was Unresolved before 2026-11-24",
        "assignee was EMPTY",
        "assignee changed from EMPTY to 'Tom Becker'",
        "not assignee changed by currentUser()",
        "not status was not Done",
        "reporter was currentUser()",
    ],
)
def test_the_past_is_found(told: Caller, clause: str) -> None:
    assert told.found(f"key = HBR-29 and {clause}") == {"HBR-29"}


@pytest.mark.parametrize(
    "clause",
    [
        "status was 已完成",
        "status was Done after 2026-11-26",
        "status was Done on 2026-11-23",
        "status was Done by 李娜",
        "status was not Done",
        "status changed to Done by 'Tom Becker'",
        "status changed from Done to 'To Do'",
        "status changed before 2026-11-24",
        'resolution was "Won\'t Do"',
        "not status changed",
        "assignee changed before 2026-11-25",
        "reporter changed",
    ],
)
def test_what_never_was_is_not_found(told: Caller, clause: str) -> None:
    assert told.found(f"key = HBR-29 and {clause}") == set()


def test_the_seed_has_a_past(bot: Caller) -> None:
    finished = bot.found("parent = HBR-1 and status changed to Done")

    assert finished == bot.found("parent = HBR-1 and statusCategory = Done")


@pytest.mark.parametrize(
    ("clause", "message"),
    [
        ("labels was x", "History searches do not support the 'labels' field."),
        ("summary changed", "History searches do not support the 'summary' field."),
        ("created was now()", "History searches do not support the 'created' field."),
        ("status was Blocked", "The value 'Blocked' does not exist for the field 'status'."),
        ("status changed to Gone", "The value 'Gone' does not exist for the field 'status'."),
        ("status changed by nobody", "The value 'nobody' does not exist for the field 'by'."),
        ("status changed after soon", "Date value 'soon' for field 'status' is invalid."),
        ("status changed during (now())", "The predicate 'during' takes 2 dates."),
        ("status was Done from 'To Do'", "The predicate 'from' is not supported"),
        ("status was", "Expecting operator before the end of the query."),
    ],
)
def test_a_wrong_question_is_named(bot: Caller, clause: str, message: str) -> None:
    answer = bot.search(f"project = HBR and {clause}")

    assert answer.status_code == 400
    assert message in " ".join(json_of(answer)["errorMessages"])
