"""Boards for people: what stands on them, for whom, and what a button moves."""

import re
from html import unescape

from flask import Flask

from sandbox.directory import BOT, LI_NA, TOM, User
from sandbox.site import Site
from tests.sandbox.people import SECRET, browser, hidden, issue

BOARD = "/jira/boards/HBR"
ISSUE = "/browse/HBR-24"


def cards(html: str) -> list[str]:
    return re.findall(r'<div class="card \w+" id="([\w-]+)"', html)


def whole_board(app: Flask, user: User, path: str) -> list[str]:
    """The cards of every page of a board, each epic in full."""
    page = browser(app, user)
    sign = "&" if "?" in path else "?"
    pages = int((re.findall(r"<span>1 \S+ (\d+)</span>", page.read(path)) or ["1"])[0])
    found = [cards(page.read(f"{path}{sign}page={n + 1}&most=500")) for n in range(pages)]
    return [card for of_page in found for card in of_page]


def test_a_hidden_issue_is_nowhere(app: Flask, site: Site) -> None:
    secret, tom = hidden(site), browser(app, TOM)
    tom.read(f"/browse/{secret.key}", 404)
    assert secret.key not in whole_board(app, TOM, BOARD)
    assert secret.key in whole_board(app, LI_NA, BOARD)
    above = site.issues.by_id(secret.parent_id)
    assert above is not None
    assert SECRET not in tom.read(f"/browse/{above.key}")
    assert SECRET in browser(app, LI_NA).read(f"/browse/{above.key}")
    assert "0 found" in tom.read(f"/jira/search?jql=summary+~+%22{SECRET.replace(' ', '+')}%22")


def test_counts_leave_out_what_is_hidden(app: Flask, site: Site) -> None:
    above = site.issues.by_id(hidden(site).parent_id)
    assert above is not None

    def total(user: User) -> int:
        html = browser(app, user).read(f"{BOARD}?epic={above.key}")
        return int(re.findall(r"<span class=\"count\">\d+ / (\d+) ", html)[0])

    assert total(LI_NA) == total(TOM) + 1


def test_every_readable_issue_is_on_the_board_once(app: Flask, site: Site) -> None:
    mine = {
        one.key
        for one in site.issues.all()
        if one.project == "HBR" and one.type.level == 0 and site.issues.may_read(one, TOM)
    }
    shown = whole_board(app, TOM, BOARD)
    assert len(shown) == len(set(shown))
    assert set(shown) == mine


def test_columns_sum_cards_and_points(app: Flask, site: Site) -> None:
    html = browser(app, BOT).read(BOARD)
    sums = re.findall(r"<small>(\d+) cards? · ([\d.]+) points</small>", html)
    mine = [one for one in site.issues.all() if one.project == "HBR" and one.type.level == 0]
    assert sum(int(count) for count, _ in sums) == len(mine)
    assert sum(float(points) for _, points in sums) == sum(one.points or 0 for one in mine)


def test_a_long_cell_leads_to_more(app: Flask, site: Site) -> None:
    for number in range(60):
        fields = {
            "project": {"key": "HBR"},
            "issuetype": {"name": "Task"},
            "summary": f"Card {number}",
            "parent": {"key": "HBR-1"},
        }
        site.desk.create(fields, BOT)
    page = browser(app, BOT)
    html = page.read(BOARD)
    assert html.count("Card ") < 10
    following = unescape(re.findall(r'href="([^"]+)">Show more: \d+', html)[0])
    assert "epic=HBR-1" in following
    assert page.read(following).count('class="summary">Card ') == 38
    more = unescape(re.findall(r'href="([^"]+)">Show more: \d+', page.read(following))[0])
    assert page.read(more).count('class="summary">Card ') == 60


def test_a_board_is_filtered_by_assignee_and_words(app: Flask, site: Site) -> None:
    shown = whole_board(app, BOT, f"{BOARD}?assignee={TOM.account_id}")
    assert shown
    assert {issue(site, key).assignee for key in shown} == {TOM.account_id}
    assert whole_board(app, BOT, f"{BOARD}?text=every+surcharge") == ["HBR-24"]
    assert "Nothing found." in browser(app, BOT).read(f"{BOARD}?text=no-such-words")


def test_a_move_is_made_by_whoever_acts(app: Flask, site: Site) -> None:
    browser(app, TOM).send("/browse/HBR-29/transition", transition="31", back=BOARD)
    newest = site.issues.changes(issue(site, "HBR-29"))[0]
    assert newest.author == TOM.account_id


def test_who_may_only_look_finds_no_buttons_and_no_way_around_them(app: Flask, site: Site) -> None:
    site.issues.access.revoke("HBR", "edit", "jira-users")
    tom, before = browser(app, TOM), issue(site)
    for path in (BOARD, ISSUE):
        html = tom.read(path).partition("</header>")[2]
        assert "<button" not in html.replace("<button>Filter</button>", "")
    form = {"transition": "31", "summary": "S", "text": "T", "other": "HBR-1", "type": "out-10000"}
    for part in ("", "/transition", "/comments", "/links", "/delete", "/security"):
        tom.send(ISSUE + part, 403, **form)
    tom.read("/jira/create?project=HBR", 403)
    tom.send("/jira/create", 403, project="HBR", type="10002", summary="S")
    assert issue(site) == before


def test_strangers_see_a_public_project_and_change_nothing(app: Flask, site: Site) -> None:
    stranger = browser(app, None)
    stranger.read(BOARD, 404)
    stranger.read(ISSUE, 404)
    site.issues.access.grant("HBR", "view", "anonymous")
    assert cards(stranger.read(BOARD))
    stranger.read(f"/browse/{hidden(site).key}", 404)
    stranger.send(f"{ISSUE}/transition", 403, transition="31")
