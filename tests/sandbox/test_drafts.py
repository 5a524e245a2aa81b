"""Drafts: written, published, discarded, and nobody else's business."""

from typing import Any

import pytest

from sandbox.site import Site
from tests.sandbox.conftest import Caller, json_of
from tests.sandbox.test_pages import PAGES, update

ID = "131073"
DRAFT = {"spaceId": "65538", "status": "draft", "title": "In the making"}
STORAGE = {"body-format": "storage"}


@pytest.fixture
def draft(bot: Caller) -> str:
    return str(json_of(bot.post(PAGES, DRAFT))["id"])


def titles(caller: Caller, **query: Any) -> list[str]:
    return [page["title"] for page in json_of(caller.get(PAGES, **query))["results"]]


def test_a_draft_is_its_authors_own(bot: Caller, tom: Caller, draft: str) -> None:
    assert bot.get(f"{PAGES}/{draft}").status_code == 404
    found = json_of(bot.get(f"{PAGES}/{draft}", **{"get-draft": "true"}))
    assert (found["status"], found["version"]["number"]) == ("draft", 1)
    assert tom.get(f"{PAGES}/{draft}", **{"get-draft": "true"}).status_code == 404
    assert bot.get(PAGES, status="draft").status_code == 400
    assert "In the making" not in titles(bot)


def test_a_draft_needs_no_title(bot: Caller) -> None:
    assert bot.post(PAGES, {"spaceId": "65538", "status": "draft"}).status_code == 200
    assert bot.post(PAGES, {"spaceId": "65538", "status": "current"}).status_code == 400
    assert bot.post(PAGES, {"spaceId": "65538", "status": "lost"}).status_code == 400


def test_a_draft_is_rewritten_and_published_as_version_one(
    bot: Caller, tom: Caller, draft: str
) -> None:
    assert update(bot, 2, draft, status="draft").status_code == 400
    assert update(bot, 1, draft, status="draft", title="Nearly").status_code == 200
    assert update(bot, 1, draft, title="People OKRs Q4 2026").status_code == 400, "taken"

    published = json_of(update(bot, 1, draft, title="Done"))

    assert (published["status"], published["version"]["number"]) == ("current", 1)
    assert json_of(tom.get(f"{PAGES}/{draft}"))["title"] == "Done"
    assert update(bot, 2, draft).status_code == 200


def test_changes_wait_beside_the_page(bot: Caller) -> None:
    before = json_of(bot.get(f"{PAGES}/{ID}", **STORAGE))

    assert update(bot, 1, status="draft", title="Soon").status_code == 200

    assert json_of(bot.get(f"{PAGES}/{ID}", **STORAGE)) == before
    waiting = json_of(bot.get(f"{PAGES}/{ID}", **{"get-draft": "true", **STORAGE}))
    assert (waiting["title"], waiting["status"]) == ("Soon", "draft")
    assert waiting["body"]["storage"]["value"] == "<p>Changed</p>"
    assert update(bot, 2).status_code == 200
    after = json_of(bot.get(f"{PAGES}/{ID}", **{"get-draft": "true"}))
    assert (after["status"], after["version"]["number"]) == ("current", 2)


def test_a_discarded_draft_is_gone_and_its_page_is_not(bot: Caller, draft: str) -> None:
    update(bot, 1, status="draft", title="Soon")

    assert bot.delete(f"{PAGES}/{draft}").status_code == 404
    assert bot.delete(f"{PAGES}/{draft}?draft=true").status_code == 204
    assert bot.get(f"{PAGES}/{draft}", status="draft").status_code == 404
    assert bot.delete(f"{PAGES}/{ID}?draft=true").status_code == 204
    assert json_of(bot.get(f"{PAGES}/{ID}", **{"get-draft": "true"}))["status"] == "current"


def test_nobody_hears_of_drafts(
    bot: Caller, site: Site, draft: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    monkeypatch.setattr(
        site.hooks, "send", lambda _product, body: heard.append(body["webhookEvent"])
    )
    bot.post(PAGES, DRAFT)
    update(bot, 1, draft, status="draft")
    update(bot, 1, status="draft")
    assert heard == []
    update(bot, 1, draft)
    assert heard == ["page_created"]
