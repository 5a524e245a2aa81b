"""Webhooks of everything beside issues, and those that an administrator set up with a filter."""

from typing import Any

import pytest

from sandbox.app import create_app
from sandbox.directory import BOT
from sandbox.hooks.delivery import Webhooks
from sandbox.site import Site
from tests.sandbox.conftest import Caller, json_of
from tests.sandbox.test_webhooks import Receiver, receiver

__all__ = ["receiver"]
API = "/rest/api/3"
ISSUE = f"{API}/issue/HBR-24"
HOOKS = "/rest/webhooks/1.0/webhook"
SAID = {"type": "paragraph", "content": [{"type": "text", "text": "Hello"}]}
DOCUMENT = {"type": "doc", "version": 1, "content": [SAID]}


@pytest.fixture
def heard(receiver: Receiver) -> tuple[Caller, Site]:
    app = create_app(webhook_url=receiver.url, hooks=Webhooks(pauses=()))
    return Caller(app.test_client(), BOT), app.extensions["sandbox"]


def told(receiver: Receiver, site: Site) -> dict[str, Any]:
    site.hooks.wait()
    return {body["webhookEvent"]: body for body in receiver.bodies}


def test_comments_links_properties_and_time_are_announced(
    heard: tuple[Caller, Site],
    receiver: Receiver,
) -> None:
    bot, site = heard
    comment = json_of(bot.post(f"{ISSUE}/comment", {"body": DOCUMENT}))
    bot.put(f"{ISSUE}/comment/{comment['id']}", {"body": DOCUMENT})
    bot.delete(f"{ISSUE}/comment/{comment['id']}")
    ends = {"inwardIssue": {"key": "HBR-24"}, "outwardIssue": {"key": "HBR-29"}}
    bot.post(f"{API}/issueLink", {"type": {"name": "Blocks"}} | ends)
    bot.put(f"{ISSUE}/properties/okr", {"a": 1})
    bot.delete(f"{ISSUE}/properties/okr")
    bot.post(f"{ISSUE}/worklog", {"timeSpent": "1h"})
    bodies = told(receiver, site)

    assert {"comment_created", "comment_updated", "comment_deleted"} <= set(bodies)
    assert bodies["comment_created"]["comment"]["body"] == "Hello"
    assert bodies["comment_created"]["issue"]["key"] == "HBR-24"
    assert set(bodies["comment_created"]["issue"]["fields"]) >= {"summary", "status", "project"}
    link = bodies["issuelink_created"]["issueLink"]
    assert (link["sourceIssueId"], link["issueLinkType"]["outwardName"]) == (
        int(json_of(bot.get(ISSUE))["id"]),
        "blocks",
    )
    assert bodies["issue_property_set"]["property"] == {"key": "okr", "value": {"a": 1}}
    assert bodies["issue_property_deleted"]["property"] == {"key": "okr"}
    assert bodies["worklog_created"]["worklog"]["timeSpentSeconds"] == 3600
    assert all(isinstance(body["timestamp"], int) for body in bodies.values())


def test_versions_and_sprints_are_announced(
    heard: tuple[Caller, Site],
    receiver: Receiver,
) -> None:
    bot, site = heard
    version = json_of(bot.post(f"{API}/version", {"name": "1.0", "projectId": 10001}))
    bot.put(f"{API}/version/{version['id']}", {"released": True})
    bot.delete(f"{API}/version/{version['id']}")
    dates = {"startDate": "2026-11-02T08:00:00Z", "endDate": "2026-11-16T08:00:00Z"}
    made = bot.post("/rest/agile/1.0/sprint", {"name": "S", "originBoardId": 3} | dates)
    path = f"/rest/agile/1.0/sprint/{json_of(made)['id']}"
    bot.post(path, {"goal": "Go"})
    bot.post(path, {"state": "active"})
    bot.post(path, {"state": "closed"})
    bot.delete(path)
    bodies = told(receiver, site)

    assert list(bodies) == [
        "jira:version_created",
        "jira:version_released",
        "jira:version_deleted",
        "sprint_created",
        "sprint_updated",
        "sprint_started",
        "sprint_closed",
        "sprint_deleted",
    ]
    assert bodies["jira:version_released"]["version"]["released"] is True
    assert bodies["sprint_closed"]["oldValue"]["state"] == "active"


def test_a_filter_lets_through_what_it_finds(
    receiver: Receiver,
) -> None:
    app = create_app(hooks=Webhooks(pauses=()))
    bot = Caller(app.test_client(), BOT)
    asked = {
        "name": "epics of one",
        "url": f"{receiver.url}/filtered",
        "events": ["jira:issue_updated"],
        "filters": {"issue-related-events-section": "parent = HBR-1"},
        "secret": "whsec",
    }
    made = json_of(bot.post(HOOKS, asked))
    bot.put(f"{API}/issue/HBR-2", {"fields": {"summary": "Other"}})
    bot.put(ISSUE, {"fields": {"summary": "Mine"}})
    bot.post(f"{ISSUE}/comment", {"body": DOCUMENT})
    app.extensions["sandbox"].hooks.wait()

    ((headers, _),) = receiver.got
    assert receiver.bodies[0]["issue"]["key"] == "HBR-24"
    assert headers["X-Hub-Signature"].startswith("sha256=")
    assert "secret" not in made
    number = made["self"].rpartition("/")[2]
    assert bot.put(f"{HOOKS}/{number}", {"enabled": False}).status_code == 200
    bot.put(ISSUE, {"fields": {"summary": "Mine again"}})
    app.extensions["sandbox"].hooks.wait()
    assert len(receiver.got) == 1


def test_only_administrators_set_up_webhooks_and_apps_their_own(bot: Caller, tom: Caller) -> None:
    assert tom.get(HOOKS).status_code == 403
    assert bot.post(HOOKS, {"name": "x", "url": "ftp://x", "events": []}).status_code == 400
    wrong = {"issue-related-events-section": "colour = red"}
    refused = bot.post(HOOKS, {"name": "x", "url": "http://x", "events": [], "filters": wrong})
    assert refused.status_code == 400
    assert bot.get(f"{API}/webhook").status_code == 403
    assert tom.post(f"{API}/webhook", {}).status_code == 403
