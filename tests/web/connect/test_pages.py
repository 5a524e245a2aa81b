"""Pages beside the macros: under a title, beside an issue, in the menu, and in a sentence."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from connector.core.findings import Finding, Place, Severity
from connector.core.okr import CountedIssue, Delivery, IssueKey, KrKey, PageId, Verdict
from connector.ports import StoredDelivery
from tests.fakes.installations import FakeInstallations
from tests.fakes.rights import FakeRights
from tests.fakes.store import FakeStore
from tests.web.conftest import CANARY, NOW, OTHER, PAGE, Caller, stored_page
from tests.web.connect.conftest import ACME, HIDDEN, READER
from tests.web.hosts import ConnectHost

BYLINE, PANEL, OKR, NUMBER = (
    "/connect/byline",
    "/connect/issue-panel",
    "/okr",
    "/macros/number/static",
)
ISSUE = "YUN-7"


def measured(page: PageId, *issues: str, done: int = 1) -> StoredDelivery:
    """What Jira said of the first key result of a page."""
    counted = tuple(
        CountedIssue(IssueKey(one), f"{one} summary", "Done", Verdict.DONE) for one in issues
    )
    delivery = Delivery(done, 4, 0, Fraction(done), counted, NOW + timedelta(minutes=done))
    return StoredDelivery(KrKey(f"{page}-1"), delivery)


@pytest.fixture
def jira(host: ConnectHost, store: FakeStore) -> ConnectHost:
    """Jira of the same site, in which an issue was counted on both pages."""
    store.save_deliveries(ACME, [measured(PAGE, ISSUE, "YUN-8"), measured(OTHER, ISSUE)])
    jira = ConnectHost(
        host.client,
        product="jira",
        client_key="jira-of-acme",
        secret="the-secret-of-acmes-jira-012345",
    )
    assert jira.tell("installed").status_code == 204
    return jira


def policy(answer: TestResponse) -> list[str]:
    return answer.headers["Content-Security-Policy"].split("; ")


def test_the_byline_opens_what_a_page_stands_at(host: ConnectHost, store: FakeStore) -> None:
    finding = Finding("F-40", Severity.W, Place(), facts=(("delivery", "85"), ("outcome", "20")))
    store.save_page(replace(stored_page(), site=ACME, version=4, findings=(finding,)))

    answer = host.get(BYLINE, page=PAGE)

    assert answer.status_code == 200
    assert f"{CANARY} objective" in answer.text
    assert "F-40" in answer.text
    assert "Should be mended" in answer.text
    assert "script-src 'self' https://connect-cdn.atl-paas.net" in policy(answer)
    assert "frame-ancestors https://wiki.example" in policy(answer)
    assert 'data-resize-origin="https://wiki.example"' in answer.text


def test_the_byline_of_a_page_that_the_reader_may_not_see(host: ConnectHost) -> None:
    hidden, gone = host.get(BYLINE, page=OTHER), host.get(BYLINE, page="999")

    assert (hidden.status_code, gone.status_code) == (404, 404)
    assert hidden.data == gone.data
    assert HIDDEN not in hidden.text


def test_the_panel_tells_what_an_issue_moves_and_counts_what_is_hidden(jira: ConnectHost) -> None:
    answer = jira.get(PANEL, issue=ISSUE)

    assert answer.status_code == 200
    assert f"{CANARY} key result" in answer.text
    assert f"{ISSUE} counts as done" in answer.text
    assert "https://wiki.example/pages/101" in answer.text
    assert "1 key result not visible to you" in answer.text
    assert HIDDEN not in answer.text
    assert "YUN-8" not in answer.text, "other issues of the key result may be hidden in Jira"


def test_the_panel_is_framed_by_jira_and_by_nothing_else(jira: ConnectHost) -> None:
    answer = jira.get(PANEL, issue=ISSUE)

    assert "frame-ancestors https://jira.example" in policy(answer)
    assert 'data-resize-origin="https://jira.example"' in answer.text
    assert answer.headers["Cache-Control"] == "no-cache, no-store"


def test_a_linked_epic_moves_what_links_it(jira: ConnectHost) -> None:
    assert "YUN-1 is linked; the work below it counts" in jira.get(PANEL, issue="YUN-1").text


def test_an_issue_that_moves_nothing_is_told_what_to_do(jira: ConnectHost) -> None:
    answer = jira.get(PANEL, issue="YUN-99")

    assert answer.status_code == 200
    assert "YUN-99 moves no key result" in answer.text


def test_an_issue_that_moves_hidden_ones_only_says_how_many(
    jira: ConnectHost, rights: FakeRights
) -> None:
    rights.hide(PAGE, READER)

    answer = jira.get(PANEL, issue=ISSUE)

    assert "2 key results not visible to you" in answer.text
    assert CANARY not in answer.text


def test_when_nobody_knows_the_rights_nothing_is_shown(
    jira: ConnectHost, rights: FakeRights
) -> None:
    rights.down = True

    answer = jira.get(PANEL, issue=ISSUE)

    assert answer.status_code == 200
    assert "cannot be checked right now" in answer.text
    assert CANARY not in answer.text


def test_an_outage_of_jira_is_said(jira: ConnectHost, store: FakeStore) -> None:
    store.note_outage(ACME, "jira", NOW - timedelta(hours=2))

    assert "Jira is not answering" in jira.get(PANEL, issue=ISSUE).text


def test_the_panel_asks_again_and_hears_only_of_news(jira: ConnectHost, store: FakeStore) -> None:
    first = jira.get(PANEL, issue=ISSUE)
    headers = {"X-OKR-Frame": first.headers["X-OKR-Frame"], "If-None-Match": first.headers["ETag"]}
    url = f"{PANEL}?issue={ISSUE}"

    assert jira.client.get(url, headers=headers).status_code == 304
    store.save_deliveries(ACME, [measured(OTHER, "YUN-9", done=2)])
    counted_less = jira.client.get(url, headers=headers)
    store.save_deliveries(ACME, [measured(PAGE, ISSUE, done=3)])
    news = jira.client.get(url, headers=headers)

    assert "not visible to you" not in counted_less.text
    assert news.status_code == 200
    assert "75%" in news.text


def test_the_tag_does_not_tell_of_hidden_pages(jira: ConnectHost, store: FakeStore) -> None:
    first = jira.get(PANEL, issue=ISSUE)
    store.save_page(replace(stored_page(OTHER, f"{HIDDEN} 2"), site=ACME, version=9))

    assert jira.get(PANEL, issue=ISSUE).headers["ETag"] == first.headers["ETag"]


@pytest.mark.parametrize("other", [f"{PANEL}?issue=YUN-8", f"{PANEL}?page={PAGE}", f"{OKR}", PANEL])
def test_the_frame_of_a_panel_is_for_its_issue_alone(jira: ConnectHost, other: str) -> None:
    frame = jira.get(PANEL, issue=ISSUE).headers["X-OKR-Frame"]

    assert jira.client.get(other, headers={"X-OKR-Frame": frame}).status_code == 401


@pytest.mark.parametrize(
    "issue", ["", "YUN", "YUN-7 OR 1=1", "<script>", "Y" * 300 + "-1", "ＹＵＮ-7"]
)
def test_what_is_no_issue_is_refused(jira: ConnectHost, issue: str) -> None:
    answer = jira.get(PANEL, issue=issue)

    assert answer.status_code == 400
    assert "<script>" not in answer.text


def test_the_general_page_is_the_board(host: ConnectHost) -> None:
    answer = host.get(OKR)

    assert answer.status_code == 200
    assert f"{CANARY} objective" in answer.text
    assert HIDDEN not in answer.text
    assert "1 not visible to you" in answer.text
    assert "assets/" in answer.text
    assert 'href="../assets' not in answer.text
    headers = {
        "X-OKR-Frame": answer.headers["X-OKR-Frame"],
        "If-None-Match": answer.headers["ETag"],
    }
    assert host.client.get(OKR, headers=headers).status_code == 304


def test_a_number_stands_in_a_sentence(host: ConnectHost, store: FakeStore) -> None:
    store.save_deliveries(ACME, [measured(PAGE, ISSUE)])

    answer = host.get(NUMBER, page=OTHER, key=f"{PAGE}-1", locale="en")

    assert answer.status_code == 200
    assert "25% (1/4)" in answer.text
    assert "ac:structured-macro" in answer.text
    assert "<p>" not in answer.text
    assert answer.headers["Cache-Control"] == "no-cache, no-store"


def test_a_number_is_a_dash_for_every_reason_not_to_say_it(
    host: ConnectHost, store: FakeStore
) -> None:
    """No such page, a hidden one, a key that the page does not have."""
    store.save_deliveries(ACME, [measured(OTHER, ISSUE)])
    answers = [host.get(NUMBER, page=PAGE, key=one) for one in ("999-1", f"{OTHER}-1", f"{PAGE}-9")]

    assert {one.status_code for one in answers} == {200}
    assert {one.text for one in answers} == {"–"}


@pytest.mark.parametrize("key", ["", "O1", "101", "101-1-1; x", "<b>"])
def test_a_key_that_none_of_ours_can_be_is_refused(host: ConnectHost, key: str) -> None:
    assert host.get(NUMBER, page=PAGE, key=key).status_code == 400


def test_who_looks_decides_about_a_number(host: ConnectHost, rights: FakeRights) -> None:
    rights.down = True

    assert host.get(NUMBER, page=PAGE, key=f"{PAGE}-1").status_code == 503


@pytest.mark.parametrize("url", [f"{BYLINE}?page={PAGE}", f"{PANEL}?issue={ISSUE}", OKR])
def test_the_keepers_token_opens_none_of_them(client: FlaskClient, url: str) -> None:
    """They are Connect's: a token of the settings is no proof of a Connect host."""
    answer = client.get(url, headers={"Authorization": "Bearer a-token-for-tests"})

    assert answer.status_code == 401


@pytest.mark.parametrize("url", [f"{BYLINE}?page={PAGE}", f"{PANEL}?issue={ISSUE}", OKR])
def test_without_the_door_they_are_not_there(caller: Caller, url: str) -> None:
    assert caller().get(url).status_code == 404


def test_after_an_uninstall_an_open_panel_shows_nothing(
    jira: ConnectHost, host: ConnectHost, installations: FakeInstallations
) -> None:
    frame = jira.get(PANEL, issue=ISSUE).headers["X-OKR-Frame"]
    for one in (jira, host):
        one.tell("uninstalled")
    assert installations.alive() == []

    answer = jira.client.get(f"{PANEL}?issue={ISSUE}", headers={"X-OKR-Frame": frame})

    assert answer.status_code == 401
    assert CANARY not in answer.text
