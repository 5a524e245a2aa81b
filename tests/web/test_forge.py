"""The Forge door over HTTP: frames, exports, events, the hourly call, and who must stay outside."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import jwt
import pytest
from flask import Flask
from flask.testing import FlaskClient

from connector.core.events import IssueMoved, PageSaved, SweepDue
from connector.core.installation import DoorKind, Product
from connector.core.okr import SiteId
from schemas import validate
from tests.fakes.installations import FakeInstallations
from tests.fakes.queue import FakeQueue
from tests.fakes.rights import FakeRights
from tests.fakes.store import FakeStore
from tests.web.conftest import CANARY, NOW, PAGE, Caller, stored_page
from tests.web.hosts import API, AT, CLOUD, ForgeHost, forge_door, private_key
from tests.web.test_connect import FakeSites

SITE = SiteId(CLOUD)
SAVED = {"eventType": "avi:confluence:updated:page", "content": {"id": PAGE, "type": "page"}}
MOVED = {
    "eventType": "avi:jira:updated:issue",
    "issue": {"id": "10029", "key": "HBR-29", "fields": {}},
    "changelog": {"items": [{"field": "status", "from": "1", "to": "2"}]},
}
READER = "account-1"


@pytest.fixture
def installations() -> FakeInstallations:
    return FakeInstallations()


@pytest.fixture
def client(
    caller: Caller, services: Any, store: FakeStore, installations: FakeInstallations
) -> FlaskClient:
    store.save_page(replace(stored_page(), site=SITE))
    store.note_sweep(SITE, NOW)
    rights = FakeRights()
    rights.show(PAGE, READER)
    site = replace(services.sites.of(services.site), rights=rights)
    sites = FakeSites(site, installations)
    return caller(sites=sites, forge=forge_door(installations))


@pytest.fixture
def host(client: FlaskClient) -> ForgeHost:
    return ForgeHost(client)


LENT = "lent-canary-1"


def install(host: ForgeHost, lent: str = LENT) -> None:
    answer = host.call("/forge/lifecycle", module="lifecycle", system_token=lent)
    assert answer.status_code == 200


def test_an_installation_is_kept_with_its_token_and_read(
    host: ForgeHost, installations: FakeInstallations, queue: FakeQueue
) -> None:
    install(host)

    (one,) = installations.alive()
    assert (one.door, one.site, one.cloud_id) == (DoorKind.FORGE, SITE, CLOUD)
    address = one.address(Product.CONFLUENCE)
    assert address is not None
    assert address.api == f"{API}/ex/confluence/{CLOUD}"
    assert installations.token(SITE, NOW) == "lent-canary-1"
    (swept,) = queue.events
    assert isinstance(swept, SweepDue)
    assert (swept.site, swept.full) == (SITE, True)


def test_the_hour_brings_a_new_token_and_one_sweep(
    host: ForgeHost, installations: FakeInstallations, queue: FakeQueue
) -> None:
    install(host)
    installations.keep_token(SITE, "almost-over", NOW + timedelta(minutes=20))
    queue.events.clear()

    for _ in range(2):
        answer = host.call("/forge/schedule", module="schedule", system_token="lent-2")
        assert answer.status_code == 200

    assert installations.token(SITE, NOW) == "lent-2"
    assert len(queue.events) == 1


def test_a_token_that_says_when_it_ends_is_kept_as_long(
    host: ForgeHost, installations: FakeInstallations
) -> None:
    lent = jwt.encode({"exp": AT + 3 * 3600}, "x" * 32, algorithm="HS256")
    install(host, lent)

    assert installations.token(SITE, NOW + timedelta(hours=2, minutes=50)) == lent
    assert installations.token(SITE, NOW + timedelta(hours=3)) is None


def test_the_same_cloud_installed_again_is_the_same_site(
    host: ForgeHost, installations: FakeInstallations
) -> None:
    host.call("/forge/macro", page=PAGE, account=READER)
    again = ForgeHost(host.client, installation="ari:cloud:ecosystem::installation/2")
    install(again)

    (one,) = installations.alive()
    assert (one.key, one.site) == (again.installation, SITE)
    address = one.address(Product.CONFLUENCE)
    assert address is not None
    assert address.shown == "https://acme.atlassian.net/wiki", "what a frame once said stays known"


def test_events_become_ours_once_however_often_they_are_sent_again(
    host: ForgeHost, queue: FakeQueue
) -> None:
    retry = {"retryContext": {"retryCount": 1, "retryReason": "TIMEOUT", "retryData": None}}
    for body in (MOVED, {**MOVED, **retry}, {"payload": {**MOVED, **retry}}):
        assert host.call("/forge/events/jira", body, module="jira-events").status_code == 202
    assert (
        host.call("/forge/events/confluence", SAVED, module="confluence-events").status_code == 202
    )

    moved, saved = queue.events
    assert isinstance(moved, IssueMoved)
    assert isinstance(saved, PageSaved)
    assert (moved.site, moved.issue, saved.page) == (SITE, "HBR-29", PAGE)


@pytest.mark.parametrize(
    "body",
    [
        {
            "eventType": "avi:confluence:liked:whiteboard",
            "content": {"id": "1", "type": "whiteboard"},
        },
        {"eventType": "avi:jira:viewed:issue", "issue": {"id": "1", "key": "A-1"}},
        {"eventType": "avi:new:thing:2030"},
        {},
    ],
)
@pytest.mark.parametrize("product", ["jira", "confluence"])
def test_an_event_that_changes_nothing_is_taken_and_forgotten(
    host: ForgeHost, queue: FakeQueue, product: str, body: object
) -> None:
    answer = host.call(f"/forge/events/{product}", body, module=f"{product}-events")

    assert answer.status_code == 202
    assert queue.events == []


def test_a_frame_shows_the_page_that_the_token_names(host: ForgeHost) -> None:
    answer = host.call("/forge/macro", {"locale": "en"}, page=PAGE, account=READER)

    assert answer.status_code == 200
    body = answer.get_json()
    assert validate("forge-answer", body) == []
    assert CANARY in body["html"]
    same = {"locale": "en", "etag": body["etag"]}
    again = host.call("/forge/macro", same, page=PAGE, account=READER).get_json()
    assert again == {"unchanged": True}


@pytest.mark.parametrize("account", ["somebody-else", ""])
@pytest.mark.parametrize("path", ["/forge/macro", "/forge/export"])
def test_who_may_not_read_the_page_gets_nothing_of_it(
    host: ForgeHost, path: str, account: str
) -> None:
    answer = host.call(path, {"page": PAGE} if "export" in path else {}, page=PAGE, account=account)

    assert answer.status_code == 404
    assert CANARY not in answer.text
    assert answer.mimetype == "application/problem+json"


def test_a_page_in_the_body_is_not_believed(host: ForgeHost) -> None:
    assert host.call("/forge/macro", {"page": PAGE}, page="202", account=READER).status_code == 400


def test_a_macro_is_named_by_its_key_in_the_page(host: ForgeHost) -> None:
    asked = {"macro": "okr-board", "cycle": "2026-Q4"}
    board = host.call("/forge/macro", asked, page=PAGE, account=READER)
    export = host.call("/forge/export", {"page": PAGE, **asked}, account=READER)
    unknown = host.call("/forge/macro", {"macro": "okr-tree"}, page=PAGE, account=READER)

    assert "okr-board" in board.get_json()["html"]
    assert export.get_json()["adf"]["type"] == "doc"
    assert unknown.status_code == 404


def test_an_export_is_a_document_of_atlassians(host: ForgeHost) -> None:
    answer = host.call("/forge/export", {"page": PAGE, "exportType": "pdf"}, account=READER)

    assert answer.status_code == 200
    document = answer.get_json()["adf"]
    assert (document["type"], document["version"]) == ("doc", 1)
    assert CANARY in json.dumps(document)


@pytest.mark.parametrize(
    "path",
    [
        "/forge/events/jira",
        "/forge/events/confluence",
        "/forge/schedule",
        "/forge/lifecycle",
        "/forge/uninstalled",
    ],
)
def test_a_readers_frame_cannot_call_what_is_for_the_platform(
    host: ForgeHost, queue: FakeQueue, installations: FakeInstallations, path: str
) -> None:
    answer = host.call(path, MOVED, module="frame", page=PAGE, account=READER)

    assert answer.status_code == 403
    assert queue.events == []
    assert len(installations.alive()) == 1


def test_leaving_forgets_the_token_at_once(
    host: ForgeHost, installations: FakeInstallations
) -> None:
    install(host)
    assert host.call("/forge/uninstalled", module="uninstalled").status_code == 200

    assert installations.alive() == []
    assert installations.token(SITE, NOW) is None


def test_leaving_twice_is_leaving_once(host: ForgeHost, installations: FakeInstallations) -> None:
    install(host)

    answers = [host.call("/forge/uninstalled", module="uninstalled") for _ in range(2)]

    assert [one.status_code for one in answers] == [200, 200]
    assert installations.alive() == []


@pytest.mark.parametrize(
    ("path", "module"),
    [
        ("/forge/macro", "frame"),
        ("/forge/panel", "frame"),
        ("/forge/export", "frame"),
        ("/forge/events/confluence", "confluence-events"),
        ("/forge/events/jira", "jira-events"),
        ("/forge/schedule", "schedule"),
    ],
)
def test_what_was_on_its_way_while_the_app_was_taken_away_does_not_bring_it_back(
    host: ForgeHost, installations: FakeInstallations, queue: FakeQueue, path: str, module: str
) -> None:
    install(host)
    host.call("/forge/uninstalled", module="uninstalled")
    queue.events.clear()

    answer = host.call(path, SAVED, module=module, page=PAGE, account=READER, system_token=LENT)

    assert answer.status_code == 404
    assert CANARY not in answer.text
    assert installations.alive() == []
    assert installations.token(SITE, NOW) is None
    assert queue.events == []


def test_a_token_for_jobs_is_taken_from_the_platform_alone(
    host: ForgeHost, installations: FakeInstallations
) -> None:
    """A reader's browser names the headers of its calls itself."""
    install(host)
    installations.keep_token(SITE, "almost-over", NOW + timedelta(minutes=20))

    answer = host.call("/forge/macro", page=PAGE, account=READER, system_token="of-a-reader")

    assert answer.status_code == 200
    assert installations.token(SITE, NOW) == "almost-over"


def refused_tokens(host: ForgeHost) -> dict[str, str]:
    good = host.token("frame", page=PAGE, account=READER)
    claims = jwt.decode(good, options={"verify_signature": False})
    header = {"kid": "key-1"}
    return {
        "expired": host.token("frame", iat=AT - 100, exp=AT - 50),
        "of another app": host.token("frame", aud="ari:cloud:ecosystem::app/another"),
        "of another issuer": host.token("frame", iss="forge/other"),
        "of another signer": jwt.encode(claims, private_key("thief"), "RS256", headers=header),
        "of an unknown key": jwt.encode(claims, private_key(), "RS256", headers={"kid": "x"}),
        "no algorithm": jwt.encode(claims, "", "none", headers=header),
        "another algorithm": jwt.encode(claims, "x" * 32, "HS256", headers=header),
        "with another gateway": host.token(
            "frame",
            app=claims["app"] | {"apiBaseUrl": f"https://evil.example/ex/confluence/{CLOUD}"},
        ),
        "not yet good": host.token("frame", nbf=AT + 100),
        "nothing": ".",
        "oversize": "e" * 40_000,
    }


@pytest.mark.parametrize("wrong", list(refused_tokens(ForgeHost(FlaskClient(Flask("nobody"))))))
@pytest.mark.parametrize("path", ["/forge/macro", "/forge/schedule"])
def test_a_wrong_proof_is_401_and_nothing_is_kept(
    host: ForgeHost, installations: FakeInstallations, queue: FakeQueue, path: str, wrong: str
) -> None:
    answer = host.call(path, {}, token=refused_tokens(host)[wrong])

    assert answer.status_code == 401
    assert answer.mimetype == "application/problem+json"
    assert installations.kept == {}
    assert queue.events == []


BAD_BODIES: list[object] = [{"objective": ""}, {"theme": "pink"}, [], "text"]


def test_a_business_error_is_never_401(host: ForgeHost) -> None:
    """Forge takes 401 for a refusal of its own token."""
    for body in BAD_BODIES:
        assert host.call("/forge/macro", body, page=PAGE, account=READER).status_code == 400


def test_what_was_lent_is_in_no_answer_and_no_log(
    host: ForgeHost, caplog: pytest.LogCaptureFixture
) -> None:
    install(host, "lent-canary-9")
    answer = host.call("/forge/macro", page=PAGE, account=READER, system_token="lent-canary-9")

    assert "lent-canary" not in answer.text + repr(answer.headers) + caplog.text


def test_a_closed_door_is_closed_whatever_is_shown(caller: Caller) -> None:
    assert ForgeHost(caller()).call("/forge/macro", page=PAGE, account=READER).status_code == 404
