"""JQL finds what Jira would find, and refuses in Jira's words."""

from dataclasses import replace

import pytest

from sandbox.jira.kinds import SEALED
from sandbox.site import Site
from tests.sandbox.conftest import Caller, json_of


def keys(*numbers: int, project: str = "HBR") -> set[str]:
    return {f"{project}-{number}" for number in numbers}


FIRST_EPIC = keys(22, 23, 24, 27, 28, 29)


@pytest.mark.parametrize(
    ("jql", "found"),
    [
        ("parent = HBR-1", FIRST_EPIC),
        ("parent = 10001", FIRST_EPIC),
        ('"parent" in (HBR-1)', FIRST_EPIC),
        ("parent = HBR-24", keys(25, 26)),
        ("key in (HBR-1, 'hbr-2')", keys(1, 2)),
        ("issuekey = HBR-1 or id = 10002", keys(1, 2)),
        ("project = HBR AND key < HBR-3", keys(1, 2)),
        ("parent = HBR-1 and statusCategory = Done", keys(22, 23, 28)),
        ("parent = HBR-1 and statusCategory != done", keys(24, 27, 29)),
        ("parent = HBR-1 and not statusCategory = Done", keys(24, 27, 29)),
        ("parent = HBR-1 and status = 'In Progress'", keys(24)),
        ("parent = YUN-1 and status = 进行中", keys(16, project="YUN")),
        ("parent = YUN-1 and statusCategory in (indeterminate)", keys(16, project="YUN")),
        ("parent = HBR-1 and resolution is not EMPTY", keys(22, 23, 28)),
        ("parent = HBR-1 and resolution = Unresolved", keys(24, 27, 29)),
        ('parent = HBR-2 and resolution = "Won\'t Do"', keys(35)),
        ("parent = HBR-1 and type = Bug", keys(28)),
        ("parent = HBR-1 and issuetype not in (Bug, Task)", keys(22, 23, 24, 27)),
        ("labels = okr and project = HBR", keys(1, 129, 130)),
        ("project = HBR and summary ~ 'quote cents' or summary ~ \"offic* shen*\"", keys(26)),
        ("summary ~ 'quotes cents' and project = HBR", keys(28)),
        ("summary ~ 温度", {"YUN-64"}),
        ("parent = HBR-1 and (type = Bug or type = Task) and resolution is empty", keys(29)),
        ("parent = HBR-1 && type = Bug || key = HBR-1", keys(1, 28)),
        ("created >= 2027-01-01 and project = HBR", set()),
        (
            "parent = HBR-1 and created >= '2026-09-01' and created < \"2026/12/31 10:00\"",
            FIRST_EPIC,
        ),
    ],
)
def test_a_query_finds(bot: Caller, jql: str, found: set[str]) -> None:
    assert bot.found(jql) == found


def test_unequal_leaves_out_issues_without_a_value(bot: Caller) -> None:
    """In Jira `resolution != Done` does not find unresolved issues."""
    assert bot.found("parent = HBR-2 and resolution != Done") == keys(35)
    assert bot.found("parent = HBR-2 and not resolution = Done") == keys(35)


def test_relative_dates_count_from_now(bot: Caller, site: Site) -> None:
    """`-5m` is five minutes ago, with and without quotation marks or now()."""
    bot.put("/rest/api/3/issue/HBR-27", {"fields": {"summary": "Price part loads"}})

    for recent in ("updated >= -5m", 'updated >= "-5m"', 'updated > now("-5m")'):
        assert bot.found(f"project = HBR and {recent}") == keys(27)
    assert bot.found("project = HBR and updated > now()") == set()
    assert site.issues.find("HBR-27") is not None


def test_the_reader_is_current_user(li_na: Caller) -> None:
    mine = li_na.found("assignee = currentUser() and project = YUN")
    assert mine == li_na.found("assignee = 李娜 and project = YUN")
    assert "YUN-1" in mine


def test_results_come_in_the_order_asked_for(bot: Caller) -> None:
    answer = bot.search("parent = HBR-1 order by status desc, key asc", fields="key")

    found = [issue["key"] for issue in json_of(answer)["issues"]]
    assert found == ["HBR-22", "HBR-23", "HBR-28", "HBR-24", "HBR-27", "HBR-29"]


@pytest.mark.parametrize(
    ("jql", "message"),
    [
        ("", "Unbounded JQL queries are not allowed here. Please add a search restriction"),
        ("order by key", "Unbounded JQL queries are not allowed here."),
        ("key = NOPE-1", "An issue with key 'NOPE-1' does not exist for field 'key'."),
        ("parent = HBR-999", "An issue with key 'HBR-999' does not exist for field 'parent'."),
        ("project = NOPE", "The value 'NOPE' does not exist for the field 'project'."),
        ("status = Blocked", "The value 'Blocked' does not exist for the field 'status'."),
        ("resolution = Fixed", "The value 'Fixed' does not exist for the field 'resolution'."),
        ("colour = red", "Field 'colour' does not exist or you do not have permission to view it."),
        ("project ~ HBR", "The operator '~' is not supported by the 'project' field."),
        ("created > soon", "Date value 'soon' for field 'created' is invalid."),
        ("assignee = friendsOf(x)", "Unable to find JQL function 'friendsof()'."),
        ("project HBR", "Expecting operator but got 'HBR'."),
        ("project = HBR key = HBR-1", "Expecting either 'OR' or 'AND' but got 'key'."),
        ("project = 'HBR", "The quoted string 'HBR' has not been completed."),
        ("(project = HBR", "Expecting ')' before the end of the query."),
        ("project = HBR order by colour", "Field 'colour' does not exist"),
    ],
)
def test_a_wrong_query_is_refused_in_jiras_words(bot: Caller, jql: str, message: str) -> None:
    answer = bot.search(jql)

    assert answer.status_code == 400
    assert message in " ".join(json_of(answer)["errorMessages"])
    assert json_of(answer)["errors"] == {}


def test_every_wrong_clause_is_named(bot: Caller) -> None:
    answer = bot.search("project = NOPE and key = NOPE-1")

    assert len(json_of(answer)["errorMessages"]) == 2


def test_an_unreadable_issue_does_not_exist_for_jql(bot: Caller, tom: Caller, site: Site) -> None:
    hidden = site.issues.find("HBR-27")
    assert hidden is not None
    site.issues.put(replace(hidden, security_id=SEALED), at=site.now())

    assert bot.search("key = HBR-27").status_code == 400
    assert "HBR-27" not in tom.found("parent = HBR-1")
