"""The Connect door over HTTP: install, again, gone; webhooks; macros; and who must stay outside."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import jwt
import pytest
from atlassian_jwt.url_utils import hash_url  # type: ignore[import-untyped]  # has no types
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from connector.core.errors import Unavailable
from connector.core.events import IssueMoved, PageSaved, SweepDue
from connector.core.installation import DoorKind, InstallationKey
from connector.core.okr import SiteId
from connector.usecases.sites import NotConnected, Site
from tests.fakes.installations import FakeInstallations
from tests.fakes.queue import FakeQueue
from tests.fakes.rights import FakeRights
from tests.fakes.store import FakeStore
from tests.web.conftest import CANARY, NOW, PAGE, Caller, stored_page
from tests.web.hosts import AT, ConnectHost, connect_door, private_key

ACME = SiteId("acme.atlassian.net")
MACRO = "/macros/objective"
MOVED = {
    "webhookEvent": "jira:issue_updated",
    "timestamp": 1,
    "issue": {"id": "10029", "key": "HBR-29", "fields": {}},
}
SAVED = {"timestamp": 1, "page": {"id": int(PAGE), "spaceKey": "OKR", "title": "x", "version": 2}}


class FakeSites:
    """The installed sites, each with the ports of the one that the fixture knows."""

    def __init__(self, site: Site, installations: FakeInstallations) -> None:
        self.site, self.installations = site, installations

    def of(self, site: SiteId) -> Site:
        if not self.installations.of_site(site):
            raise NotConnected("no such site")
        return replace(self.site, name=site)

    def names(self) -> list[SiteId]:
        return sorted({one.site for one in self.installations.alive()})


@pytest.fixture
def installations() -> FakeInstallations:
    return FakeInstallations()


@pytest.fixture
def client(
    caller: Caller, services: Any, store: FakeStore, installations: FakeInstallations
) -> FlaskClient:
    store.save_page(replace(stored_page(), site=ACME))
    store.note_sweep(ACME, NOW)
    rights = FakeRights()
    rights.show(PAGE, "account-1")
    site = replace(services.sites.of(services.site), rights=rights)
    sites = FakeSites(site, installations)
    return caller(sites=sites, connect=connect_door(installations))


@pytest.fixture
def host(client: FlaskClient) -> ConnectHost:
    return ConnectHost(client)


def secrets(installations: FakeInstallations, host: ConnectHost) -> tuple[str, ...]:
    return installations.secrets(DoorKind.CONNECT, InstallationKey(host.client_key), NOW)


def test_a_site_installs_us_and_is_read(
    host: ConnectHost, installations: FakeInstallations, queue: FakeQueue
) -> None:
    answer = host.tell("installed")

    assert (answer.status_code, answer.data) == (204, b"")
    assert secrets(installations, host) == (host.secret,)
    (swept,) = queue.events
    assert isinstance(swept, SweepDue)
    assert (swept.site, swept.full) == (ACME, True)


def test_both_products_of_a_site_are_one_site(
    host: ConnectHost, installations: FakeInstallations, client: FlaskClient
) -> None:
    host.tell("installed")
    ConnectHost(client, product="jira", client_key="jira-of-acme").tell("installed")

    assert [one.site for one in installations.alive()] == [ACME, ACME]


def test_a_new_secret_works_at_once_and_the_old_one_for_minutes_only(
    host: ConnectHost, installations: FakeInstallations
) -> None:
    host.tell("installed")
    old, host.secret = host.secret, "another-secret-of-acme-987654321"
    token = host.lifecycle_token("/connect/installed", iat=AT - 1)
    assert host.tell("installed", token).status_code == 204

    assert secrets(installations, host) == (host.secret, old)
    assert host.post("/connect/webhooks/confluence", SAVED).status_code == 202
    later = NOW + timedelta(minutes=6)
    key = InstallationKey(host.client_key)
    assert installations.secrets(DoorKind.CONNECT, key, later) == (host.secret,)


def test_a_renamed_site_stays_the_same_site(
    host: ConnectHost, installations: FakeInstallations
) -> None:
    host.tell("installed")
    host.site = "acme-new.atlassian.net"
    host.tell("installed", host.lifecycle_token("/connect/installed", iat=AT - 1))

    (one,) = installations.alive()
    assert one.site == ACME
    assert one.addresses[0].api == "https://acme-new.atlassian.net/wiki"


def test_a_site_made_anew_under_the_same_name_gets_nothing_of_the_old_one(
    host: ConnectHost, installations: FakeInstallations, client: FlaskClient, store: FakeStore
) -> None:
    host.tell("installed")
    other = ConnectHost(client, client_key="somebody-else")
    other.tell("installed")

    assert [one.key for one in installations.alive()] == ["somebody-else"]
    assert store.pages(ACME) == []
    assert host.post("/connect/webhooks/confluence", SAVED).status_code == 401


def test_an_uninstalled_site_is_nobody_at_once(
    host: ConnectHost, installations: FakeInstallations, store: FakeStore
) -> None:
    host.tell("installed")
    assert host.tell("uninstalled").status_code == 204

    assert secrets(installations, host) == ()
    assert host.post("/connect/webhooks/confluence", SAVED).status_code == 401
    assert host.get(MACRO, page=PAGE).status_code == 401
    assert store.pages(ACME), "its data stays for a while"


def test_a_page_that_was_open_asks_in_vain_after_an_uninstall(host: ConnectHost) -> None:
    host.tell("installed")
    frame = host.get(MACRO, page=PAGE).headers["X-OKR-Frame"]
    host.tell("uninstalled")

    again = host.client.get(f"{MACRO}?page={PAGE}", headers={"X-OKR-Frame": frame})

    assert again.status_code == 401
    assert CANARY not in again.text


def test_webhooks_become_events_of_the_site_that_signed_them(
    host: ConnectHost, queue: FakeQueue
) -> None:
    host.tell("installed")
    queue.events.clear()

    assert host.post("/connect/webhooks/jira", MOVED).status_code == 202
    assert host.post("/connect/webhooks/confluence", SAVED).status_code == 202

    moved, saved = queue.events
    assert isinstance(moved, IssueMoved)
    assert isinstance(saved, PageSaved)
    assert {moved.site, saved.site} == {ACME}


def test_a_macro_is_drawn_and_asks_again_with_a_token_of_its_own(host: ConnectHost) -> None:
    host.tell("installed")
    first = host.get(MACRO, page=PAGE)

    assert first.status_code == 200
    assert CANARY in first.text
    frame = first.headers["X-OKR-Frame"]
    assert f'data-frame="{frame}"' in first.text
    headers = {"X-OKR-Frame": frame, "If-None-Match": first.headers["ETag"]}
    again = host.client.get(f"{MACRO}?page={PAGE}", headers=headers)
    assert again.status_code == 304
    assert again.headers["X-OKR-Frame"]


def test_a_frame_ends_with_the_installation_that_it_began_with(
    host: ConnectHost, installations: FakeInstallations, client: FlaskClient
) -> None:
    """Also where the site itself stays: made anew for others, or known by a token besides."""
    host.tell("installed")
    frame = host.get(MACRO, page=PAGE).headers["X-OKR-Frame"]
    host.tell("uninstalled")
    ConnectHost(client, client_key="another", secret="s" * 32).tell("installed")
    assert [one.site for one in installations.alive()] == [ACME]

    answer = client.get(f"{MACRO}?page={PAGE}", headers={"X-OKR-Frame": frame})

    assert answer.status_code == 401
    assert CANARY not in answer.text


def test_a_frame_does_not_outlive_the_door(host: ConnectHost, caller: Caller) -> None:
    host.tell("installed")
    frame = host.get(MACRO, page=PAGE).headers["X-OKR-Frame"]
    keys = host.client.application.extensions["okr_connector"].frame_keys

    answer = caller(frame_keys=keys).get(f"{MACRO}?page={PAGE}", headers={"X-OKR-Frame": frame})

    assert answer.status_code == 404


def test_the_hosts_own_script_is_allowed_where_the_host_frames_us(host: ConnectHost) -> None:
    host.tell("installed")
    policy = host.get(MACRO, page=PAGE).headers["Content-Security-Policy"].split("; ")

    assert "script-src 'self' https://connect-cdn.atl-paas.net" in policy


@pytest.mark.parametrize("other", ["page=202", "page=101&objective=x", ""])
def test_a_frame_is_good_for_its_own_page_only(host: ConnectHost, other: str) -> None:
    host.tell("installed")
    frame = host.get(MACRO, page=PAGE).headers["X-OKR-Frame"]

    answer = host.client.get(f"{MACRO}?{other}", headers={"X-OKR-Frame": frame})

    assert (answer.status_code == 200) == other.startswith(f"page={PAGE}")


def test_a_frame_is_not_good_for_another_drawing_of_the_same_page(host: ConnectHost) -> None:
    host.tell("installed")
    frame = host.get(MACRO, page=PAGE).headers["X-OKR-Frame"]

    answer = host.client.get(f"/macros/board?page={PAGE}", headers={"X-OKR-Frame": frame})

    assert answer.status_code == 401


@pytest.mark.parametrize("harm", ["", "x", "e30.00", "ä.ö", "a" * 4000, None])
def test_a_frame_that_is_none_of_ours_is_no_proof(host: ConnectHost, harm: str | None) -> None:
    host.tell("installed")
    frame = host.get(MACRO, page=PAGE).headers["X-OKR-Frame"]
    said, _, signature = frame.partition(".")
    bad = f"{said}.{signature[:-1]}{'0' if signature[-1] != '0' else '1'}" if harm is None else harm

    headers = {"X-OKR-Frame": bad.encode().decode("latin-1")}
    assert host.client.get(f"{MACRO}?page={PAGE}", headers=headers).status_code == 401


def test_two_proofs_at_once_are_none(host: ConnectHost) -> None:
    host.tell("installed")
    frame = host.get(MACRO, page=PAGE).headers["X-OKR-Frame"]

    assert host.get(MACRO, headers={"X-OKR-Frame": frame}, page=PAGE).status_code == 401


def begin_anew(host: ConnectHost, frame: str, **claims: Any) -> TestResponse:
    token = host.token("POST", "/connect/frame", **{"qsh": "context-qsh", **claims})
    headers = {"X-OKR-Frame": frame, "Authorization": f"JWT {token}"}
    return host.client.post("/connect/frame", headers=headers)


def test_a_page_that_slept_is_known_again_by_its_host(host: ConnectHost, caller: Caller) -> None:
    host.tell("installed")
    first = host.get(MACRO, page=PAGE)
    over = first.headers["X-OKR-Frame"]

    answer = begin_anew(host, over)

    assert answer.status_code == 204
    again = answer.headers["X-OKR-Frame"]
    shown = host.client.get(f"{MACRO}?page={PAGE}", headers={"X-OKR-Frame": again})
    assert shown.status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [{"sub": "somebody-else"}, {"qsh": hash_url("POST", "/connect/frame")}, {"exp": AT - 10}],
    ids=["another person", "a request's token", "over"],
)
def test_nobody_else_takes_a_frame_over(host: ConnectHost, wrong: dict[str, Any]) -> None:
    host.tell("installed")
    frame = host.get(MACRO, page=PAGE).headers["X-OKR-Frame"]

    answer = begin_anew(host, frame, **wrong)

    assert answer.status_code == 401
    assert "X-OKR-Frame" not in answer.headers


@pytest.mark.parametrize("frame", ["", "e30.00"])
def test_what_was_no_frame_does_not_become_one(host: ConnectHost, frame: str) -> None:
    host.tell("installed")

    assert begin_anew(host, frame).status_code == 401


LIFECYCLE_REFUSALS: dict[str, dict[str, Any]] = {
    "another audience": {"aud": ["https://other.example"]},
    "no audience": {"aud": []},
    "expired": {"iat": AT - 500, "exp": AT - 300},
    "of another path": {"qsh": hash_url("POST", "/connect/uninstalled")},
    "a key nobody has": {"kid": "fake-kid"},
    "of somebody else": {"iss": "client-of-others"},
}


@pytest.mark.parametrize("wrong", LIFECYCLE_REFUSALS.values(), ids=LIFECYCLE_REFUSALS)
def test_a_wrong_install_changes_nothing(
    host: ConnectHost, installations: FakeInstallations, wrong: dict[str, Any]
) -> None:
    answer = host.tell("installed", host.lifecycle_token("/connect/installed", **wrong))

    assert answer.status_code == 401
    assert installations.kept == {}


def test_an_install_is_good_once(host: ConnectHost, installations: FakeInstallations) -> None:
    token = host.lifecycle_token("/connect/installed")
    assert host.tell("installed", token).status_code == 204

    assert host.tell("installed", token, sharedSecret="of-a-stranger-0123").status_code == 401
    assert secrets(installations, host) == (host.secret,)


@pytest.mark.parametrize(
    "told",
    [
        {"baseUrl": "https://evil.example/wiki"},
        {"baseUrl": "https://acme.atlassian.net.evil.example/wiki"},
        {"clientKey": "somebody-else"},
    ],
)
def test_the_body_is_not_covered_by_the_proof_and_not_believed(
    host: ConnectHost, installations: FakeInstallations, told: dict[str, Any]
) -> None:
    assert host.tell("installed", **told).status_code == 401
    assert installations.kept == {}


@pytest.mark.parametrize(
    "told",
    [
        {"sharedSecret": "short"},
        {"productType": "bamboo"},
        {"key": "another-app"},
        {"baseUrl": "javascript:alert(1)"},
    ],
)
def test_a_body_that_is_no_installation_is_refused_without_repeating_it(
    host: ConnectHost, installations: FakeInstallations, told: dict[str, Any]
) -> None:
    answer = host.tell("installed", **told)

    assert answer.status_code == 400
    assert host.secret not in answer.text
    assert installations.kept == {}


def with_token(host: ConnectHost, token: str) -> int:
    headers = {"Authorization": f"JWT {token}"}
    url = "/connect/webhooks/confluence"
    return host.client.post(url, json=SAVED, headers=headers).status_code


def signed(host: ConnectHost, **changes: Any) -> str:
    return host.token("POST", "/connect/webhooks/confluence", **changes)


def doors_of_others(host: ConnectHost) -> dict[str, str]:
    url = "/connect/webhooks/confluence"
    claims = jwt.decode(signed(host), options={"verify_signature": False})
    return {
        "expired": signed(host, iat=AT - 900, exp=AT - 600),
        "of the future": signed(host, iat=AT + 600, exp=AT + 700),
        "of another address": host.token("POST", "/connect/webhooks/jira"),
        "of another method": host.token("GET", url),
        "a context token": signed(host, qsh="context-qsh"),
        "of a stranger": signed(host, iss="client-of-nobody"),
        "of another secret": jwt.encode(claims, "x" * 32, algorithm="HS256"),
        "no algorithm": jwt.encode(claims, "", algorithm="none"),
        "another algorithm": jwt.encode(claims, host.secret + "x" * 32, algorithm="HS512"),
        "signed as an install": jwt.encode(
            claims, private_key(), algorithm="RS256", headers={"kid": "key-1"}
        ),
        "nothing": "",
        "half": signed(host).rpartition(".")[0],
        "oversize": "e" * 10_000,
    }


@pytest.mark.parametrize("wrong", list(doors_of_others(ConnectHost(FlaskClient(Flask("nobody"))))))
def test_a_wrong_proof_is_401_and_changes_nothing(
    host: ConnectHost, queue: FakeQueue, wrong: str
) -> None:
    host.tell("installed")
    queue.events.clear()

    assert with_token(host, doors_of_others(host)[wrong]) == 401
    assert queue.events == []


def test_strangers_and_tenants_are_refused_alike(host: ConnectHost) -> None:
    host.tell("installed")
    url = "/connect/webhooks/confluence"
    answers = [
        host.client.post(url, json=SAVED, headers={"Authorization": f"JWT {token}"})
        for token in (signed(host, iss="nobody"), doors_of_others(host)["of another secret"])
    ]

    assert answers[0].data == answers[1].data
    assert {one.status_code for one in answers} == {401}


def test_another_sites_token_reads_its_own_pages_only(
    host: ConnectHost, client: FlaskClient
) -> None:
    host.tell("installed")
    other = ConnectHost(
        client,
        site="other.atlassian.net",
        client_key="other",
        secret="the-secret-of-the-other-one-0001",
    )
    other.tell("installed")

    answer = other.get(MACRO, page=PAGE)

    assert CANARY not in answer.text


def test_a_closed_door_is_closed_whatever_is_shown(caller: Caller) -> None:
    host = ConnectHost(caller())

    assert host.tell("installed").status_code == 404
    assert host.post("/connect/webhooks/jira", MOVED).status_code == 404
    assert host.get(MACRO, page=PAGE).status_code == 404


@pytest.mark.parametrize("event", ["installed", "uninstalled"])
def test_a_lifecycle_call_that_could_not_be_kept_may_be_made_again(
    host: ConnectHost, installations: FakeInstallations, event: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    host.tell("installed", host.lifecycle_token("/connect/installed", iat=AT - 1))
    token = host.lifecycle_token(f"/connect/{event}")

    def away(*_: object, **__: object) -> None:
        raise Unavailable("the database is away")

    with monkeypatch.context() as broken:
        for name in ("save", "end"):
            broken.setattr(installations, name, away)
        assert host.tell(event, token).status_code == 503

    assert host.tell(event, token).status_code == 204
    assert host.tell(event, token).status_code == 401
