"""What reading Jira Data Center costs in calls, and what it does when the site is odd."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from math import ceil
from typing import Any

import pytest
from werkzeug import Request

from connector.atlassian.auth import Credentials
from connector.atlassian.jira_dc import JiraDataCenter
from connector.atlassian.jira_fields import EPIC_LINK, EPIC_MARKS, clause
from connector.atlassian.site import data_center_door
from connector.core.errors import Unavailable
from connector.core.okr import EpicLink, IssueId, IssueKey, JqlLink, StatusCategory
from connector.core.policy import Depth
from tests.atlassian.odd import Answers, odd_site
from tests.atlassian.planted import Connection, StillClock, SystemClock, planted

KEYS = [f"LONGPROJECTNAME-{number}" for number in range(200)]
LINK = EpicLink(IssueKey("PAY-1"))
FIELD = "customfield_10008"
FIELDS = [
    {"id": FIELD, "name": "史诗链接", "schema": {"custom": EPIC_LINK}},
    {"id": "customfield_10005", "name": "史诗名称", "schema": {"custom": EPIC_MARKS[0]}},
]


@pytest.fixture(params=["en", "zh"])
def data_center(request: pytest.FixtureRequest) -> Iterator[Connection]:
    """Names of fields and statuses are in the site's language; nothing may depend on them."""
    locale: str = request.param
    with planted("company", clock=StillClock(), flavor="dc", locale=locale) as found:
        yield found


def epics_of(connection: Connection) -> list[EpicLink]:
    issues = connection.site.issues.all()
    return [EpicLink(IssueKey(one.key)) for one in issues if one.type.level == 1]


def test_a_cold_read_of_all_epics_costs_its_pages_and_two_calls_for_the_field(
    data_center: Connection,
) -> None:
    links = epics_of(data_center)

    work = data_center.jira.fetch_work(links, depth=Depth.CHILDREN)

    found = [one for one in work.values() if one is not None]
    assert len(found) == len(links) > 10
    assert {one.root.hierarchy_level for one in found if one.root} == {1}
    issues = sum(1 + len(one.issues) for one in found)
    spent = data_center.spent()
    assert issues > 30
    assert spent.pop("dc_issue_search") == ceil(issues / 1000) * ceil(len(links) / 200)
    assert spent == {"dc_fields": 1, "dc_configuration": 1}


def test_a_quiet_sweep_costs_one_call(data_center: Connection) -> None:
    just_now = data_center.clock.now() - timedelta(seconds=30)
    data_center.jira.fetch_work(epics_of(data_center)[:1], depth=Depth.EPIC)
    data_center.spent()

    assert not data_center.jira.changed_links(epics_of(data_center), since=just_now)
    assert data_center.spent() == {"dc_issue_search": 1}


def test_a_hidden_key_is_found_out_once_and_not_paid_for_again(data_center: Connection) -> None:
    seen, gone = EpicLink(IssueKey("HBR-1")), EpicLink(IssueKey("HBR-9999"))

    first = data_center.jira.fetch_work([seen, gone], depth=Depth.CHILDREN)
    cost = data_center.spent()["dc_issue_search"]
    again = data_center.jira.fetch_work([seen, gone], depth=Depth.CHILDREN)

    assert cost <= 4
    assert data_center.spent() == {"dc_issue_search": 1}
    assert first == again
    assert first[gone] is None


def test_which_of_many_queries_an_issue_matches_costs_one_call_where_it_is_none(
    data_center: Connection,
) -> None:
    links = [JqlLink(f"labels = nobody-{number}") for number in range(20)]
    issue = data_center.site.issues.all()[0]
    key, identity = IssueKey(issue.key), IssueId(str(issue.id))

    assert data_center.jira.links_matching(identity, key, links) == set()
    assert data_center.spent() == {"dc_issue_search": 1}
    matching = JqlLink(f'key = "{key}"')
    assert data_center.jira.links_matching(identity, key, [*links, matching]) == {matching}
    assert data_center.spent()["dc_issue_search"] <= 12


def jira(address: str, **given: str) -> JiraDataCenter:
    return JiraDataCenter(
        data_center_door("jira", f"{address}/jira", Credentials("t")), SystemClock(), **given
    )


def raw(key: str, number: int, epic: str | None = None, **fields: Any) -> dict[str, Any]:
    given = {
        "summary": key,
        "status": {"name": "已完成", "statusCategory": {"key": "done", "name": "完成"}},
        "issuetype": {"name": "故事", "subtask": False},
        FIELD: epic,
    }
    return {"id": str(number), "key": key, "fields": given | fields}


def site_of(search: Callable[[Any], Any], **others: Any) -> Answers:
    """`search` answers what is asked by POST; the fields are those above."""

    def answers(place: str, request: Request) -> Any:
        if place == "search":
            return search(request.get_json() if request.method == "POST" else request.args)
        table = {"field": FIELDS, "configuration": {"subTasksEnabled": True}} | others
        return table.get(place, (404, {}))

    return answers


def found(*issues: dict[str, Any], total: int | None = None) -> dict[str, Any]:
    return {"issues": list(issues), "total": len(issues) if total is None else total}


def test_the_epic_field_is_known_by_its_type_in_whatever_language() -> None:
    asked: list[Any] = []

    def search(body: Any) -> Any:
        asked.append(body)
        return found(raw("PAY-1", 1), raw("PAY-2", 2, "PAY-1"))

    with odd_site(site_of(search)) as address:
        work = jira(address).fetch_work([LINK], depth=Depth.CHILDREN)[LINK]

    (body,) = asked
    assert 'cf[10008] in ("PAY-1")' in body["jql"]
    assert "史诗" not in body["jql"]
    assert FIELD in body["fields"]
    assert work is not None
    assert work.root is not None
    assert work.root.hierarchy_level == 1
    (issue,) = work.issues
    assert (issue.parent, issue.category) == ("PAY-1", StatusCategory.DONE)


def test_a_type_is_known_for_the_epics_by_one_epic_that_has_issues() -> None:
    """Names of types are the administrator's; an epic without issues has them in common."""
    theme: dict[str, Any] = {"issuetype": {"id": "10000", "name": "Thema", "subtask": False}}
    story: dict[str, Any] = {"issuetype": {"id": "10001", "name": "Aufgabe", "subtask": False}}
    links = [EpicLink(IssueKey(f"PAY-{number}")) for number in (1, 3, 4)]
    issues = [raw("PAY-3", 3, **theme), raw("PAY-2", 2, "PAY-1", **story)]
    issues += [raw("PAY-1", 1, **theme), raw("PAY-4", 4, **story)]
    with odd_site(site_of(lambda _: found(*issues))) as address:
        work = jira(address).fetch_work(links, depth=Depth.CHILDREN)

    levels = [one.root.hierarchy_level for one in work.values() if one and one.root]
    assert levels == [1, 1, 0]


def test_a_field_that_an_administrator_names_wins() -> None:
    asked: list[Any] = []

    def search(body: Any) -> Any:
        asked.append(body["jql"])
        return found(raw("PAY-1", 1), raw("PAY-2", 2, None, customfield_77="PAY-1"))

    with odd_site(site_of(search)) as address:
        tracker = jira(address, epic_field="customfield_77")
        work = tracker.fetch_work([LINK], depth=Depth.CHILDREN)[LINK]

    assert "cf[77]" in asked[0]
    assert "cf[10008]" not in asked[0]
    assert work is not None
    assert [issue.key for issue in work.issues] == ["PAY-2"]


@pytest.mark.parametrize(
    ("fields", "subtasks", "clauses"),
    [
        ([], True, {"parent in"}),
        (FIELDS, False, {"cf[10008]"}),
        (FIELDS, True, {"cf[10008]", "parent in"}),
        ([], False, set()),
    ],
)
def test_only_what_the_site_has_is_asked_for(
    fields: list[Any], subtasks: bool, clauses: set[str]
) -> None:
    """Without Jira Software there are no epics; where sub-tasks are off, JQL has no `parent`."""
    asked: list[str] = []

    def search(body: Any) -> Any:
        asked.append(body["jql"])
        return found(raw("PAY-1", 1))

    others = {"field": fields, "configuration": {"subTasksEnabled": subtasks}}
    with odd_site(site_of(search, **others)) as address:
        jira(address).fetch_work([LINK], depth=Depth.CHILDREN)

    assert {one for one in ("cf[10008]", "parent in") if one in asked[0]} == clauses


def test_pages_are_followed_as_large_as_the_site_makes_them() -> None:
    """Asked for a thousand, it gives two at a time; the total says when all have come."""
    everything = [raw("PAY-1", 1), *(raw(f"PAY-{n}", n, "PAY-1") for n in range(2, 8))]
    starts: list[int] = []

    def search(body: Any) -> Any:
        start = body["startAt"]
        starts.append(start)
        return found(*everything[start : start + 2], total=len(everything))

    with odd_site(site_of(search)) as address:
        work = jira(address).fetch_work([LINK], depth=Depth.CHILDREN)[LINK]

    assert starts == [0, 2, 4, 6]
    assert work is not None
    assert len(work.issues) == 6


@pytest.mark.parametrize("answer", [{}, {"issues": []}, {"issues": 7, "total": 1}, {"total": 1}])
def test_an_answer_without_issues_or_total_is_an_outage(answer: Any) -> None:
    with odd_site(site_of(lambda _body: answer)) as address, pytest.raises(Unavailable):
        jira(address).fetch_work([LINK], depth=Depth.CHILDREN)


def test_a_total_that_is_never_reached_ends_with_the_last_issue() -> None:
    def search(body: Any) -> Any:
        return found(*([raw("PAY-1", 1)] if body["startAt"] == 0 else []), total=99)

    with odd_site(site_of(search)) as address:
        assert jira(address).fetch_work([LINK], depth=Depth.EPIC)[LINK] is not None


def test_through_a_gateway_that_lets_only_get_pass_the_search_goes_by_get() -> None:
    """In addresses of a length that every server takes."""
    methods: list[str] = []

    def answers(place: str, request: Request) -> Any:
        if place == "search":
            methods.append(request.method)
            jql = request.args.get("jql", "")
            issues = (raw(key, number) for number, key in enumerate(KEYS) if f'"{key}"' in jql)
            return (405, {}) if request.method == "POST" else found(*issues)
        return FIELDS if place == "field" else {}

    links = [EpicLink(IssueKey(key)) for key in KEYS]
    with odd_site(answers) as address:
        tracker = jira(address)
        assert tracker.fetch_work(links[:1], depth=Depth.EPIC)[links[0]] is not None
        work = tracker.fetch_work(links, depth=Depth.CHILDREN)
        long = JqlLink(f'text ~ "{"x" * 5000}"')
        assert tracker.fetch_work([long], depth=Depth.EPIC)[long] is None

    assert methods[:2] == ["POST", "GET"]
    assert set(methods[1:]) == {"GET"}
    assert [link for link, one in work.items() if one is None] == []


def test_a_refusal_that_names_no_key_is_cleared_up_by_asking_without_validation() -> None:
    def search(body: Any) -> Any:
        if body.get("validateQuery") is False:
            return found(raw("PAY-1", 1))
        if "GONE-1" in body["jql"]:
            return 400, {"errorMessages": ["Le ticket n'existe pas."]}
        return found(raw("PAY-1", 1))

    gone = EpicLink(IssueKey("GONE-1"))
    with odd_site(site_of(search)) as address:
        work = jira(address).fetch_work([LINK, gone], depth=Depth.CHILDREN)

    assert work[LINK] is not None
    assert work[gone] is None


@pytest.mark.parametrize("status", [403, 404])
def test_a_hidden_epic_is_none_however_jira_says_so(status: int) -> None:
    """Search may leave it out without a word; asked for alone, it is refused or not found."""
    hidden = EpicLink(IssueKey("SEC-1"))
    answers = site_of(lambda _: found(raw("PAY-1", 1)), **{"SEC-1": (status, {})})
    with odd_site(answers) as address:
        work = jira(address).fetch_work([LINK, hidden], depth=Depth.CHILDREN)

    assert [link for link, one in work.items() if one is None] == [hidden]


def test_where_that_is_refused_too_the_key_is_found_by_halving() -> None:
    def search(body: Any) -> Any:
        return (400, {}) if "GONE-1" in body["jql"] else found(*seen(body["jql"]))

    def seen(jql: str) -> list[dict[str, Any]]:
        return [raw(f"PAY-{n}", n) for n in range(1, 9) if f'"PAY-{n}"' in jql]

    gone = EpicLink(IssueKey("GONE-1"))
    links = [gone, *(EpicLink(IssueKey(f"PAY-{n}")) for n in range(1, 9))]
    with odd_site(site_of(search)) as address:
        work = jira(address).fetch_work(links, depth=Depth.EPIC)

    assert [link for link, one in work.items() if one is None] == [gone]


def test_a_story_that_the_epic_field_refuses_is_not_taken_for_hidden() -> None:
    """Whether `cf[…]` takes any issue or only epics is not documented; either will do."""

    def search(body: Any) -> Any:
        jql = body["jql"]
        if body.get("validateQuery") is False:
            return found(raw("PAY-1", 1))
        if 'cf[10008] in ("PAY-1")' in jql:
            return 400, {"errorMessages": ["Issue 'PAY-1' is not an epic."]}
        return found(raw("PAY-1", 1), raw("PAY-9", 9, parent={"key": "PAY-1"}))

    with odd_site(site_of(search)) as address:
        work = jira(address).fetch_work([LINK], depth=Depth.CHILDREN)[LINK]

    assert work is not None
    assert [issue.key for issue in work.issues] == ["PAY-9"]


def test_an_issue_that_just_changed_is_read_by_itself() -> None:
    """In a cluster the search of another node is a moment late."""
    stale = raw("PAY-2", 2, "PAY-1", status={"name": "a", "statusCategory": {"key": "new"}})
    fresh = {"PAY-2": raw("PAY-2", 2, "PAY-1")}
    with odd_site(site_of(lambda _: found(raw("PAY-1", 1), stale), **fresh)) as address:
        work = jira(address).fetch_work(
            [LINK], depth=Depth.CHILDREN, reconcile=[IssueId("2"), IssueId("77")]
        )[LINK]

    assert work is not None
    assert [issue.category for issue in work.issues] == [StatusCategory.DONE]


def test_a_deleted_issue_matches_nothing_and_spoils_no_query() -> None:
    """Jira refuses `id = 7` once the issue is gone; that is not the authors' fault."""

    def search(body: Any) -> Any:
        if "id = 7" in body["jql"]:
            return 400, {"errorMessages": ["A value with ID '7' does not exist for 'id'."]}
        return found(raw("PAY-1", 1))

    link = JqlLink("project = PAY")
    with odd_site(site_of(search)) as address:
        tracker = jira(address)
        assert tracker.links_matching(IssueId("7"), IssueKey("PAY-7"), [link]) == set()
        assert tracker.fetch_work([link], depth=Depth.CHILDREN)[link] is not None


@pytest.mark.parametrize("field", ["summary", "customfield_", "customfield_1 OR x", "cf[1]"])
def test_only_a_custom_field_gets_into_a_query(field: str) -> None:
    with pytest.raises(ValueError, match="custom field"):
        clause(field)
