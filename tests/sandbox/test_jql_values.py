"""Functions, dates, numbers and text in JQL."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from sandbox.directory import BOT, LI_NA
from sandbox.query.borders import border
from tests.sandbox.conftest import Caller, app_of_a_fresh_site, json_of

NOW = datetime(2026, 11, 25, 17, 30, tzinfo=UTC)  # a Wednesday; in Shanghai already Thursday
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("name", "step", "expected"),
    [
        ("startofday", None, "2026-11-25T00:00:00"),
        ("startofday", "-1", "2026-11-24T00:00:00"),
        ("startofday", "+3h", "2026-11-25T03:00:00"),
        ("endofday", None, "2026-11-25T23:59:59.999000"),
        ("startofweek", None, "2026-11-22T00:00:00"),
        ("endofweek", "+1", "2026-12-05T23:59:59.999000"),
        ("startofmonth", "-1M", "2026-10-01T00:00:00"),
        ("endofmonth", None, "2026-11-30T23:59:59.999000"),
        ("endofmonth", "3", "2027-02-28T23:59:59.999000"),
        ("endofmonth", "+14d", "2026-12-14T23:59:59.999000"),
        ("startofyear", "+1y", "2027-01-01T00:00:00"),
        ("startofyear", "2M", "2026-03-01T00:00:00"),
        ("endofyear", None, "2026-12-31T23:59:59.999000"),
    ],
)
def test_periods_begin_and_end(name: str, step: str | None, expected: str) -> None:
    found = border(name, step, now=NOW, zone=ZoneInfo("Etc/UTC"))

    assert found is not None
    assert found.replace(tzinfo=None).isoformat() == expected


def test_days_are_the_readers_own() -> None:
    found = border("startofday", None, now=NOW, zone=SHANGHAI)

    assert found == datetime(2026, 11, 26, tzinfo=SHANGHAI)


@pytest.mark.parametrize("step", ["soon", "1x", "--1", "", "999999y"])
def test_a_step_that_is_none(step: str) -> None:
    assert border("startofyear", step, now=NOW, zone=SHANGHAI) is None


def test_due_dates_are_days_and_not_instants() -> None:
    app = app_of_a_fresh_site(now=lambda: NOW)
    bot, li_na = Caller(app.test_client(), BOT), Caller(app.test_client(), LI_NA)
    bot.put("/rest/api/3/issue/HBR-29", {"fields": {"duedate": "2026-11-25"}})

    for one, overdue in ((bot, False), (li_na, True)):
        assert one.found("key = HBR-29 and due = 2026-11-25") == {"HBR-29"}
        assert one.found("key = HBR-29 and due <= now()") == {"HBR-29"}
        assert bool(one.found("key = HBR-29 and due < now()")) == overdue
        assert bool(one.found("key = HBR-29 and due = startOfDay()")) != overdue
        assert one.found("key = HBR-29 and due in (2026-11-24, 2026-11-25)") == {"HBR-29"}
        assert one.found("key = HBR-29 and due not in (2026-11-25)") == set()


@pytest.mark.parametrize(
    ("jql", "found"),
    [
        ("parent = HBR-1 and cf[10036] = 8", {"HBR-23", "HBR-27"}),
        ('parent = HBR-1 and "Story Points" >= 8', {"HBR-23", "HBR-27"}),
        ("parent = HBR-1 and cf[10036] not in (8, 5)", {"HBR-28", "HBR-29"}),
        ("parent = HBR-24 and cf[10036] is empty", {"HBR-25", "HBR-26"}),
        ("cf[10014] = HBR-1", {f"HBR-{n}" for n in (22, 23, 24, 27, 28, 29)}),
        ('"Epic Link" = HBR-1 and type = Bug', {"HBR-28"}),
        ("issue in childIssuesOf(HBR-1) and hierarchyLevel = -1", {"HBR-25", "HBR-26"}),
        ("parent = HBR-24 and type in subtaskIssueTypes()", {"HBR-25", "HBR-26"}),
        ("parent = HBR-24 and type in standardIssueTypes()", set()),
        ("key = HBR-1 and reporter in membersOf(jira-users)", {"HBR-1"}),
        ("key = HBR-1 and reporter not in membersOf('site-admins')", set()),
        ("key = YUN-1 and project in projectsLeadByUser('李娜')", {"YUN-1"}),
        ("key = YUN-1 and project in projectsLeadByUser()", set()),
        ("parent = HBR-1 and type = Task and assignee in (EMPTY)", {"HBR-29"}),
        ("parent = HBR-1 and resolution in (Unresolved)", {"HBR-24", "HBR-27", "HBR-29"}),
        ("parent = HBR-1 and resolution != Unresolved", {"HBR-22", "HBR-23", "HBR-28"}),
        ("key = HBR-1 and labels = OKR", {"HBR-1"}),
        ("key = HBR-1 and labels = nobody-uses-this", set()),
        ("key = HBR-1 and priority = Medium and component is empty", {"HBR-1"}),
        ("key = HBR-1 and fixVersion is not null", set()),
        ("project = HBR and text ~ 'cny cents'", {"HBR-28"}),
        ("project = HBR and summary ~ '\"lose their cents\"'", {"HBR-28"}),
        ("project = HBR and summary ~ '\"cents their lose\"'", set()),
        ("project = HBR and summary ~ 'c?nts'", {"HBR-28"}),
        ("key = HBR-28 and summary !~ cents", set()),
        ("key = HBR-28 and description is empty", {"HBR-28"}),
        ("parent = HBR-1 and created < startOfYear(1) and created > startOfYear(-1) "
         "and type = Bug", {"HBR-28"}),
        ("key in (HBR-1, HBR-2) order by Rank desc, created, due asc, priority",
         {"HBR-1", "HBR-2"}),
    ],
)  # fmt: skip
def test_a_query_finds(bot: Caller, jql: str, found: set[str]) -> None:
    assert bot.found(jql) == found


def test_people_are_found_by_what_they_changed(tom: Caller) -> None:
    tom.put("/rest/api/3/issue/HBR-29", {"fields": {"summary": "Shorter"}})

    assert tom.found("issue in updatedBy('Tom Becker', -1d)") == {"HBR-29"}
    assert tom.found("issue in updatedBy('Tom Becker', -2d, -1d)") == set()
    assert tom.search("issue in updatedBy(nobody)").status_code == 400


@pytest.mark.parametrize(
    ("jql", "message"),
    [
        ("project = on", "'on' is a reserved JQL word. You must surround it in quotation marks to"
         " use it in a query. (line 1, character 11)"),
        ("assignee = tom.becker@harbourline.example", "The character '@' is a reserved JQL"),
        ("cf[10036] = many", "'many' is not a valid number for the field 'cf[10036]'."),
        ("cf[99999] = 1", "Field 'cf[99999]' does not exist"),
        ("cf[10036] ~ 1", "The operator '~' is not supported by the 'cf[10036]' field."),
        ("project in standardIssueTypes()", "A value provided by the function"),
        ("created > currentUser()", "A value provided by the function 'currentuser' is invalid"),
        ("assignee in membersOf()", "Function 'membersof' expected 1 arguments but received '0'."),
        ("assignee in membersOf(x)", "for group 'x'; the group does not exist."),
        ("assignee = membersOf(jira-users)", "does not support a list of values"),
        ("issue in linkedIssues(HBR-999)", "Issue 'HBR-999' could not be found in function"),
        ("created > startOfDay(soon)", "'soon' is not a valid offset for the function"),
        ("created > EMPTY", "The operator '>' does not support searching for an empty value."),
        ("fixVersion = 1", "The value '1' does not exist for the field 'fixVersion'."),
        ("rank > 1", "The operator '>' is not supported by the 'rank' field."),
        ("key = HBR-1 order by text", "Not able to sort using field 'text'."),
        ("key = HBR-1 order by " + ", ".join(["key"] * 8), "maximum number of sort fields is 7"),
    ],
)  # fmt: skip
def test_a_wrong_query_is_refused(bot: Caller, jql: str, message: str) -> None:
    answer = bot.search(jql)

    assert answer.status_code == 400
    assert message in " ".join(json_of(answer)["errorMessages"])
