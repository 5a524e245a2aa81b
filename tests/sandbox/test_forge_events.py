"""A Forge app's server is told what happens, and calls back through the gateway."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jwt
import pytest
import requests

from sandbox.directory import BOT, LI_NA, User
from sandbox.forge.timing import Timing
from sandbox.site import Site
from sandbox.wire import JsonObject
from tests.sandbox.conftest import authorization
from tests.sandbox.forge_guest import APP_ID, SCOPES, ForgeGuest, deployed
from tests.sandbox.hosting import serving, serving_site

V2 = "/wiki/api/v2/pages/131073"
QUICK = Timing(delay=0.01, retry=0.05, first=0.01)


@dataclass(frozen=True)
class Hosted:
    site: Site
    guest: ForgeGuest
    folder: Path

    def install(self, **changed: Any) -> None:
        path = deployed(self.folder, **changed)
        self.site.forge.deploy(path, self.guest.base)
        self.site.forge.install()
        self.settle()

    def settle(self) -> None:
        assert self.site.forge.deliveries.settle()

    def wait_for(self, path: str, count: int) -> None:
        deadline = time.monotonic() + 10
        while len(self.guest.on(path)) < count:
            assert time.monotonic() < deadline
            time.sleep(0.02)

    def send(self, method: str, path: str, user: User = BOT, body: Any = None) -> requests.Response:
        with requests.Session() as session:
            session.trust_env = False
            return session.request(
                method,
                f"{self.site.base}{path}",
                json=body,
                headers=authorization(user),
                timeout=30,
            )

    def gateway(
        self, path: str, token: str, product: str = "confluence", cloud_id: str = "", **rest: Any
    ) -> requests.Response:
        place = f"/ex/{product}/{cloud_id or self.site.forge.cloud_id}"
        with requests.Session() as session:
            session.trust_env = False
            return session.request(
                rest.pop("method", "GET"),
                f"{self.site.base}{place}{path}",
                headers={"Authorization": f"Bearer {token}"},
                timeout=30,
                **rest,
            )

    def write(self, body: str = "<p>new</p>", user: User = BOT) -> None:
        now = self.send("GET", V2).json()
        told = {
            "id": "131073",
            "status": "current",
            "title": now["title"],
            "version": {"number": now["version"]["number"] + 1},
            "body": {"representation": "storage", "value": body},
        }
        assert self.send("PUT", V2, user, told).status_code == 200

    @property
    def system_token(self) -> str:
        return self.guest.on("/events")[0].headers["x-forge-oauth-system"]


@pytest.fixture
def hosted(tmp_path: Path) -> Iterator[Hosted]:
    guest = ForgeGuest()
    with serving_site() as site, serving(guest.app):
        guest.jwks = f"{site.base}/_forge/jwks.json"
        site.forge.deliveries.timing = QUICK
        yield Hosted(site, guest, tmp_path)


def test_an_installed_app_hears_of_it_and_gets_a_token_as_the_app(hosted: Hosted) -> None:
    hosted.install()

    (first,) = hosted.guest.on("/events")
    event = first.body["payload"]
    assert event["eventType"] == "avi:forge:installed:app"
    assert event["installerAccountId"] == BOT.account_id
    assert event["context"].endswith(hosted.site.forge.cloud_id)
    assert first.claims["app"]["id"] == APP_ID
    assert first.claims["app"]["installationId"].endswith(event["id"])
    assert first.claims["app"]["module"] == {"type": "core:endpoint", "key": "events"}
    assert first.claims["context"]["cloudId"] == hosted.site.forge.cloud_id
    assert "principal" not in first.claims
    assert "x-forge-oauth-user" not in first.headers
    assert {"x-b3-traceid", "x-b3-spanid", "x-forge-oauth-system"} <= set(first.headers)


def test_both_products_are_in_the_token(hosted: Hosted) -> None:
    hosted.install()

    app = hosted.guest.heard[0].claims["app"]
    base, cloud = hosted.site.base, hosted.site.forge.cloud_id
    assert {one["name"]: one["apiBaseUrl"] for one in app["installation"]["contexts"]} == {
        "confluence": f"{base}/ex/confluence/{cloud}",
        "jira": f"{base}/ex/jira/{cloud}",
    }
    assert app["apiBaseUrl"] == f"{base}/ex/confluence/{cloud}"


def test_a_saved_page_is_told_without_its_text(hosted: Hosted) -> None:
    hosted.install()
    hosted.write("<p>secret words</p>", LI_NA)
    hosted.settle()

    event = hosted.guest.on("/events")[-1].body["payload"]
    assert event["eventType"] == "avi:confluence:updated:page"
    assert event["atlassianId"] == LI_NA.account_id
    assert event["content"]["id"] == "131073"
    assert event["content"]["version"]["number"] == 2
    assert event["selfGenerated"] is False
    assert "secret words" not in str(event)


def test_a_moved_issue_is_told_with_its_changes(hosted: Hosted) -> None:
    hosted.install()
    hosted.send("POST", "/rest/api/3/issue/HBR-24/transitions", body={"transition": {"id": "31"}})
    hosted.settle()

    last = hosted.guest.on("/events")[-1]
    event = last.body["payload"]
    assert (event["eventType"], event["issue"]["key"]) == ("avi:jira:updated:issue", "HBR-24")
    assert "status" in {item["field"] for item in event["changelog"]["items"]}
    assert last.claims["app"]["apiBaseUrl"].startswith(f"{hosted.site.base}/ex/jira/")


def test_links_of_issues_are_told(hosted: Hosted) -> None:
    hosted.install()
    told = {
        "type": {"name": "Blocks"},
        "inwardIssue": {"key": "HBR-24"},
        "outwardIssue": {"key": "HBR-25"},
    }
    assert hosted.send("POST", "/rest/api/3/issueLink", body=told).status_code == 201
    hosted.settle()

    assert "avi:jira:created:issuelink" in hosted.guest.events()


def test_an_event_without_its_scope_is_not_told(hosted: Hosted) -> None:
    """A page in the trash is for apps that may write; others never hear of it."""
    hosted.install()
    hosted.send("DELETE", V2)
    hosted.settle()
    assert hosted.guest.events() == ["avi:forge:installed:app"]

    hosted.install(scopes=(*SCOPES, "write:confluence-content"))
    other = next(one.id for one in hosted.site.pages.all() if one.status == "current")
    assert hosted.send("DELETE", f"/wiki/api/v2/pages/{other}").status_code == 204
    hosted.settle()
    assert hosted.guest.events()[-1] == "avi:confluence:trashed:page"


def test_an_app_ignores_itself_in_jira_alone(hosted: Hosted) -> None:
    writing = ("write:jira-work", "write:page:confluence")
    hosted.install(scopes=(*SCOPES, *writing))
    edit = {"fields": {"summary": "By the app"}}
    page = hosted.gateway("/wiki/api/v2/pages/131073", hosted.system_token).json()
    told = {
        "id": "131073",
        "status": "current",
        "title": page["title"],
        "version": {"number": 2},
        "body": {"representation": "storage", "value": "<p>By the app</p>"},
    }

    issue = hosted.gateway(
        "/rest/api/3/issue/HBR-24", hosted.system_token, "jira", method="PUT", json=edit
    )
    saved = hosted.gateway(
        "/wiki/api/v2/pages/131073", hosted.system_token, method="PUT", json=told
    )
    hosted.settle()

    assert (issue.status_code, saved.status_code) == (204, 200)
    assert hosted.guest.events()[1:] == ["avi:confluence:updated:page"]
    assert hosted.guest.on("/events")[-1].body["payload"]["selfGenerated"] is True


REFUSED = [
    (500, "INVALID_REMOTE_INVOCATION_ERROR"),
    (404, "INVALID_REMOTE_INVOCATION_ERROR"),
    (302, "INVALID_REMOTE_INVOCATION_ERROR"),
    (401, "INVALID_FORGE_INVOCATION_TOKEN"),
]


@pytest.mark.parametrize(("status", "reason"), REFUSED)
def test_what_is_not_taken_comes_again_and_says_why(
    hosted: Hosted, status: int, reason: str
) -> None:
    hosted.install()
    hosted.guest.heard.clear()
    hosted.guest.statuses = [status, status]
    hosted.write()
    hosted.settle()

    told = [one.body["payload"].get("retryContext") for one in hosted.guest.on("/events")]
    assert told == [
        None,
        {"retryData": None, "retryCount": 1, "retryReason": reason},
        {"retryData": None, "retryCount": 2, "retryReason": reason},
    ]
    first, second, _ = hosted.guest.on("/events")
    assert second.at - first.at >= QUICK.retry
    assert first.claims["jti"] != second.claims["jti"]


def test_after_four_more_attempts_it_is_given_up(hosted: Hosted) -> None:
    hosted.install()
    hosted.guest.heard.clear()
    hosted.guest.statuses = [500] * 9
    hosted.write()
    hosted.settle()

    assert len(hosted.guest.on("/events")) == 5
    (lost,) = hosted.send("GET", "/_sandbox/forge").json()["failed"]
    assert lost == {
        "module": "pages",
        "event": "avi:confluence:updated:page",
        "reason": "INVALID_REMOTE_INVOCATION_ERROR",
    }


def test_a_schedule_that_nobody_keeps_is_known(hosted: Hosted) -> None:
    hosted.install()
    hosted.guest.statuses = [500] * 9
    hosted.site.forge.keep_schedules()
    hosted.settle()

    (lost,) = hosted.send("GET", "/_sandbox/forge").json()["failed"]
    assert (lost["module"], lost["event"]) == ("hourly", None)


def test_an_answer_after_five_seconds_is_none(hosted: Hosted) -> None:
    hosted.install()
    hosted.guest.heard.clear()
    hosted.guest.pause = 5.5
    hosted.guest.statuses = [204]
    hosted.write()
    hosted.wait_for("/events", 1)
    hosted.guest.pause = 0.0
    hosted.settle()

    retry = hosted.guest.on("/events")[1].body["payload"]["retryContext"]
    assert retry["retryReason"] == "TIMEOUT_ERROR"


def test_the_weather_of_webhooks_is_that_of_events(hosted: Hosted) -> None:
    hosted.install()
    hosted.guest.heard.clear()
    hosted.send("POST", "/_sandbox/faults", body={"webhooks": {"doubled": 1}})
    hosted.write()
    hosted.settle()

    first, second = hosted.guest.on("/events")
    assert first.body == second.body


def test_schedules_are_kept_soon_and_again(hosted: Hosted) -> None:
    hosted.site.forge.deliveries.timing = Timing(delay=0.01, first=0.01, interval=0.05)
    hosted.install()
    hosted.wait_for("/hour", 3)

    found = hosted.guest.on("/hour")[0]
    assert found.body["payload"]["context"]["moduleKey"] == "hourly"
    assert "x-forge-oauth-system" in found.headers
    assert "principal" not in found.claims


def test_a_body_may_come_flat(hosted: Hosted) -> None:
    answer = hosted.send("POST", "/_sandbox/forge/timing", body={"body": "flat"})
    hosted.install()

    assert answer.json()["body"] == "flat"
    assert hosted.guest.on("/events")[0].body["eventType"] == "avi:forge:installed:app"


def test_the_gateway_opens_both_products_for_the_app(hosted: Hosted) -> None:
    hosted.install()

    page = hosted.gateway("/wiki/api/v2/pages/131073", hosted.system_token)
    issue = hosted.gateway("/rest/api/3/issue/HBR-24", hosted.system_token, "jira")

    assert page.json()["id"] == "131073"
    assert issue.json()["key"] == "HBR-24"


def test_the_app_sees_what_is_open_and_no_more(hosted: Hosted) -> None:
    hosted.install()
    hosted.site.pages.rights.restrict(131073, "read", LI_NA.account_id)

    assert hosted.gateway("/wiki/api/v2/pages/131073", hosted.system_token).status_code == 404


def test_a_scope_that_the_manifest_lacks_is_refused_by_the_gateway(hosted: Hosted) -> None:
    hosted.install()

    answer = hosted.gateway("/wiki/api/v2/spaces", hosted.system_token)

    assert answer.status_code == 401
    assert answer.json() == {"code": 401, "message": "Unauthorized; scope does not match"}


def test_a_classic_scope_does_not_open_boards(hosted: Hosted) -> None:
    hosted.install()

    answer = hosted.gateway("/rest/agile/1.0/board", hosted.system_token, "jira")

    assert answer.status_code == 401


def test_only_bearer_tokens_of_this_installation_pass(hosted: Hosted) -> None:
    hosted.install()
    old = hosted.system_token
    hosted.guest.heard.clear()
    hosted.site.forge.install()
    hosted.settle()

    path = "/wiki/api/v2/pages/131073"
    assert hosted.gateway(path, hosted.system_token).status_code == 200
    assert hosted.gateway(path, "made-up").status_code == 401
    assert hosted.gateway(path, hosted.system_token, cloud_id="other").status_code == 403
    assert hosted.gateway(path, old).status_code == 403
    assert (
        hosted.send("GET", f"/ex/confluence/{hosted.site.forge.cloud_id}{path}").status_code == 401
    )


@pytest.mark.parametrize("path", ["/wiki/spaces/HARBOUR", "/", "", "/rest/api/3/myself"])
def test_the_gateway_of_confluence_leads_to_its_apis_alone(hosted: Hosted, path: str) -> None:
    hosted.install()

    assert hosted.gateway(path, hosted.system_token).status_code == 404


def test_tokens_last_two_hours_at_least_and_four_at_most(hosted: Hosted) -> None:
    hosted.install()
    first = hosted.system_token
    clock = hosted.site.now()
    claims = jwt.decode(first, options={"verify_signature": False})
    assert 7200 <= claims["exp"] - clock.timestamp() <= 14400

    hosted.send("POST", "/_sandbox/clock", body={"advance": 7000})
    hosted.site.forge.keep_schedules()
    hosted.settle()
    assert hosted.guest.on("/hour")[-1].headers["x-forge-oauth-system"] == first

    hosted.send("POST", "/_sandbox/clock", body={"advance": 1000})
    hosted.site.forge.keep_schedules()
    hosted.settle()
    second = hosted.guest.on("/hour")[-1].headers["x-forge-oauth-system"]
    assert second != first

    hosted.send("POST", "/_sandbox/clock", body={"advance": 7000})
    path = "/wiki/api/v2/pages/131073"
    assert hosted.gateway(path, first).status_code == 401
    assert hosted.gateway(path, second).status_code == 200


def test_without_a_scope_of_a_product_there_is_no_token(hosted: Hosted) -> None:
    hosted.install(scopes=("read:app-system-token",))

    assert "x-forge-oauth-system" not in hosted.guest.heard[0].headers


def test_an_app_hears_that_it_goes_and_then_nothing(hosted: Hosted) -> None:
    hosted.install()
    token = hosted.system_token

    gone = hosted.send("POST", "/_sandbox/forge/uninstall")
    hosted.write()
    hosted.settle()

    assert gone.json() == {"problem": None}
    assert hosted.guest.heard[-1].path == "/leave"
    assert hosted.gateway("/wiki/api/v2/pages/131073", token).status_code == 403


WRONG: list[tuple[JsonObject, str]] = [
    ({"remote: home\n      route: {path: /events}": "remote: away"}, "remote 'away'"),
    ({"{key: life, endpoint: events": "{key: life, endpoint: nowhere"}, "endpoint 'nowhere'"),
    ({"path: static/main": "path: static/none"}, "resource 'main'"),
    ({APP_ID: "guest"}, "app.id"),
]


@pytest.mark.parametrize(("replaced", "named"), WRONG, ids=lambda value: str(value)[:40])
def test_a_wrong_manifest_is_refused(hosted: Hosted, replaced: JsonObject, named: str) -> None:
    path = deployed(hosted.folder, **replaced)
    told = {"manifest": str(path), "remote": hosted.guest.base}

    answer = hosted.send("POST", "/_sandbox/forge/install", body=told)

    assert answer.status_code == 400
    assert named in answer.json()["error"]


def test_an_app_is_installed_by_a_call_as_well(hosted: Hosted) -> None:
    told = {"manifest": str(deployed(hosted.folder)), "remote": hosted.guest.base}

    answer = hosted.send("POST", "/_sandbox/forge/install", body=told)
    hosted.settle()

    assert answer.json()["app"] == APP_ID
    assert hosted.guest.events() == ["avi:forge:installed:app"]
    assert hosted.send("GET", "/_sandbox/forge").json()["installation"]["app"] == APP_ID
