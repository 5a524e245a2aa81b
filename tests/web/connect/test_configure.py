"""The page for administrators: what it tells them, and that it tells nobody else."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from connector.core.okr import EpicLink, IssueId, IssueKey, PageState
from connector.web.services import WebServices
from tests.fakes.installations import FakeInstallations
from tests.fakes.rights import FakeAdministrators
from tests.fakes.store import FakeStore
from tests.web.conftest import CANARY, NOW, PAGE, Caller, stored_page
from tests.web.connect.conftest import ACME, HIDDEN, READER
from tests.web.hosts import AT, ConnectHost, connect_door
from tests.web.test_connect import FakeSites

CONFIGURE = "/admin/configure"


@pytest.fixture
def admin(host: ConnectHost, keepers: FakeAdministrators) -> ConnectHost:
    keepers.accounts.add(READER)
    return host


def test_an_administrator_reads_what_is_connected_and_what_was_heard(
    admin: ConnectHost, store: FakeStore
) -> None:
    link = EpicLink(IssueKey("YUN-1"))
    store.touch(ACME, IssueId("1"), [link], NOW - timedelta(minutes=5))

    answer = admin.get(CONFIGURE)

    assert answer.status_code == 200
    assert "connected as a Connect app" in answer.text
    assert "5 minutes ago" in answer.text
    assert "Jira is not connected." in answer.text
    assert "http://localhost:8090/atlassian-connect-jira.json" in answer.text
    assert "<dt>OKR pages</dt><dd>2</dd>" in answer.text
    assert admin.secret not in answer.text


def test_nothing_of_the_pages_is_in_it(admin: ConnectHost) -> None:
    """Who administers a site may all the same not read every page."""
    answer = admin.get(CONFIGURE)

    assert CANARY not in answer.text
    assert HIDDEN not in answer.text


def test_where_all_is_well_it_says_so(admin: ConnectHost) -> None:
    jira = ConnectHost(
        admin.client,
        product="jira",
        client_key="jira-of-acme",
        secret="the-secret-of-acmes-jira-012345",
    )
    jira.tell("installed")

    assert "Everything works." in admin.get(CONFIGURE).text
    assert "一切正常。" in admin.get(CONFIGURE, locale="zh-CN").text


@pytest.mark.parametrize("locale", ["en", "zh-CN"])
def test_every_trouble_says_what_to_do(admin: ConnectHost, store: FakeStore, locale: str) -> None:
    store.note_outage(ACME, "jira", NOW - timedelta(hours=3))
    store.note_outage(ACME, "confluence", NOW - timedelta(hours=1))
    store.swept[ACME] = NOW - timedelta(hours=5)
    broken = replace(stored_page(), site=ACME, version=9, state=PageState.ERRORS)
    store.save_page(broken)

    text = admin.get(CONFIGURE, locale=locale).text

    assert text.count("okr-notice-warning") == 3
    assert text.count("okr-notice-info") == 2
    assert ("3 hours ago" if locale == "en" else "3 小时前") in text


def test_a_site_that_was_not_read_yet(admin: ConnectHost, store: FakeStore) -> None:
    store.forget_all(ACME)

    text = admin.get(CONFIGURE).text

    assert "The site has not been read yet." in text
    assert "No OKR page was found." not in text


def test_a_plain_users_token_is_refused(host: ConnectHost) -> None:
    answer = host.get(CONFIGURE)

    assert answer.status_code == 403
    assert "For administrators" in answer.text
    assert "Connect app" not in answer.text
    assert "frame-ancestors https://wiki.example" in answer.headers["Content-Security-Policy"]


def test_a_token_for_nobody_is_refused(host: ConnectHost, keepers: FakeAdministrators) -> None:
    keepers.accounts.add("")
    token = host.token("GET", CONFIGURE, sub="")

    assert host.client.get(f"{CONFIGURE}?jwt={token}").status_code in (401, 403)


def test_while_the_site_does_not_say_nobody_is_let_in(
    admin: ConnectHost, keepers: FakeAdministrators
) -> None:
    keepers.down = True

    answer = admin.get(CONFIGURE)

    assert answer.status_code == 503
    assert "Connect app" not in answer.text


def test_where_nobody_can_be_asked_nobody_is_let_in(
    caller: Caller, services: WebServices, installations: FakeInstallations
) -> None:
    site = services.sites.of(services.site or ACME)
    assert site.administrators is None
    sites = FakeSites(site, installations)
    host = ConnectHost(caller(sites=sites, connect=connect_door(installations)))
    host.tell("installed")

    assert host.get(CONFIGURE).status_code == 403


def test_rights_that_end_end_at_once(admin: ConnectHost, keepers: FakeAdministrators) -> None:
    assert admin.get(CONFIGURE).status_code == 200
    keepers.accounts.clear()

    assert admin.get(CONFIGURE).status_code == 403


def test_a_frame_of_the_board_is_no_proof_for_it(admin: ConnectHost) -> None:
    frame = admin.get("/okr").headers["X-OKR-Frame"]

    assert admin.client.get(CONFIGURE, headers={"X-OKR-Frame": frame}).status_code == 401


@pytest.mark.parametrize("claims", [{"qsh": "context-qsh"}, {"iat": AT - 900, "exp": AT - 600}])
def test_tokens_for_something_else_are_refused(
    admin: ConnectHost, claims: dict[str, object]
) -> None:
    token = admin.token("GET", CONFIGURE, **claims)

    assert admin.client.get(f"{CONFIGURE}?jwt={token}").status_code == 401


def test_the_keepers_of_the_service_come_in_elsewhere(client: FlaskClient) -> None:
    answer = client.get(CONFIGURE, headers={"Authorization": "Bearer a-token-for-tests"})

    assert answer.status_code == 401
    assert PAGE not in answer.text
