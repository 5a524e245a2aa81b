"""An index says where to look first; what is found does not depend on it."""

from datetime import UTC, datetime, timedelta

import pytest

from sandbox.app import create_app
from sandbox.directory import BOT, TOM, User
from sandbox.jira.jql import JqlErrors, search
from sandbox.jira.jql_narrow import candidates
from sandbox.jira.jql_terms import Asking
from sandbox.query.parse import parse
from sandbox.site import Site
from tests.sandbox.conftest import Caller

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def company() -> Site:
    found: Site = create_app("company", now=lambda: NOON).extensions["sandbox"]
    return found


def asking(site: Site, user: User = BOT) -> Asking:
    return Asking(user, site.now(), site.issues)


@pytest.mark.parametrize("user", [BOT, TOM])
@pytest.mark.parametrize(
    "jql",
    [
        "parent = HBR-1",
        "parent in (HBR-1, PAY-3, 10002) and status = Done",
        "parent = HBR-9",
        "parent is not empty and parent != HBR-1",
        "parent in childIssuesOf(HBR-1)",
        "not parent = HBR-1 and project = HBR",
        "project = PAY and updated > -1w",
        "project in (PAY, '供应链协同') or key = CARE-7",
        "project != HBR and updated >= 2026-11-19",
        "updated = '2026-11-20 12:36'",
        "updated < 2026-07-01",
        "updated > startOfMonth() and type = Bug",
        "(parent = HBR-1 or labels = okr) and project = HBR",
        "(parent = HBR-1 or key in (HBR-2, HBR-3)) and summary ~ booking",
        "key in linkedIssues(HBR-1) or id = 10001",
        "'Epic Link' = HBR-129 and resolution is empty",
        "project = HBR and project = PAY",
    ],
)
def test_what_is_found_is_the_same_without_an_index(company: Site, jql: str, user: User) -> None:
    everything = company.issues.all()
    near = search(jql, asking(company, user), company.issues.searchable(now=NOON))

    assert near == search(jql, asking(company, user), everything)


@pytest.mark.parametrize(
    ("jql", "most"),
    [
        ("parent = HBR-1", 6),
        ("project = PAY AND updated > -10d", 60),
        ("key = HBR-1 or id = 10002", 2),
    ],
)
def test_little_is_looked_at(company: Site, jql: str, most: int) -> None:
    ids = candidates(parse(jql, strict=True).where, asking(company))

    assert ids is not None
    assert 0 < len(ids) <= most


@pytest.mark.parametrize("jql", ["parent = HBR-999", "project = NOWHERE", "updated > soon"])
def test_what_is_not_there_is_still_said(company: Site, jql: str) -> None:
    with pytest.raises(JqlErrors):
        search(jql, asking(company), company.issues.searchable(now=NOON))


def test_a_late_index_still_finds_an_issue_below_its_old_epic() -> None:
    clock = [NOON]
    app = create_app("company", search_lag=60, now=lambda: clock[0])
    bot = Caller(app.test_client(), BOT)
    bot.put("/rest/api/3/issue/HBR-29", {"fields": {"parent": {"key": "HBR-2"}}})

    assert "HBR-29" in bot.found("parent = HBR-1")
    assert "HBR-29" not in bot.found("parent = HBR-2")
    clock[0] += timedelta(seconds=61)
    assert "HBR-29" not in bot.found("parent = HBR-1")
    assert "HBR-29" in bot.found("parent = HBR-2")
