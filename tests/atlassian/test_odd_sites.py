"""Sites that answer oddly: moved issues, repeating tokens and cursors, missing fields."""

from typing import Any

import pytest
from werkzeug import Request

from connector.atlassian.auth import Credentials
from connector.atlassian.confluence_cloud import ConfluenceCloud
from connector.atlassian.http import Limits
from connector.atlassian.jira_cloud import JiraCloud
from connector.atlassian.site import confluence_door, jira_door
from connector.core.errors import Refused, Unauthorized, Unavailable
from connector.core.okr import EpicLink, IssueKey, JqlLink, PageId, StatusCategory
from connector.core.policy import Depth
from tests.atlassian.odd import odd_site
from tests.atlassian.planted import SystemClock


def jira(address: str) -> JiraCloud:
    return JiraCloud(jira_door(address, Credentials("t")), SystemClock())


def wiki(address: str, **limits: int) -> ConfluenceCloud:
    door = confluence_door(address, Credentials("t"), limits=Limits(**limits))
    return ConfluenceCloud(door, SystemClock())


def raw_issue(key: str, number: int, parent: str | None = None) -> dict[str, Any]:
    fields = {
        "summary": key,
        "status": {"name": "Odd", "statusCategory": {"key": "strange"}},
        "issuetype": {"name": "Odd", "subtask": True},
        "parent": {"key": parent} if parent else None,
        "updated": "yesterday",
    }
    return {"id": str(number), "key": key, "fields": fields}


def raw_page(number: int, body: str = "<p/>") -> dict[str, Any]:
    return {
        "id": str(number),
        "status": "current",
        "title": f"Page {number}",
        "spaceId": "77",
        "version": {"number": 3},
        "body": {"storage": {"representation": "storage", "value": body}},
        "labels": {"results": [{"name": "okr"}], "meta": {"hasMore": False}},
        "_links": {"webui": f"/spaces/~712020%3Aab/pages/{number}/A+B"},
    }


def found_page(number: int) -> dict[str, Any]:
    labels = {"results": [{"name": "okr"}], "size": 1, "limit": 200}
    content = {"id": str(number), "type": "page", "version": {"number": 3}}
    return {"content": content | {"metadata": {"labels": labels}}}


def test_a_moved_epic_is_known_by_its_old_key() -> None:
    """Jira's search gives the new key only; the old one is asked for once."""

    def answers(place: str, _request: Request) -> Any:
        if place == "jql":
            return {"issues": [raw_issue("NEW-5", 1), raw_issue("NEW-6", 2, "NEW-5")]}
        return raw_issue("NEW-5", 1)

    asked: list[str] = []
    link = EpicLink(IssueKey("OLD-1"))
    with odd_site(answers, asked) as address:
        tracker = jira(address)
        works = [tracker.fetch_work([link], depth=Depth.CHILDREN)[link] for _ in range(2)]

    assert asked == ["jql", "OLD-1", "jql"]
    for work in works:
        assert work is not None
        assert work.root is not None
        assert work.root.key == "NEW-5"
        assert [issue.key for issue in work.issues] == ["NEW-6"]


def test_a_moved_epic_beside_a_hidden_one_stays_readable() -> None:
    def answers(place: str, request: Request) -> Any:
        if place == "bulkfetch":
            return {"issues": [raw_issue("NEW-5", 1)], "issueErrors": []}
        if place == "OLD-1":
            return raw_issue("NEW-5", 1)
        if place == "jql" and "GONE-1" not in request.get_json()["jql"]:
            return {"issues": [raw_issue("NEW-5", 1)]}
        return (400 if place == "jql" else 404), {"errorMessages": ["no"]}

    links = [EpicLink(IssueKey("OLD-1")), EpicLink(IssueKey("GONE-1"))]
    with odd_site(answers) as address:
        work = jira(address).fetch_work(links, depth=Depth.CHILDREN)

    assert [found is not None for found in work.values()] == [True, False]


def test_what_an_issue_lacks_is_unknown_rather_than_wrong() -> None:
    bare = {"id": "2", "key": "PAY-2", "fields": {"parent": {"key": "PAY-1"}}}
    with odd_site(lambda *_: {"issues": [raw_issue("PAY-1", 1), bare]}) as address:
        link = EpicLink(IssueKey("PAY-1"))
        work = jira(address).fetch_work([link], depth=Depth.CHILDREN)[link]

    assert work is not None
    assert work.root is not None
    assert (work.root.category, work.root.hierarchy_level) == (StatusCategory.UNDEFINED, -1)
    assert work.root.updated is None
    (issue,) = work.issues
    assert (issue.status, issue.summary, issue.resolution) == ("", "", None)


@pytest.mark.parametrize("answer", [{}, {"issues": {}}, {"issues": [7]}, {"issues": [{"id": "1"}]}])
def test_an_answer_without_issues_is_an_outage(answer: Any) -> None:
    with odd_site(lambda *_: answer) as address, pytest.raises(Unavailable):
        jira(address).fetch_work([EpicLink(IssueKey("PAY-1"))], depth=Depth.CHILDREN)


def test_a_page_token_that_comes_again_ends_the_reading() -> None:
    again = {"issues": [raw_issue("PAY-1", 1)], "nextPageToken": "same", "isLast": False}
    with odd_site(lambda *_: again) as address, pytest.raises(Unavailable):
        jira(address).fetch_work([EpicLink(IssueKey("PAY-1"))], depth=Depth.CHILDREN)


def test_a_refusal_that_is_not_about_keys_is_told() -> None:
    def answers(place: str, _request: Request) -> Any:
        return (
            (400, {"errorMessages": ["no"]})
            if place == "jql"
            else {"issues": [raw_issue("A-1", 1)]}
        )

    with odd_site(answers) as address, pytest.raises(Refused):
        jira(address).fetch_work([EpicLink(IssueKey("A-1"))], depth=Depth.CHILDREN)


def test_queries_are_asked_alone_when_matching_is_refused() -> None:
    def answers(place: str, _request: Request) -> Any:
        return (400, {}) if place == "match" else {"issues": [raw_issue("A-1", 1)]}

    links = [JqlLink(f"project = {name}") for name in "ABC"]
    with odd_site(answers) as address:
        work = jira(address).fetch_work(links, depth=Depth.CHILDREN)

    assert [len(found.issues) for found in work.values() if found is not None] == [1, 1, 1]


def test_a_query_that_only_matching_refuses_is_none() -> None:
    """A query may be fine within a union and still be refused by itself."""

    def answers(place: str, request: Request) -> Any:
        if place == "jql":
            return {"issues": [raw_issue("A-1", 1)]}
        told: list[Any] = [{"matchedIssues": [1], "errors": []} for _ in request.get_json()["jqls"]]
        told[1] = {"matchedIssues": [], "errors": ["No."]}
        return {"matches": told}

    links = [JqlLink(f"project = {name}") for name in "ABC"]
    with odd_site(answers) as address:
        work = jira(address).fetch_work(links, depth=Depth.CHILDREN)

    assert [len(found.issues) if found else None for found in work.values()] == [1, None, 1]


def test_labels_that_the_search_does_not_give_are_read_with_each_page() -> None:
    def answers(place: str, _request: Request) -> Any:
        if place == "search":
            bare = {"id": "1", "type": "page", "version": {"number": 1}}
            other = {"content": {"id": "9", "type": "blogpost"}}
            return {"results": [{"content": bare}, {"content": bare | {"id": "2"}}, other]}
        return raw_page(int(place))

    asked: list[str] = []
    with odd_site(answers, asked) as address:
        pages = wiki(address)
        found = [stamp.page for stamp in pages.find_okr_pages(["okr"], None)]
        read = pages.read_pages(found)

    assert asked == ["search", "1", "2"]
    assert [page.labels for page in read] == [{"okr"}, {"okr"}]


def test_a_search_of_pages_follows_the_cursor_and_keeps_the_labels() -> None:
    """Two pages of results, then one call for all bodies: three calls."""

    def answers(place: str, request: Request) -> Any:
        if place == "pages":
            wanted = request.args["id"].split(",")
            return {"results": [raw_page(int(number)) for number in wanted], "_links": {}}
        if "cursor" in request.args:
            return {"results": [found_page(2)], "_links": {}}
        after = "/rest/api/search?next=true&cursor=_sa_MQ%3D%3D&limit=200"
        return {"results": [found_page(1)], "_links": {"next": after}}

    asked: list[str] = []
    with odd_site(answers, asked) as address:
        pages = wiki(address)
        stamps = pages.find_okr_pages(["okr"], None)
        read = pages.read_pages([stamp.page for stamp in stamps])

    assert asked == ["search", "search", "pages"]
    assert [page.page for page in read] == ["1", "2"]
    assert {page.labels for page in read} == {frozenset({"okr"})}
    assert {page.space for page in read} == {"~712020:ab"}
    assert {page.version for page in read} == {3}


def test_a_cursor_that_comes_again_ends_the_reading() -> None:
    again = {"results": [found_page(1)], "_links": {"next": "/x?cursor=same"}}
    with odd_site(lambda *_: again) as address, pytest.raises(Unavailable):
        wiki(address).find_okr_pages(["okr"], None)


def test_pages_too_large_to_be_read_together_are_read_in_halves() -> None:
    def answers(place: str, request: Request) -> Any:
        if place == "search":
            return {"results": [found_page(number) for number in range(1, 5)]}
        wanted = request.args["id"].split(",")
        return {"results": [raw_page(int(number), "x" * 4000) for number in wanted]}

    with odd_site(answers) as address:
        pages = wiki(address, largest=10_000)
        stamps = pages.find_okr_pages(["okr"], None)
        read = pages.read_pages([stamp.page for stamp in stamps])

    assert [page.page for page in read] == ["1", "2", "3", "4"]


def test_a_page_with_very_many_labels_has_them_all() -> None:
    def answers(place: str, _request: Request) -> Any:
        if place == "labels":
            return {"results": [{"name": f"l{number}"} for number in range(60)], "_links": {}}
        some = {"results": [{"name": "l0"}], "meta": {"hasMore": True}}
        return raw_page(1) | {"labels": some}

    with odd_site(answers) as address:
        (read,) = wiki(address).read_pages([PageId("1")])

    assert len(read.labels) == 60


@pytest.mark.parametrize(
    "answer",
    [{}, {"results": 7}, {"results": [{"content": {"type": "page"}}]}],
)
def test_an_answer_without_results_is_an_outage(answer: Any) -> None:
    with odd_site(lambda *_: answer) as address, pytest.raises(Unavailable):
        wiki(address).find_okr_pages(["okr"], None)


def test_a_page_without_a_body_is_an_outage_and_not_an_empty_page() -> None:
    bare = raw_page(1) | {"body": {}}
    with odd_site(lambda *_: bare) as address, pytest.raises(Unavailable):
        wiki(address).read_pages([PageId("1")])


@pytest.mark.parametrize(
    "answer", [(404, {}), (400, {}), (429, {}), (503, {}), {}, {"results": 7}, {"results": [3]}]
)
def test_people_who_cannot_be_looked_up_have_no_name_for_now(answer: Any) -> None:
    with odd_site(lambda *_: answer) as address:
        assert wiki(address).name_people(["a", "b"]) == {}


def test_a_failed_lookup_of_people_is_tried_again_and_takes_no_known_name_away() -> None:
    said: list[Any] = [{"results": [{"accountId": "a", "displayName": "Ana"}]}, (503, {})]
    later = {"results": [{"accountId": "b", "displayName": None, "publicName": "Bo"}]}
    with odd_site(lambda *_: said.pop(0) if said else later) as address:
        pages = wiki(address)

        assert pages.name_people(["a"]) == {"a": "Ana"}
        assert pages.name_people(["a", "b"]) == {"a": "Ana"}
        assert pages.name_people(["a", "b"]) == {"a": "Ana", "b": "Bo"}


def test_a_token_that_is_refused_is_said_and_not_taken_for_missing_names() -> None:
    with odd_site(lambda *_: (401, {})) as address, pytest.raises(Unauthorized):
        wiki(address).name_people(["a"])


def test_very_many_people_are_looked_up_in_calls_of_250() -> None:
    sizes: list[int] = []

    def answers(_place: str, request: Request) -> Any:
        asked = request.get_json()["accountIds"]
        sizes.append(len(asked))
        return {"results": [{"accountId": one, "displayName": one.upper()} for one in asked]}

    with odd_site(answers) as address:
        found = wiki(address).name_people([f"p{number}" for number in range(600)])

    assert sizes == [250, 250, 100]
    assert len(found) == 600


def test_a_refusal_that_names_no_key_is_cleared_up_by_the_bulk_fetch() -> None:
    """Messages differ by language and release; some do not say which key they mean."""

    def answers(place: str, request: Request) -> Any:
        if place == "bulkfetch":
            return {"issues": [raw_issue("PAY-1", 1)], "issueErrors": []}
        if "GONE-1" in request.get_json()["jql"]:
            return 400, {"errorMessages": ["Le ticket n'existe pas."], "errors": {}}
        return {"issues": [raw_issue("PAY-1", 1), raw_issue("PAY-2", 2, "PAY-1")], "isLast": True}

    asked: list[str] = []
    seen, gone = EpicLink(IssueKey("PAY-1")), EpicLink(IssueKey("GONE-1"))
    with odd_site(answers, asked) as address:
        found = jira(address).fetch_work([seen, gone], depth=Depth.CHILDREN)

    assert asked == ["jql", "bulkfetch", "jql"]
    assert found[gone] is None
    assert found[seen] is not None
