"""Enhanced search: fields, pages, tokens, and what is no longer there."""

from datetime import UTC, datetime, timedelta

import pytest

from sandbox.directory import BOT
from tests.sandbox.conftest import Caller, app_of_a_fresh_site, json_of


def test_an_issue_is_only_its_id_unless_fields_are_asked_for(bot: Caller) -> None:
    assert json_of(bot.search("key = HBR-1"))["issues"] == [{"id": "10001"}]

    (with_key,) = json_of(bot.search("key = HBR-1", fields="key"))["issues"]
    assert with_key["key"] == "HBR-1"
    assert "fields" not in with_key

    (asked,) = json_of(bot.search("key = HBR-24", fields="status,parent"))["issues"]
    assert set(asked["fields"]) == {"status", "parent"}
    assert asked["fields"]["parent"]["key"] == "HBR-1"
    assert asked["fields"]["status"]["statusCategory"]["key"] == "indeterminate"


def test_all_and_all_but_some(bot: Caller) -> None:
    (whole,) = json_of(bot.search("key = HBR-24", fields="*all"))["issues"]
    (less,) = json_of(bot.search("key = HBR-24", fields="*all,-summary"))["issues"]

    assert {"summary", "customfield_10036", "subtasks", "duedate"} <= set(whole["fields"])
    assert set(whole["fields"]) - set(less["fields"]) == {"summary"}


def test_pages_are_fifty_issues_unless_more_are_asked_for(bot: Caller) -> None:
    first = json_of(bot.search("project = HBR"))
    assert len(first["issues"]) == 50
    assert first["isLast"] is False
    everything = json_of(bot.search("project = HBR", maxResults=5000))
    assert everything["isLast"] is True
    assert "nextPageToken" not in everything
    assert "total" not in everything


def test_a_page_with_fields_holds_at_most_a_hundred(bot: Caller) -> None:
    wide = json_of(bot.search("project in (HBR, YUN)", maxResults=500, fields="summary"))
    narrow = json_of(bot.search("project in (HBR, YUN)", maxResults=500))

    assert len(wide["issues"]) == 100
    assert len(narrow["issues"]) > 150


def test_tokens_lead_through_all_pages_once(bot: Caller) -> None:
    seen: list[str] = []
    query: dict[str, object] = {}
    for _page in range(20):
        answer = json_of(bot.search("project = HBR order by key", maxResults=40, **query))
        seen += [issue["id"] for issue in answer["issues"]]
        if answer["isLast"]:
            break
        query = {"nextPageToken": answer["nextPageToken"]}

    assert len(seen) == len(set(seen)) > 100


def test_a_token_is_good_for_its_own_query_only(bot: Caller) -> None:
    token = json_of(bot.search("project = HBR", maxResults=5))["nextPageToken"]

    for jql, given in (("project = YUN", token), ("project = HBR", "x" + token)):
        assert bot.search(jql, nextPageToken=given).status_code == 400


def test_a_token_expires_after_seven_days() -> None:
    clock = [datetime(2026, 11, 23, tzinfo=UTC)]
    caller = Caller(app_of_a_fresh_site(now=lambda: clock[0]).test_client(), BOT)
    token = json_of(caller.search("project = HBR", maxResults=5))["nextPageToken"]

    clock[0] += timedelta(days=6)
    assert caller.search("project = HBR", nextPageToken=token).status_code == 200
    clock[0] += timedelta(days=2)
    assert caller.search("project = HBR", nextPageToken=token).status_code == 400


@pytest.mark.parametrize("most", ["0", "5001", "-1", "many"])
def test_max_results_has_a_range(bot: Caller, most: str) -> None:
    assert bot.search("project = HBR", maxResults=most).status_code == 400


def test_an_unknown_member_of_the_body_is_refused(bot: Caller) -> None:
    answer = bot.post("/rest/api/3/search/jql", {"jql": "project = HBR", "startAt": 0})

    assert answer.status_code == 400
    assert "Invalid request payload" in json_of(answer)["errorMessages"][0]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_old_search_is_gone(bot: Caller, method: str) -> None:
    answer = bot.call(method, "/rest/api/3/search", query_string={"jql": "project = HBR"})

    assert answer.status_code == 410
    assert json_of(answer) == {
        "errorMessages": [
            "The requested API has been removed. Please migrate to the /rest/api/3/search/jql "
            "API. A full migration guideline is available at "
            "https://developer.atlassian.com/changelog/#CHANGE-2046"
        ],
        "errors": {},
    }


def test_bulk_fetch_says_which_issues_it_did_not_find(bot: Caller) -> None:
    answer = bot.post(
        "/rest/api/3/issue/bulkfetch",
        {"issueIdsOrKeys": ["HBR-24", "10001", "HBR-999"], "fields": ["status"]},
    )

    body = json_of(answer)
    assert [issue["key"] for issue in body["issues"]] == ["HBR-1", "HBR-24"]
    assert [error["id"] for error in body["issueErrors"]] == ["HBR-999"]
    many = {"issueIdsOrKeys": [str(10000 + n) for n in range(101)]}
    assert bot.post("/rest/api/3/issue/bulkfetch", many).status_code == 400


def test_match_answers_query_by_query(bot: Caller) -> None:
    body = {"jqls": ["parent = HBR-1", "parent = HBR-999", "key ="], "issueIds": [10022, 10001]}

    first, second, third = json_of(bot.post("/rest/api/3/jql/match", body))["matches"]

    assert first == {"matchedIssues": [10022], "errors": []}
    assert second["matchedIssues"] == third["matchedIssues"] == []
    assert second["errors"]
    assert third["errors"]


def test_search_may_lag_behind_and_be_reconciled() -> None:
    clock = [datetime(2026, 11, 23, tzinfo=UTC)]
    caller = Caller(app_of_a_fresh_site(search_lag=30, now=lambda: clock[0]).test_client(), BOT)
    open_work = "parent = HBR-1 and statusCategory != Done"
    caller.post("/rest/api/3/issue/HBR-29/transitions", {"transition": {"id": "31"}})
    caller.delete("/rest/api/3/issue/HBR-27")

    assert caller.found(open_work) == {"HBR-24", "HBR-27", "HBR-29"}
    reconciled = json_of(caller.search(open_work, fields="key", reconcileIssues="10029"))
    assert {issue["key"] for issue in reconciled["issues"]} == {"HBR-24", "HBR-27"}
    assert caller.get("/rest/api/3/issue/HBR-27").status_code == 404
    clock[0] += timedelta(seconds=31)
    assert caller.found(open_work) == {"HBR-24"}


def test_a_token_is_of_its_user(bot: Caller, tom: Caller) -> None:
    token = json_of(bot.search("project = HBR", maxResults=5))["nextPageToken"]

    assert bot.search("project = HBR", nextPageToken=token).status_code == 200
    assert tom.search("project = HBR", nextPageToken=token).status_code == 400


def test_changes_are_filtered_by_the_ids_of_custom_fields(bot: Caller) -> None:
    bot.put("/rest/api/3/issue/HBR-24", {"fields": {"customfield_10036": 21, "summary": "New"}})
    asked = {"issueIdsOrKeys": ["HBR-24"], "fieldIds": ["customfield_10036"]}
    (found,) = json_of(bot.post("/rest/api/3/changelog/bulkfetch", asked))["issueChangeLogs"]

    assert [item["field"] for change in found["changeHistories"] for item in change["items"]][
        -1:
    ] == ["Story Points"]
