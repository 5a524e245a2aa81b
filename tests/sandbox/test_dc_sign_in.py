"""Who is let into which product, and how the others are told."""

from base64 import b64encode
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.sandbox.conftest import app_of_a_fresh_site
from tests.sandbox.data_center import JIRA, WIKI, Caller, account, bearer, json_of

MYSELF = f"{JIRA}/myself"
CURRENT = f"{WIKI}/user/current"


@pytest.fixture
def app() -> Flask:
    return app_of_a_fresh_site("company", flavor="dc")


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def basic(name: str, password: str) -> dict[str, str]:
    return {"Authorization": f"Basic {b64encode(f'{name}:{password}'.encode()).decode()}"}


def test_each_product_knows_its_own_tokens_only(client: FlaskClient) -> None:
    assert json_of(client.get(MYSELF, headers=bearer(MYSELF)))["name"] == "okr-bot"
    assert json_of(client.get(CURRENT, headers=bearer(CURRENT)))["username"] == "okr-bot"

    jira = client.get(MYSELF, headers=bearer(CURRENT))
    wiki = client.get(CURRENT, headers=bearer(MYSELF))

    assert (jira.status_code, wiki.status_code) == (401, 401)
    assert jira.headers["WWW-Authenticate"].startswith('OAuth realm="')
    assert "X-Seraph-LoginReason" not in jira.headers
    assert json_of(wiki)["status-code"] == 401


def test_a_token_that_nobody_has_searches_as_nobody(client: FlaskClient) -> None:
    """Seen on Jira 10: a bearer that does not resolve is no failed sign-in."""
    unknown = {"Authorization": "Bearer nobody"}

    found = client.get(f"{JIRA}/search", query_string={"maxResults": 1000}, headers=unknown)
    issue = client.get(f"{JIRA}/issue/HBR-24", headers=unknown)

    assert found.status_code == 200
    assert {one["key"] for one in json_of(found)["issues"]} == Caller(client, None).keys("")
    assert "HBR-24" not in Caller(client, None).keys("")
    assert (issue.status_code, json_of(issue)["errorMessages"][-1]) == (401, "Login Required")


@pytest.mark.parametrize(
    "path",
    [
        MYSELF,
        f"{JIRA}/issue",
        f"{JIRA}/field",
        "/jira/rest/agile/1.0/board",
        "/jira/rest/pat/latest/tokens",
        "/jira/rest/jira-webhook/1.0/webhooks",
        "/confluence/rest/pat/latest/tokens",
        f"{WIKI}/webhooks",
        f"{WIKI}/user/watch/space/HARBOUR",
    ],
)
def test_strangers_are_asked_to_sign_in(client: FlaskClient, path: str) -> None:
    assert Caller(client, None).get(path).status_code in {401, 405}


def test_strangers_see_what_is_open_to_them(app: Flask, client: FlaskClient) -> None:
    stranger, site = Caller(client, None), app.extensions["sandbox"]
    for page in site.pages.all():
        if page.status == "current":
            status = stranger.get(f"{WIKI}/content/{page.id}").status_code
            assert (status == 200) == site.pages.may_read(page, None)
    for issue in site.issues.all()[::40]:
        status = stranger.get(f"{JIRA}/issue/{issue.key}").status_code
        assert (status == 200) == site.issues.may_read(issue, None)


def test_a_password_signs_in_and_a_wrong_one_says_so(client: FlaskClient) -> None:
    tom = account("tom.becker")

    right = client.get(MYSELF, headers=basic("tom.becker", tom.password))
    wrong = client.get(MYSELF, headers=basic("tom.becker", "guess"))

    assert json_of(right)["key"] == tom.jira_key
    assert wrong.status_code == 401
    assert wrong.headers["X-Seraph-LoginReason"] == "AUTHENTICATED_FAILED"
    assert wrong.mimetype == "text/html"


def test_three_wrong_passwords_lock_out_the_right_one_too(client: FlaskClient) -> None:
    tom = account("tom.becker")
    for _ in range(3):
        client.get(CURRENT, headers=basic("tom.becker", "guess"))

    answer = client.get(CURRENT, headers=basic("tom.becker", tom.password))

    assert answer.status_code == 403
    assert answer.headers["X-Authentication-Denied-Reason"].startswith("CAPTCHA_CHALLENGE")
    assert client.get(CURRENT, headers=bearer(CURRENT, "tom.becker")).status_code == 200


def test_tokens_say_when_they_expire_and_then_do() -> None:
    clock = [datetime(2026, 11, 23, 9, tzinfo=UTC)]
    caller = Caller(app_of_a_fresh_site("empty", flavor="dc", now=lambda: clock[0]).test_client())

    (token,) = json_of(caller.get("/confluence/rest/pat/latest/tokens"))
    clock[0] = datetime.fromisoformat(token["expiringAt"]) - timedelta(seconds=1)
    before = caller.get(CURRENT)
    clock[0] += timedelta(seconds=1)

    assert token["createdAt"] == "2026-11-23T09:00:00.000Z"
    assert before.status_code == 200
    assert caller.get(CURRENT).status_code == 401


def test_a_token_is_told_once_and_can_be_revoked(client: FlaskClient) -> None:
    caller, path = Caller(client), "/jira/rest/pat/latest/tokens"

    made = json_of(caller.post(path, {"name": "doctor", "expirationDuration": 14}))
    own = {"Authorization": f"Bearer {made['rawToken']}"}
    listed = json_of(client.get(path, headers=own))
    revoked = caller.delete(f"{path}/{made['id']}")

    assert [token["name"] for token in listed] == ["sandbox", "doctor"]
    assert all("rawToken" not in token for token in listed)
    assert revoked.status_code == 204
    assert client.get(MYSELF, headers=own).status_code == 401


def test_one_does_not_revoke_the_tokens_of_others(client: FlaskClient) -> None:
    assert Caller(client, "li.na").delete("/jira/rest/pat/latest/tokens/1").status_code == 404


def test_the_manifest_tells_everybody_the_version(client: FlaskClient) -> None:
    as_xml = client.get("/confluence/rest/applinks/1.0/manifest")
    as_json = client.get("/jira/rest/applinks/1.0/manifest", headers={"Accept": "application/json"})

    assert b"<version>10.2.18</version>" in as_xml.data
    assert (json_of(as_json)["typeId"], json_of(as_json)["version"]) == ("jira", "10.3.24")


@pytest.mark.parametrize(
    "path", ["/rest/api/3/myself", "/wiki/api/v2/pages", "/wiki/rest/api/search", MYSELF]
)
def test_neither_flavour_answers_at_the_others_paths(path: str) -> None:
    def statuses(flavor: str) -> TestResponse:
        return app_of_a_fresh_site("empty", flavor=flavor).test_client().get(path)

    cloud, data_center = statuses("cloud").status_code, statuses("dc").status_code

    assert (cloud == 404, data_center == 404) in {(True, False), (False, True)}


def test_the_addresses_agree(client: FlaskClient) -> None:
    caller, base = Caller(client), "http://127.0.0.1:8090"

    server = json_of(caller.get(f"{JIRA}/serverInfo"))
    page = json_of(caller.get(f"{WIKI}/content/131073"))
    issue = json_of(caller.get(f"{JIRA}/issue/HBR-24"))

    assert (server["baseUrl"], server["deploymentType"]) == (f"{base}/jira", "Server")
    assert server["versionNumbers"] == [10, 3, 24]
    assert page["_links"]["base"] == f"{base}/confluence"
    assert page["_links"]["self"] == f"{base}/confluence/rest/api/content/131073"
    assert issue["self"].startswith(f"{base}/jira/rest/api/2/issue/")
