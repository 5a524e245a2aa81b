"""The issue panel of the Forge app: which issue it is, the token alone says."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from connector.core.okr import (
    CountedIssue,
    Delivery,
    IssueKey,
    KrKey,
    PageId,
    SiteId,
    Verdict,
)
from connector.ports import StoredDelivery
from connector.web.services import WebServices
from schemas import validate
from tests.fakes.installations import FakeInstallations
from tests.fakes.rights import FakeRights
from tests.fakes.store import FakeStore
from tests.web.conftest import CANARY, NOW, OTHER, PAGE, Caller, stored_page
from tests.web.hosts import CLOUD, ForgeHost, forge_door
from tests.web.test_connect import FakeSites

SITE = SiteId(CLOUD)
READER, ISSUE, HIDDEN = "account-1", "YUN-7", "Canary-Hidden-5c1e"


def counting(page: PageId) -> StoredDelivery:
    counted = CountedIssue(IssueKey(ISSUE), "its summary", "Done", Verdict.DONE)
    return StoredDelivery(KrKey(f"{page}-1"), Delivery(1, 2, 0, Fraction(1), (counted,), NOW))


@pytest.fixture
def client(caller: Caller, services: WebServices, store: FakeStore) -> FlaskClient:
    store.save_page(replace(stored_page(), site=SITE))
    store.save_page(replace(stored_page(OTHER, HIDDEN), site=SITE))
    store.save_deliveries(SITE, [counting(PAGE), counting(OTHER)])
    store.note_sweep(SITE, NOW)
    rights = FakeRights()
    rights.show(PAGE, READER)
    installations = FakeInstallations()
    site = replace(services.sites.of(services.site or SITE), rights=rights)
    return caller(sites=FakeSites(site, installations), forge=forge_door(installations))


@pytest.fixture
def host(client: FlaskClient) -> ForgeHost:
    return ForgeHost(client)


def panel(host: ForgeHost, body: object, *, issue: str = ISSUE, page: str = "") -> TestResponse:
    token = host.token("frame", issue=issue, page=page, account=READER)
    return host.call("/forge/panel", body, token=token)


def test_the_panel_shows_what_the_issue_of_the_token_moves(host: ForgeHost) -> None:
    answer = panel(host, {"locale": "zh-CN"})

    assert answer.status_code == 200
    body = answer.get_json()
    assert validate("forge-answer", body) == []
    assert f"{CANARY} key result" in body["html"]
    assert f"{ISSUE} 计为已完成" in body["html"]
    assert "另有 1 个关键结果对你不可见" in body["html"]
    assert HIDDEN not in body["html"]
    again = panel(host, {"locale": "zh-CN", "etag": body["etag"]})
    assert again.get_json() == {"unchanged": True}


def test_news_come_to_the_panel(host: ForgeHost, store: FakeStore) -> None:
    first = panel(host, {}).get_json()["etag"]
    moved = counting(PAGE)
    later = replace(moved.delivery, credit=Fraction(2), read_at=NOW + timedelta(minutes=1))
    store.save_deliveries(SITE, [replace(moved, delivery=later)])

    assert "100%" in panel(host, {"etag": first}).get_json()["html"]


@pytest.mark.parametrize("body", [{"issue": "YUN-1"}, {"page": PAGE}, [], "x", {"theme": "sepia"}])
def test_what_the_body_says_of_a_subject_is_refused(host: ForgeHost, body: object) -> None:
    answer = panel(host, body)

    assert answer.status_code == 400
    assert CANARY not in answer.text


@pytest.mark.parametrize("issue", ["", "YUN"])
def test_a_token_without_an_issue_shows_none(host: ForgeHost, issue: str) -> None:
    assert panel(host, {}, issue=issue, page=PAGE if not issue else "").status_code == 400
