"""Issues for people: edited, linked, created, deleted, searched; as whoever acts."""

import re
from html import unescape

import pytest
from flask import Flask

from sandbox.directory import BOT, LI_NA, TOM
from sandbox.jira.adf import plain_text
from sandbox.jira.model import Issue
from sandbox.site import Site
from tests.sandbox.conftest import Caller
from tests.sandbox.people import browser, hidden, issue

BOARD = "/jira/boards/HBR"
ISSUE = "/browse/HBR-24"


def fields_of(found: Issue) -> dict[str, str]:
    return {
        "summary": found.summary,
        "assignee": found.assignee or "",
        "points": f"{found.points:g}" if found.points is not None else "",
        "parent": "HBR-1",
        "labels": " ".join(found.labels),
        "due": found.due.isoformat() if found.due else "",
        "description": plain_text(found.description) or "",
    }


def test_all_fields_are_edited_at_once(app: Flask, site: Site) -> None:
    changed = {
        "summary": "Shorter",
        "assignee": LI_NA.account_id,
        "points": "2.5",
        "parent": "HBR-2",
        "labels": "one two",
        "due": "2026-12-24",
        "description": "Line one\r\nLine two",
    }
    html = browser(app, TOM).send(ISSUE, **changed)
    after = issue(site)
    assert (after.summary, after.assignee, after.points) == ("Shorter", LI_NA.account_id, 2.5)
    assert (after.labels, str(after.due)) == (("one", "two"), "2026-12-24")
    assert plain_text(after.description) == "Line one\nLine two"
    assert after.parent_id == issue(site, "HBR-2").id
    assert "Shorter" in html
    (change, *_) = site.issues.changes(after)
    assert change.author == TOM.account_id
    assert len(change.items) == 7


def test_what_nobody_touched_stays_as_it_is(app: Flask, site: Site, bot: Caller) -> None:
    """A description with a heading is more than its words."""
    heading = {
        "type": "heading",
        "attrs": {"level": 2},
        "content": [{"type": "text", "text": "Why"}],
    }
    document = {"type": "doc", "version": 1, "content": [heading]}
    assert (
        bot.put("/rest/api/3/issue/HBR-24", {"fields": {"description": document}}).status_code
        == 204
    )
    before = site.issues.changes(issue(site))

    browser(app, BOT).send(ISSUE, **fields_of(issue(site)))

    assert issue(site).description == document
    assert site.issues.changes(issue(site)) == before


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("points", "many", "number"),
        ("due", "tomorrow", "date"),
        ("summary", " ", "summary"),
        ("parent", "HBR-24", "hierarchy"),
    ],
)
def test_a_wrong_value_is_said_and_kept(
    app: Flask, site: Site, field: str, value: str, said: str
) -> None:
    before = issue(site)
    html = browser(app, BOT).send(ISSUE, 400, **fields_of(before) | {field: value})
    assert said in html.partition('role="alert"')[2]
    assert f'value="{value}"' in html
    assert issue(site) == before


def test_comments_belong_to_whoever_said_them(app: Flask, site: Site) -> None:
    tom, li_na = browser(app, TOM), browser(app, LI_NA)
    assert "Is &lt;it&gt; done?" in tom.send(f"{ISSUE}/comments", text="Is <it> done?")
    comment = site.issues.annexes.comments.of(issue(site).id)[-1]
    assert comment.author == TOM.account_id
    li_na.send(f"{ISSUE}/comments/{comment.id}/delete", 403)
    assert "Is &lt;it&gt; done?" not in tom.send(f"{ISSUE}/comments/{comment.id}/delete")
    tom.send(f"{ISSUE}/comments/{comment.id}/delete", 404)


def test_issues_are_linked_both_ways_and_apart_again(app: Flask, site: Site) -> None:
    page = browser(app, BOT)
    assert "is blocked by" in page.send(f"{ISSUE}/links", type="in-10000", other="hbr-29")
    assert "blocks <a" in page.read("/browse/HBR-29")
    link = site.issues.annexes.links.of(issue(site).id)[-1]
    page.send(f"{ISSUE}/links", remove=str(link.id))
    assert link.id not in {one.id for one in site.issues.annexes.links.of(issue(site).id)}


def test_a_hidden_issue_cannot_be_linked_or_told_from_a_missing_one(app: Flask, site: Site) -> None:
    def answer(key: str) -> str:
        html = browser(app, TOM).send(f"{ISSUE}/links", 400, type="out-10000", other=key)
        return html.replace(key, "KEY")

    assert answer(hidden(site).key) == answer("HBR-99999")


def test_links_to_other_sites_are_shown(app: Flask, bot: Caller) -> None:
    link = {"object": {"url": "https://example.org/x", "title": "Elsewhere"}}
    assert bot.post("/rest/api/3/issue/HBR-24/remotelink", link).status_code == 201
    assert '<a href="https://example.org/x" rel="noopener">Elsewhere</a>' in browser(app, BOT).read(
        ISSUE
    )
    script = {"object": {"url": "javascript:alert(1)", "title": "Trap"}}
    assert bot.post("/rest/api/3/issue/HBR-24/remotelink", script).status_code == 201
    assert "javascript:" not in browser(app, BOT).read(ISSUE)


def test_work_is_created_below_an_epic_and_below_an_issue(app: Flask, site: Site) -> None:
    page = browser(app, TOM)
    form = page.read("/jira/create?parent=HBR-24")
    (kind,) = re.findall(r'<option value="(\d+)" selected>', form)[:1]
    html = page.send(
        "/jira/create", project="HBR", type=kind, parent="HBR-24", summary="A new part"
    )
    assert "A new part" in html
    assert "A new part" in page.read(ISSUE)
    epic = page.read("/jira/create?parent=HBR-1")
    assert "Story" in epic
    assert "Sub-task" not in epic
    wrong = page.send("/jira/create", 400, project="HBR", type="10002", summary="", labels="x")
    assert 'value="x"' in wrong


def test_an_issue_is_deleted_with_its_parts(app: Flask, site: Site) -> None:
    parts = site.issues.children(issue(site))
    assert parts
    browser(app, BOT).send(f"{ISSUE}/delete")
    assert site.issues.find("HBR-24") is None
    assert site.issues.by_id(parts[0].id) is None


def test_a_security_level_is_set_and_lifted_with_a_click(app: Flask, site: Site) -> None:
    admin, tom = browser(app, BOT), browser(app, TOM)
    admin.send(f"{ISSUE}/security", level="10000")
    tom.read(ISSUE, 404)
    tom.send(f"{ISSUE}/security", 404, level="")
    assert "HBR-24" in admin.read("/people")
    admin.send(f"{ISSUE}/security", level="", back="/people")
    tom.read(ISSUE)
    admin.send(f"{ISSUE}/security", 400, level="nonsense")


def test_search_says_what_is_wrong_and_shows_pages(app: Flask, site: Site) -> None:
    page = browser(app, BOT)
    html = page.read("/jira/search?jql=project+%3D+ZZZ+AND+foo+%3D+1", 400)
    assert "does not exist for the field" in unescape(html)
    assert "Field 'foo' does not exist" in unescape(html)
    assert 'value="project = ZZZ AND foo = 1"' in html
    found = page.read("/jira/search?jql=project+%3D+HBR+ORDER+BY+key")
    following = unescape(re.findall(r'href="([^"]+page=2)"', found)[0])
    assert "51–" in page.read(following)
    assert 'href="/browse/HBR-1"' in found
    page.read("/jira/search")


def test_an_epic_that_is_hidden_does_not_name_itself(app: Flask, bot: Caller) -> None:
    level = {"fields": {"security": {"name": "Planning"}}}
    assert bot.put("/rest/api/3/issue/HBR-1", level).status_code == 204
    for path in (ISSUE, f"{BOARD}?text=surcharge", "/browse/HBR-27"):
        assert "Instant quotes for ocean freight" not in browser(app, TOM).read(path)
