"""Installing a Connect app: the handshake, the app's own user, and the end of it."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import requests

from sandbox.directory import ADMIN, LI_NA
from sandbox.site import Site
from sandbox.wire import JsonObject
from tests.sandbox.connect_guest import KEY, Guest, descriptor
from tests.sandbox.hosting import serving, serving_site

PAGE = "/rest/api/content/131073"
PAGE_V2 = "/api/v2/pages/131073"


@dataclass(frozen=True)
class Met:
    site: Site
    guest: Guest

    def post(self, path: str, body: JsonObject) -> requests.Response:
        with requests.Session() as session:
            session.trust_env = False
            return session.post(f"{self.site.base}{path}", json=body, timeout=30)

    def install(self, product: str = "confluence", status: int = 201) -> Any:
        told = {"descriptor": f"{self.guest.base}/descriptor.json", "product": product}
        answer = self.post("/_sandbox/connect/install", told)
        assert answer.status_code == status, answer.text
        return answer.json()


@pytest.fixture
def met() -> Iterator[Met]:
    guest = Guest()
    with serving_site() as site, serving(guest.app):
        guest.keys = f"{site.base}/_keys"
        yield Met(site, guest)


def test_the_app_is_told_its_secret_with_the_hosts_signature(met: Met) -> None:
    installed = met.install()

    claims, body = met.guest.lifecycle[0]
    assert claims["exp"] - claims["iat"] == 180
    assert {
        "key": KEY,
        "clientKey": installed["clientKey"],
        "baseUrl": f"{met.site.base}/wiki",
        "displayUrl": f"{met.site.base}/wiki",
        "productType": "confluence",
        "eventType": "installed",
    }.items() <= body.items()
    assert len(body["sharedSecret"]) >= 32


def test_each_product_has_its_own_client_key_and_address(met: Met) -> None:
    wiki, jira = met.install("confluence"), met.install("jira")

    assert wiki["clientKey"] != jira["clientKey"]
    assert [body["baseUrl"] for _, body in met.guest.lifecycle] == [
        f"{met.site.base}/wiki",
        met.site.base,
    ]


def test_a_second_install_brings_a_new_secret_and_ends_the_old_one(met: Met) -> None:
    first = met.install()
    old = met.guest.token(first["clientKey"], "GET", PAGE)
    second = met.install()

    secrets = [body["sharedSecret"] for _, body in met.guest.lifecycle]
    assert first["clientKey"] == second["clientKey"]
    assert secrets[0] != secrets[1]
    assert _with_token(met, old) == 401
    assert met.guest.call(second, "GET", PAGE).status_code == 200


def test_an_app_that_does_not_say_200_or_204_is_not_installed(met: Met) -> None:
    met.guest.install_status = 202
    refused = met.install(status=400)

    assert "202" in refused["error"]
    assert met.site.connect.all() == []


def test_an_app_that_asks_is_told_that_it_is_enabled(met: Met) -> None:
    """Afterwards, and with the secret it was given: nobody waits for the answer."""
    told = {"installed": "/installed", "uninstalled": "/uninstalled", "enabled": "/enabled"}
    met.guest.told = {"lifecycle": told}
    met.install()
    deadline = time.monotonic() + 10
    while not met.guest.bodies:
        assert time.monotonic() < deadline
        time.sleep(0.02)

    (body,) = met.guest.bodies
    assert body["eventType"] == "enabled"
    assert "sharedSecret" not in body


def test_a_failed_second_install_leaves_the_first(met: Met) -> None:
    installed = met.install()
    met.guest.install_status = 500
    met.install(status=400)

    assert met.guest.call(installed, "GET", PAGE).status_code == 200


def test_an_unknown_key_is_not_found(met: Met) -> None:
    with requests.Session() as session:
        session.trust_env = False
        answer = session.get(f"{met.guest.keys}/fake-kid", timeout=10)

    assert answer.status_code == 404


WRONG = [
    ({"key": "no spaces"}, "key"),
    ({"baseUrl": "guest"}, "baseUrl"),
    ({"scopes": ["EVERYTHING"]}, "EVERYTHING"),
    ({"scopes": "READ"}, "scope"),
    ({"lifecycle": {}}, "lifecycle.installed"),
    ({"authentication": {"type": "none"}}, "authentication"),
    ({"apiMigrations": {}}, "signed-install"),
]


@pytest.mark.parametrize(("changed", "named"), WRONG, ids=lambda value: str(value)[:30])
def test_a_wrong_descriptor_is_refused(met: Met, changed: JsonObject, named: str) -> None:
    met.guest.told = changed

    assert named in met.install(status=400)["error"]


def test_an_uninstalled_app_is_told_and_calls_no_more(met: Met) -> None:
    installed = met.install()
    assert met.guest.call(installed, "GET", PAGE).status_code == 200

    gone = met.post("/_sandbox/connect/uninstall", {"app": KEY})

    _, body = met.guest.lifecycle[-1]
    assert gone.json()["apps"][0]["problem"] is None
    assert body["eventType"] == "uninstalled"
    assert "sharedSecret" not in body
    assert met.guest.call(installed, "GET", PAGE).status_code == 401
    assert met.post("/_sandbox/connect/uninstall", {"app": KEY}).status_code == 400


def test_the_app_is_a_user_of_its_own(met: Met) -> None:
    wiki, jira = met.install(), met.install("jira")

    current = met.guest.call(wiki, "GET", "/rest/api/user/current").json()
    myself = met.guest.call(jira, "GET", "/rest/api/3/myself").json()

    assert current["accountType"] == myself["accountType"] == "app"
    assert current["accountId"] == myself["accountId"] == wiki["user"]
    assert myself["displayName"] == "Guest"


def test_the_app_reads_no_page_that_names_its_readers(met: Met) -> None:
    """Restrictions hold for the user of an app as for anybody else."""
    installed = met.install()
    assert met.guest.call(installed, "GET", PAGE_V2).status_code == 200

    met.site.pages.rights.restrict(131073, "read", LI_NA.account_id)
    assert met.guest.call(installed, "GET", PAGE_V2).status_code == 404

    met.site.pages.rights.restrict(131073, "read", installed["user"])
    assert met.guest.call(installed, "GET", PAGE_V2).status_code == 200


def test_the_app_reads_no_issue_with_a_security_level(met: Met) -> None:
    installed = met.install("jira")
    hidden = next(one for one in met.site.issues.all() if one.security_id)

    assert met.guest.call(installed, "GET", "/rest/api/3/issue/HBR-24").status_code == 200
    assert met.guest.call(installed, "GET", f"/rest/api/3/issue/{hidden.key}").status_code == 404


def test_the_app_may_ask_what_others_may_see(met: Met) -> None:
    installed = met.install()
    asked = {"subject": {"type": "user", "identifier": LI_NA.account_id}, "operation": "read"}

    answer = met.guest.call(installed, "POST", f"{PAGE}/permission/check", json=asked)

    assert answer.status_code == 200, answer.text
    assert answer.json()["hasPermission"] is True


WRITES = [
    ("POST", f"{PAGE}/label", [{"prefix": "global", "name": "new"}]),
    ("POST", f"{PAGE_V2}/properties", {"key": "k", "value": 1}),
    ("DELETE", PAGE_V2, None),
]


@pytest.mark.parametrize(("method", "path", "body"), WRITES, ids=lambda value: str(value)[:40])
def test_who_may_only_read_does_not_write(met: Met, method: str, path: str, body: Any) -> None:
    installed = met.install()

    answer = met.guest.call(installed, method, path, json=body)

    assert answer.status_code == 403
    assert "Request not in an authorized API scope" in answer.text


def test_write_does_not_include_delete(met: Met) -> None:
    met.guest.told = {"scopes": ["READ", "WRITE"]}
    installed = met.install()

    method, path, body = WRITES[1]
    assert met.guest.call(installed, method, path, json=body).status_code == 200
    assert met.guest.call(installed, "DELETE", PAGE_V2).status_code == 403


def test_reading_by_post_needs_no_more_than_reading(met: Met) -> None:
    installed = met.install("jira")

    answer = met.guest.call(
        installed, "POST", "/rest/api/3/search/jql", json={"jql": "project = HBR"}
    )

    assert answer.status_code == 200


def test_what_no_connect_app_may_call_is_refused(met: Met) -> None:
    met.guest.told = {"scopes": ["ADMIN"]}
    installed = met.install("jira")

    assert met.guest.call(installed, "GET", "/rest/webhooks/1.0/webhook").status_code == 403


def test_a_get_with_a_body_is_refused(met: Met) -> None:
    installed = met.install()

    assert met.guest.call(installed, "GET", PAGE, json={}).status_code == 403


BAD_TOKENS: list[tuple[str, JsonObject]] = [
    ("another request", {"qsh": "0" * 64}),
    ("the qsh of the frame's own tokens", {"qsh": "context-qsh"}),
    ("expired", {"exp": 1_700_000_000}),
    ("another audience", {"aud": ["somebody"]}),
    ("another app", {"iss": "other.app"}),
]


@pytest.mark.parametrize(("name", "claims"), BAD_TOKENS, ids=lambda value: str(value)[:30])
def test_a_wrong_token_opens_nothing(met: Met, name: str, claims: JsonObject) -> None:
    installed = met.install()

    assert met.guest.call(installed, "GET", PAGE, claims=claims).status_code == 401


@pytest.mark.parametrize("token", ["", "x", "a.b.c"])
def test_what_is_no_token_opens_nothing(met: Met, token: str) -> None:
    met.install()

    assert _with_token(met, token) == 401


def test_a_token_for_one_product_does_not_open_the_other(met: Met) -> None:
    wiki = met.install()
    in_jira = {**wiki, "baseUrl": met.site.base}

    assert met.guest.call(in_jira, "GET", "/rest/api/3/myself").status_code == 401


def test_the_query_belongs_to_the_token(met: Met) -> None:
    installed = met.install()
    search = "/rest/api/search?cql=type%20%3D%20page%20and%20title%20~%20%22O*%22&limit=2"
    token = met.guest.token(installed["clientKey"], "GET", search)

    assert met.guest.call(installed, "GET", search).status_code == 200
    assert _with_token(met, token, search.replace("limit=2", "limit=3")) == 401


def test_calls_of_the_app_count_as_points(met: Met) -> None:
    installed = met.install()
    met.post("/_sandbox/limits", {"points": 3})

    assert met.guest.call(installed, "GET", PAGE).status_code == 200
    assert met.guest.call(installed, "GET", PAGE).status_code == 200
    refused = met.guest.call(installed, "GET", PAGE)

    assert refused.status_code == 429
    assert refused.headers["RateLimit-Reason"] == "confluence-quota-global-based"


def test_what_the_app_writes_has_its_name(met: Met) -> None:
    met.guest.told = {"scopes": ["READ", "WRITE"]}
    installed = met.install()
    page = met.site.pages.find(131073)
    assert page is not None
    body = {
        "id": "131073",
        "status": "current",
        "title": page.title,
        "body": {"representation": "storage", "value": "<p>By the app</p>"},
        "version": {"number": page.version.number + 1},
    }

    answer = met.guest.call(installed, "PUT", PAGE_V2, json=body)

    assert answer.json()["version"]["authorId"] == installed["user"]
    met.site.hooks.wait()
    assert met.guest.bodies[-1]["webhookEvent"] == "page_updated"


def test_people_still_sign_in_with_their_tokens(met: Met) -> None:
    met.install()
    with requests.Session() as session:
        session.trust_env = False
        session.auth = (ADMIN.email, ADMIN.token)
        answer = session.get(f"{met.site.base}/rest/api/3/myself", timeout=10)

    assert answer.json()["accountType"] == "atlassian"


def test_cql_knows_the_apps_properties_as_long_as_it_is_there(met: Met) -> None:
    met.install()
    assert met.site.pages.extractions.named("guestdone")

    met.post("/_sandbox/connect/uninstall", {"app": KEY})

    assert met.site.pages.extractions.named("guestdone") is None


def test_the_descriptor_of_the_tests_is_one(met: Met) -> None:
    """Without a change it installs, so the refusals above are about what they change."""
    assert descriptor("http://h")["key"] == met.install()["app"]


def _with_token(met: Met, token: str, path: str = PAGE) -> int:
    with requests.Session() as session:
        session.trust_env = False
        answer = session.get(
            f"{met.site.base}/wiki{path}", headers={"Authorization": f"JWT {token}"}, timeout=10
        )
    return answer.status_code
