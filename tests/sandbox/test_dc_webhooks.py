"""Webhooks of Data Center: registered by its API, signed, and said in its words."""

import hashlib
import hmac
from collections.abc import Iterator
from typing import Any

import pytest

from sandbox.app import app_of, create_app
from sandbox.datacenter.jira.fields import EPIC_LINK
from sandbox.hooks.delivery import Webhooks
from sandbox.site import Site
from tests.sandbox.data_center import JIRA, WIKI, Caller, account, json_of
from tests.sandbox.test_webhooks import Receiver

SECRET = "whsec-demo"
PAGE = f"{WIKI}/content/131073"
HOOKS = "/jira/rest/jira-webhook/1.0/webhooks"
OLDER = "/jira/rest/webhooks/1.0/webhook"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    found = Receiver()
    yield found
    found.close()


@pytest.fixture
def site() -> Site:
    found: Site = create_app("company", flavor="dc", hooks=Webhooks()).extensions["sandbox"]
    return found


@pytest.fixture
def bot(site: Site) -> Caller:
    return Caller(app_of(site).test_client())


def page_hook(receiver: Receiver, *events: str) -> dict[str, Any]:
    configuration = {"secret": SECRET}
    return {
        "name": "Pages",
        "url": receiver.url,
        "events": list(events),
        "configuration": configuration,
        "active": True,
    }


def save(bot: Caller, title: str = "T") -> None:
    number = json_of(bot.get(PAGE))["version"]["number"]
    assert bot.put(PAGE, {"title": title, "version": {"number": number + 1}}).status_code == 200


def test_a_saved_page_is_announced_with_its_id_and_no_more(
    bot: Caller, site: Site, receiver: Receiver
) -> None:
    made = bot.post(f"{WIKI}/webhooks", page_hook(receiver, "page_updated"))

    save(bot)
    site.hooks.wait()

    assert made.status_code == 201
    ((headers, raw),) = receiver.got
    (body,) = receiver.bodies
    assert set(body) == {"timestamp", "event", "userKey", "page"}
    assert (body["event"], body["page"]) == ("page_updated", {"id": 131073})
    assert body["userKey"] == account("okr-bot").userkey
    expected = "sha256=" + hmac.new(SECRET.encode(), raw, hashlib.sha256).hexdigest()
    assert headers["X-Hub-Signature"] == expected
    assert headers["X-Event-Key"] == "page_updated"
    assert "X-Atlassian-Webhook-Identifier" not in headers


def test_the_trash_has_other_names_than_in_cloud(
    bot: Caller, site: Site, receiver: Receiver
) -> None:
    """Removed means: into the trash; trashed means: out of it, for good."""
    names = ("page_removed", "page_trashed", "page_restored")
    bot.post(f"{WIKI}/webhooks", page_hook(receiver, *names))

    bot.delete(PAGE)
    bot.put(PAGE, {"title": "T", "status": "current", "version": {"number": 2}})
    bot.delete(PAGE)
    bot.call("DELETE", PAGE, query_string={"status": "trashed"})
    site.hooks.wait()

    events = [body["event"] for body in receiver.bodies]
    assert events == ["page_removed", "page_restored", "page_removed", "page_trashed"]


def test_a_webhook_is_sent_what_it_listens_to_while_it_is_active(
    bot: Caller, site: Site, receiver: Receiver
) -> None:
    hook = json_of(bot.post(f"{WIKI}/webhooks", page_hook(receiver, "page_created")))
    save(bot)
    bot.put(f"{WIKI}/webhooks/{hook['id']}", {"events": ["page_updated"], "active": False})
    save(bot)
    bot.put(f"{WIKI}/webhooks/{hook['id']}", {"active": True})
    save(bot)
    bot.delete(f"{WIKI}/webhooks/{hook['id']}")
    save(bot)
    site.hooks.wait()

    assert len(receiver.got) == 1
    assert json_of(bot.get(f"{WIKI}/webhooks"))["results"] == []


def test_the_test_button_says_what_came_of_it(bot: Caller, receiver: Receiver) -> None:
    path = f"{WIKI}/webhooks/test"
    reached = json_of(bot.call("POST", path, query_string={"url": receiver.url}))
    missed = json_of(bot.call("POST", path, query_string={"url": "http://127.0.0.1:9"}))

    assert reached["response"]["statusCode"] == 204
    assert "response" not in missed
    assert receiver.bodies == [{"test": True}]


def test_only_administrators_manage_webhooks(bot: Caller, receiver: Receiver) -> None:
    tom = Caller(bot.client, "tom.becker")

    wiki = tom.post(f"{WIKI}/webhooks", page_hook(receiver, "page_created"))
    jira = tom.get(HOOKS)

    assert (wiki.status_code, jira.status_code) == (401, 403)


@pytest.mark.parametrize("path", [HOOKS, OLDER])
def test_an_issue_is_announced_to_those_whose_query_finds_it(
    bot: Caller, site: Site, receiver: Receiver, path: str
) -> None:
    hook = {
        "name": "Issues",
        "url": receiver.url,
        "events": ["jira:issue_updated"],
        "filters": {"issue-related-events-section": '"Epic Link" = HBR-2'},
    }
    made = bot.post(path, hook)

    bot.put(f"{JIRA}/issue/HBR-24", {"fields": {"summary": "Not under HBR-2"}})
    bot.put(f"{JIRA}/issue/HBR-24", {"fields": {EPIC_LINK: "HBR-2"}})
    site.hooks.wait()

    assert made.status_code == 201
    (body,) = receiver.bodies
    assert body["webhookEvent"] == "jira:issue_updated"
    assert (body["user"]["name"], body["user"]["key"]) == ("okr-bot", "JIRAUSER10100")
    assert "accountId" not in body["user"]
    assert body["issue"]["fields"][EPIC_LINK] == "HBR-2"
    (item,) = body["changelog"]["items"]
    assert (item["field"], item["fromString"], item["toString"]) == ("Epic Link", "HBR-1", "HBR-2")


def test_a_query_that_is_none_is_refused_at_once(bot: Caller, receiver: Receiver) -> None:
    hook = {"name": "I", "url": receiver.url, "events": ["jira:issue_updated"]}

    answer = bot.post(HOOKS, hook | {"filters": {"issue-related-events-section": "nonsense"}})

    assert answer.status_code == 400


def test_the_option_of_the_server_hears_everything(receiver: Receiver) -> None:
    app = create_app("company", flavor="dc", webhook_url=receiver.url, webhook_secret=SECRET)
    bot, site = Caller(app.test_client()), app.extensions["sandbox"]
    receiver.answers = [503]

    save(bot)
    bot.put(f"{JIRA}/issue/HBR-24", {"fields": {"summary": "Newer"}})
    site.hooks.wait()

    told = [body.get("event") or body.get("webhookEvent") for body in receiver.bodies]
    assert told == ["page_updated", "jira:issue_updated"]
    assert all("X-Hub-Signature" in headers for headers, _ in receiver.got)


def test_nothing_is_sent_twice(bot: Caller, site: Site, receiver: Receiver) -> None:
    hook = {"name": "I", "url": receiver.url, "events": ["jira:issue_updated"]}
    bot.post(HOOKS, hook)
    receiver.answers = [503, 503]

    bot.put(f"{JIRA}/issue/HBR-24", {"fields": {"summary": "Newer"}})
    site.hooks.wait()

    assert len(receiver.got) == 1
    assert len(site.hooks.failed) == 1
