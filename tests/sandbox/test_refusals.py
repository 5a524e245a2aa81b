"""Every kind of refusal, by its reason: status, shape of the body, headers."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from sandbox.access import EDIT
from sandbox.directory import BOT, LI_NA, TOM, User
from sandbox.jira.groups import EVERYBODY
from sandbox.site import Site
from tests.sandbox.conftest import Caller, json_of

JIRA, WIKI, V1 = "/rest/api/3", "/wiki/api/v2", "/wiki/rest/api"
PAGE = f"{WIKI}/pages/131073"
FRESH = {"spaceId": "65538", "title": "New", "body": {"representation": "storage", "value": ""}}
NEXT = {"id": "131073", "status": "current", "title": "T", "version": {"number": 2}}
REMOVED = "The requested API has been removed."
STALE = (
    "Version must be incremented when updating a page. Current Version: [1]. Provided version: [9]"
)
ONLY_BOT_EDITS = [
    {
        "operation": "update",
        "restrictions": {"user": [{"type": "known", "accountId": BOT.account_id}]},
    }
]
Body = dict[str, Any]


def stored(value: str) -> Body:
    return {"body": {"representation": "storage", "value": value}}


def of_jira(status: int, body: Body) -> list[str]:
    assert set(body) == {"errorMessages", "errors"}
    assert all(isinstance(message, str) for message in body["errorMessages"])
    said = [*body["errorMessages"], *(f"{k}: {v}" for k, v in body["errors"].items())]
    assert said
    return said


def of_jiras_door(status: int, body: Body) -> list[str]:
    assert body == {
        "message": "Client must be authenticated to access this resource.",
        "status-code": 401,
    }
    return [body["message"]]


def of_wiki(status: int, body: Body) -> list[str]:
    """Only the stale version carries its status as text: captured so from a real site."""
    assert set(body) == {"errors"}
    for error in body["errors"]:
        assert set(error) == {"status", "code", "title", "detail"}
        assert error["status"] == ("409" if status == 409 else status)
    return [f"{error['code']}: {error['title']}" for error in body["errors"]]


def of_wiki_v1(status: int, body: Body) -> list[str]:
    assert set(body) == {"statusCode", "data", "message"}
    assert body["statusCode"] == status
    assert set(body["data"]) == {"authorized", "valid", "errors", "successful"}
    assert body["data"]["authorized"] is (status != 403)
    assert body["message"].startswith("com.atlassian.confluence.api.service.exceptions.")
    return [body["message"]]


@dataclass(frozen=True)
class Refusal:
    """`says` is part of what is told; `limits` and `faults` are on before the call."""

    why: str
    status: int
    method: str
    path: str
    says: str = ""
    body: Any = None
    user: User | None = BOT
    headers: dict[str, str] = field(default_factory=dict)
    limits: Body = field(default_factory=dict)
    faults: tuple[str, ...] = ()
    calls: int = 1
    door: bool = False
    look_only: bool = False

    @property
    def shape(self) -> Callable[[int, Body], list[str]]:
        if self.path.startswith(WIKI):
            return of_wiki
        if self.path.startswith(V1):
            return of_wiki_v1
        return of_jiras_door if self.door else of_jira


STRANGER = replace(BOT, token="wrong")
WAIT = {"Retry-After": "600", "X-RateLimit-Remaining": "0", "X-RateLimit-NearLimit": "true"}
ISSUE = f"{JIRA}/issue/HBR-29"
UNNAMED = {"fields": {"project": {"key": "HBR"}, "issuetype": {"name": "Task"}}}
RENAMED = {"fields": {"summary": "Another"}}
REFUSALS = [
    Refusal("JQL that cannot be parsed", 400, "GET", f"{JIRA}/search/jql?jql=project+%3D", "JQL"),
    Refusal("an unbounded search", 400, "POST", f"{JIRA}/search/jql", body={"jql": ""}),
    Refusal("no such field in JQL", 400, "GET", f"{JIRA}/search/jql?jql=x+%3D+1", "'x'"),
    Refusal("no summary", 400, "POST", f"{JIRA}/issue", "summary", UNNAMED),
    Refusal("not JSON", 400, "PUT", ISSUE, body="x"),
    Refusal("no such transition", 400, "POST", f"{ISSUE}/transitions", body={"transition": {}}),
    Refusal("a wrong token", 401, "GET", f"{JIRA}/myself", user=STRANGER, door=True),
    Refusal("nobody", 401, "GET", f"{JIRA}/myself", user=None, door=True),
    Refusal("who may only look", 403, "DELETE", ISSUE, "permission", user=TOM, look_only=True),
    Refusal("no such issue", 404, "GET", f"{JIRA}/issue/HBR-9999", "Issue does not exist or you"),
    Refusal(
        "a hidden issue", 404, "GET", f"{JIRA}/issue/HIDDEN", "do not have permission", user=TOM
    ),
    Refusal("no such project", 404, "GET", f"{JIRA}/project/NONE", "No project"),
    Refusal("no such route", 404, "GET", f"{JIRA}/none"),
    Refusal("no such method", 405, "PATCH", ISSUE),
    Refusal("somebody was quicker", 409, "PUT", ISSUE, body=RENAMED, faults=("conflict",)),
    Refusal("the removed search", 410, "GET", f"{JIRA}/search?jql=project=HBR", REMOVED),
    Refusal("the removed search", 410, "POST", f"{JIRA}/search", REMOVED, {"jql": "project=HBR"}),
    Refusal("too much", 413, "POST", f"{JIRA}/issue", body={"x": "y" * 17_000_000}),
    Refusal(
        "the app's quota",
        429,
        "GET",
        ISSUE,
        headers={"RateLimit-Reason": "jira-quota-global-based"}
        | WAIT
        | {"X-RateLimit-Reset": "2026-11-23T10:00Z"},
        limits={"points": 1},
        calls=2,
    ),
    Refusal(
        "the tenant's quota",
        429,
        "GET",
        ISSUE,
        headers={"RateLimit-Reason": "jira-quota-tenant-based"} | WAIT,
        limits={"points": 1, "scope": "tenant"},
        calls=2,
    ),
    Refusal(
        "a burst",
        429,
        "GET",
        ISSUE,
        headers={"RateLimit-Reason": "jira-burst-based", "Retry-After": "1"},
        limits={"burst": {"GET": 1}},
        calls=2,
    ),
    Refusal(
        "writes of one issue",
        429,
        "PUT",
        ISSUE,
        body=RENAMED,
        headers={"RateLimit-Reason": "jira-per-issue-on-write", "Retry-After": "2"},
        limits={"per_issue": True},
        calls=21,
    ),
    Refusal("a field is missing", 400, "PUT", PAGE, "'status' is missing", {"id": "131073"}),
    Refusal("broken XHTML", 400, "POST", f"{WIKI}/pages", body=FRESH | stored("<p>")),
    Refusal(
        "a title twice",
        400,
        "POST",
        f"{WIKI}/pages",
        "same TITLE in this space",
        FRESH | {"title": "HARBOURLINE company OKRs · Q4 2026"},
    ),
    Refusal("an id that is none", 400, "GET", f"{WIKI}/pages/x", "Expected type is long"),
    Refusal("a wrong token", 401, "GET", PAGE, user=STRANGER),
    Refusal("nobody", 401, "GET", PAGE, user=None),
    Refusal(
        "a page to be read only",
        403,
        "PUT",
        PAGE,
        "not permitted to edit",
        NEXT | stored(""),
        user=LI_NA,
    ),
    Refusal("no such page", 404, "GET", f"{WIKI}/pages/99"),
    Refusal("a hidden page", 404, "GET", f"{WIKI}/pages/HIDDEN", user=TOM),
    Refusal("no such route", 404, "GET", f"{WIKI}/none"),
    Refusal(
        "a stale version", 409, "PUT", PAGE, STALE, NEXT | stored("") | {"version": {"number": 9}}
    ),
    Refusal("over 5 MB", 413, "PUT", PAGE, body=NEXT | stored("<p>" + "y" * 5_300_000 + "</p>")),
    Refusal("over 5 MB", 413, "POST", f"{WIKI}/pages", body=FRESH | stored("y" * 5_300_000)),
    Refusal(
        "the app's quota",
        429,
        "GET",
        PAGE,
        headers={"RateLimit-Reason": "confluence-quota-global-based"} | WAIT,
        limits={"points": 1},
        calls=2,
    ),
    Refusal(
        "the tenant's quota",
        429,
        "GET",
        PAGE,
        headers={"RateLimit-Reason": "confluence-quota-tenant-based"} | WAIT,
        limits={"points": 1, "scope": "tenant"},
        calls=2,
    ),
    Refusal("a burst", 429, "GET", PAGE, limits={"burst": {"GET": 1}}, calls=2),
    Refusal("CQL that cannot be parsed", 400, "GET", f"{V1}/search?cql=label+%3D"),
    Refusal("a wrong token", 401, "GET", f"{V1}/user/current", user=STRANGER),
    Refusal("nobody", 403, "GET", f"{V1}/search?cql=type=page", user=None),
    Refusal(
        "a page to be read only",
        403,
        "POST",
        f"{V1}/content/131073/label",
        body=[{"prefix": "global", "name": "x"}],
        user=LI_NA,
    ),
    Refusal(
        "somebody was quicker",
        409,
        "PUT",
        f"{V1}/content/131073/restriction",
        "Version must be incremented",
        ONLY_BOT_EDITS,
        faults=("conflict",),
    ),
    Refusal("no such page", 404, "GET", f"{V1}/content/99/label"),
    Refusal("a hidden page", 404, "GET", f"{V1}/content/HIDDEN/label", user=TOM),
    Refusal(
        "the app's quota",
        429,
        "GET",
        f"{V1}/user/current",
        headers={"RateLimit-Reason": "confluence-quota-global-based"} | WAIT,
        limits={"points": 1},
        calls=2,
    ),
]


def _hidden(bot: Caller, path: str) -> str:
    """What the bot sees and Tom does not: an issue's key, or a page's id."""
    tom = Caller(bot.client, TOM)
    if path.startswith(JIRA):
        return min(bot.found("project = HBR") - tom.found("project = HBR"))
    every = f"{WIKI}/pages?limit=250"
    seen, shown = (json_of(one.get(every))["results"] for one in (bot, tom))
    return min({str(page["id"]) for page in seen} - {str(page["id"]) for page in shown})


@pytest.mark.parametrize(
    "refusal", REFUSALS, ids=lambda one: f"{one.status} {one.method} {one.path} {one.why}"
)
def test_a_refusal_tells_its_reason(refusal: Refusal, bot: Caller, site: Site) -> None:
    if refusal.look_only:
        site.issues.access.revoke("HBR", EDIT, EVERYBODY)
    path = refusal.path
    if "HIDDEN" in path:
        path = path.replace("HIDDEN", _hidden(bot, path))
    bot.post(f"{V1}/content/131073/restriction", ONLY_BOT_EDITS)
    bot.post("/_sandbox/clock", {"now": "2026-11-23T09:50:00Z", "stopped": True})
    bot.post("/_sandbox/limits", refusal.limits)
    bot.post("/_sandbox/faults", {"faults": [{"kind": kind} for kind in refusal.faults]})
    caller = Caller(bot.client, refusal.user)

    for _ in range(refusal.calls):
        answer = caller.call(refusal.method, path, json=refusal.body)

    assert answer.status_code == refusal.status, answer.get_data(as_text=True)
    assert answer.mimetype == "application/json"
    assert [line for line in refusal.shape(refusal.status, json_of(answer)) if refusal.says in line]
    assert refusal.headers.items() <= dict(answer.headers).items()
    assert ("RateLimit-Reason" in answer.headers) == ("RateLimit-Reason" in refusal.headers)
    assert ("Retry-After" in answer.headers) == (refusal.status == 429)
