"""What reading Jira costs in calls, and what it does when Jira is odd."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from math import ceil

import pytest

from connector.atlassian.jira_search import MATCHED_PER_CALL
from connector.core.okr import EpicLink, IssueId, IssueKey, JqlLink, StatusCategory
from connector.core.policy import Depth
from sandbox.directory import BOT, TOM
from sandbox.jira.kinds import DONE, EPIC
from tests.atlassian.planted import Connection, StillClock, planted


@pytest.fixture
def lagging() -> Iterator[Connection]:
    """A site whose search sees a change only after an hour."""
    with planted("empty", search_lag=3600.0) as found:
        yield found


def epics_of(connection: Connection) -> list[EpicLink]:
    issues = connection.site.issues.all()
    return [EpicLink(IssueKey(issue.key)) for issue in issues if issue.type.level == 1]


def just_now() -> datetime:
    return StillClock().now() - timedelta(seconds=30)


def test_a_cold_read_of_all_epics_costs_no_more_than_its_pages(connection: Connection) -> None:
    """An epic and its children are counted together: 100 of them per call."""
    links = epics_of(connection)

    work = connection.jira.fetch_work(links, depth=Depth.CHILDREN)

    found = sum(1 + len(one.issues) for one in work.values() if one is not None)
    assert len([one for one in work.values() if one is not None]) == len(links) > 10
    assert connection.spent() == {"issue_search": ceil(found / 100)}


def test_many_issues_below_many_epics_cost_their_pages(connection: Connection) -> None:
    """Some two thousand issues below two hundred and fifty epics."""
    store, template = connection.site.issues, connection.site.issues.all()[-1]
    for number in range(250):
        epic = 20_000 + number * 10
        key = f"HBR-{epic}"
        store.put(
            replace(template, id=epic, key=key, type_id=EPIC.id, parent_id=None),
            at=template.created,
        )
        for child in range(1, 8):
            issue = replace(template, id=epic + child, key=f"HBR-{epic + child}", parent_id=epic)
            store.put(issue, at=template.created)
    links = [EpicLink(IssueKey(f"HBR-{20_000 + n * 10}")) for n in range(250)]

    work = connection.jira.fetch_work(links, depth=Depth.CHILDREN)

    assert {len(one.issues) for one in work.values() if one is not None} == {7}
    assert connection.spent()["issue_search"] <= 1.5 * ceil(250 * 8 / 100)


def test_one_changed_issue_costs_one_call(connection: Connection) -> None:
    link = EpicLink(IssueKey("HBR-1"))

    connection.jira.fetch_work([link], depth=Depth.CHILDREN, reconcile=[IssueId("10030")])

    assert connection.spent() == {"issue_search": 1}


def test_a_quiet_sweep_costs_one_call(connection: Connection) -> None:
    assert not connection.jira.changed_links(epics_of(connection), since=just_now())
    assert connection.spent() == {"issue_search": 1}


def test_a_quiet_sweep_of_many_queries_costs_one_call(connection: Connection) -> None:
    links = [JqlLink(f"project = {name} AND type = Bug") for name in ("HBR", "YUN")]

    assert not connection.jira.changed_links(links, since=just_now())
    assert connection.spent() == {"issue_search": 1}


def test_subtasks_cost_one_more_round_and_only_where_there_are_some(
    connection: Connection,
) -> None:
    with_some, without = EpicLink(IssueKey("HBR-1")), EpicLink(IssueKey("HBR-2"))

    work = connection.jira.fetch_work([with_some, without], depth=Depth.SUBTASKS)

    found = work[with_some]
    assert found is not None
    assert len([issue for issue in found.issues if issue.hierarchy_level == -1]) == 2
    assert connection.spent() == {"issue_search": 2}
    connection.jira.fetch_work([without], depth=Depth.SUBTASKS)
    assert connection.spent() == {"issue_search": 1}


def test_a_hidden_key_is_found_out_once_and_not_paid_for_again(connection: Connection) -> None:
    seen, gone = EpicLink(IssueKey("HBR-1")), EpicLink(IssueKey("HBR-9999"))

    first = connection.jira.fetch_work([seen, gone], depth=Depth.CHILDREN)
    cost = connection.spent()
    again = connection.jira.fetch_work([seen, gone], depth=Depth.CHILDREN)

    assert cost == {"issue_search": 2}
    assert connection.spent() == {"issue_search": 1}
    assert first == again
    assert first[gone] is None


def test_an_issue_that_one_account_may_not_read_is_not_below_the_epic_for_it(
    connection: Connection,
) -> None:
    links = epics_of(connection)
    tom = connection.as_(TOM)

    all_of_it = connection.jira.fetch_work(links, depth=Depth.CHILDREN)
    his = tom.jira.fetch_work(links, depth=Depth.CHILDREN)

    count = [sum(len(one.issues) for one in work.values() if one) for work in (all_of_it, his)]
    assert count[0] == count[1] + 1


def test_three_queries_cost_two_calls(connection: Connection) -> None:
    queries = ("type = Epic AND project = HBR", "project = YUN AND type = Bug", "labels = okr")
    links = [JqlLink(f"{query} ORDER BY created DESC") for query in queries]

    together = connection.jira.fetch_work(links, depth=Depth.CHILDREN)
    cost = connection.spent()
    alone = {link: connection.jira.fetch_work([link], depth=Depth.EPIC)[link] for link in links}

    assert cost == {"issue_search": 1, "jql_match": 1}
    for link in links:
        found, expected = together[link], alone[link]
        assert found is not None
        assert expected is not None
        assert set(found.issues) == set(expected.issues)


def test_a_refused_query_is_asked_once_in_a_while(connection: Connection) -> None:
    good = [JqlLink("project = HBR"), JqlLink("project = YUN"), JqlLink("type = Epic")]
    links = [*good, JqlLink("flavour = sweet"), JqlLink("a = 1) OR (project = HBR")]

    for _ in range(2):
        connection.spent()
        work = connection.jira.fetch_work(links, depth=Depth.CHILDREN)
        assert [link for link, found in work.items() if found is None] == links[3:]

    issues = {issue.id for found in work.values() if found for issue in found.issues}
    assert connection.spent()["jql_match"] == ceil(len(issues) / MATCHED_PER_CALL)


def test_search_that_lags_is_reconciled(lagging: Connection) -> None:
    """Without the issue's id, search would still say To Do."""
    desk = lagging.site.desk
    given = {"project": {"key": "HBR"}, "issuetype": {"name": "Story"}, "summary": "a"}
    issue = desk.create(given, BOT)
    done = next(status for status in desk.allowed(issue) if status.category is DONE)
    desk.move(issue, done, {}, BOT)
    link = EpicLink(IssueKey(issue.key))
    reconcile = [
        IssueId(str(issue.id)),
        IssueId("not a number"),
        *map(IssueId, map(str, range(99))),
    ]

    work = lagging.jira.fetch_work([link], depth=Depth.CHILDREN, reconcile=reconcile)[link]

    assert work is not None
    assert work.root is not None
    assert work.root.category is StatusCategory.DONE


def test_an_epic_that_search_does_not_know_yet_is_read_by_its_key(lagging: Connection) -> None:
    given = {"project": {"key": "HBR"}, "issuetype": {"name": "Epic"}, "summary": "New"}
    link = EpicLink(IssueKey(lagging.site.desk.create(given, BOT).key))

    work = lagging.jira.fetch_work([link], depth=Depth.CHILDREN)[link]

    assert work is not None
    assert work.root is not None
    assert work.root.summary == "New"
