"""Wiki pages for people: read, written, compared, commented, thrown away; as whoever acts."""

from flask import Flask

from sandbox.directory import BOT, LI_NA, TOM
from sandbox.site import Site
from sandbox.wiki.cells import plain_cells
from tests.sandbox.conftest import Caller, json_of
from tests.sandbox.people import browser

SPACE = "/wiki/spaces/HARBOUR"
PAGE = f"{SPACE}/pages/131073"
HIDDEN = f"{SPACE}/pages/131438"
HIDDEN_TITLE = "People OKRs Q4 2026"


def stored(site: Site, page_id: int = 131073) -> str:
    page = site.pages.find(page_id)
    assert page is not None
    return page.body


def test_a_hidden_page_is_not_there_and_tells_nothing(app: Flask) -> None:
    for path in (HIDDEN, f"{HIDDEN}/history", f"{HIDDEN}/diff", f"{HIDDEN}/restrictions"):
        html = browser(app, TOM).read(path, 404)
        assert HIDDEN_TITLE not in html
    assert HIDDEN_TITLE not in browser(app, TOM).read(PAGE), "the tree leaves it out"
    assert HIDDEN_TITLE not in browser(app, TOM).read("/wiki/search?text=people+okr")
    assert HIDDEN_TITLE in browser(app, LI_NA).read("/wiki/search?text=people+okr")
    assert HIDDEN_TITLE in browser(app, LI_NA).read(HIDDEN)


def test_pages_below_a_hidden_page_are_hidden(app: Flask, site: Site) -> None:
    form = {"title": "Below", "body": "<p>x</p>", "parent": "131438"}
    path = browser(app, BOT).posted(f"{SPACE}/new", **form).location

    assert path is not None
    browser(app, LI_NA).read(path)
    browser(app, TOM).read(path, 404)


def test_who_may_only_read_gets_no_forms_and_no_way_around_them(app: Flask, site: Site) -> None:
    li_na, before = browser(app, LI_NA), stored(site, 131438)
    html = li_na.read(HIDDEN)
    assert '<textarea name="body"' not in html
    assert "data-cell" not in html
    form = {"version": "1", "title": "T", "body": "<p>x</p>", "cell": "0", "text": "x", "add": "y"}

    for part in ("", "/cell", "/labels", "/restore", "/trash", "/restrictions"):
        li_na.send(HIDDEN + part, 403, **form)
    assert stored(site, 131438) == before


def test_strangers_get_nothing_until_something_is_public(app: Flask, site: Site) -> None:
    stranger = browser(app, None)
    stranger.read(PAGE, 404)
    stranger.read(SPACE, 404)
    site.pages.access.grant("HARBOUR", "view", "anonymous")

    html = stranger.read(PAGE)
    assert "Harbourline company OKRs" in html
    assert "<textarea" not in html
    stranger.send(f"{PAGE}/comments", 403, text="Hello")
    stranger.read(HIDDEN, 404)


def test_an_edit_is_the_edit_of_whoever_acts(app: Flask, tom: Caller) -> None:
    form = {"version": "1", "title": "T", "body": "<p>x</p>", "message": "Why"}
    html = browser(app, TOM).send(PAGE, 302, **form)

    assert "“Why”" in html
    version = json_of(tom.get("/wiki/api/v2/pages/131073"))["version"]
    assert (version["authorId"], version["message"]) == (TOM.account_id, "Why")


def test_a_mistake_in_the_text_is_said_with_its_place_and_the_text_is_kept(app: Flask) -> None:
    form = {"version": "1", "title": "My title", "body": "<p>mine\n<b>unclosed</p>"}
    html = browser(app, BOT).send(PAGE, 400, **form)

    assert "[2,16]" in html
    assert "&lt;b&gt;unclosed&lt;/p&gt;</textarea>" in html
    assert 'value="My title"' in html


def test_a_conflict_shows_both_texts_and_can_be_solved(app: Flask, site: Site) -> None:
    first, second = browser(app, BOT), browser(app, LI_NA)
    form = {"version": "1", "title": "T"}
    first.send(PAGE, 302, **form, body="<p>theirs</p>")

    html = second.send(PAGE, 409, **form, body="<p>mine</p>")
    assert "&lt;p&gt;mine&lt;/p&gt;" in html
    assert "&lt;p&gt;theirs&lt;/p&gt;" in html
    assert 'name="version" value="2"' in html
    second.send(PAGE, 302, version="2", title="T", body="<p>both</p>")
    assert stored(site) == "<p>both</p>"


def test_a_cell_is_edited_where_it_is(app: Flask, site: Site) -> None:
    before = stored(site)
    number, cell = next((n, c) for n, c in plain_cells(before).items() if c.text == "8 h")
    page = browser(app, TOM)
    assert f'id="cell-{number}" data-cell="{number}"' in page.read(PAGE)
    assert ">8 h</textarea>" in page.read(f"{PAGE}?cell={number}")

    page.send(f"{PAGE}/cell", cell=str(number), version="1", text="6 h & less")

    raw = before.encode()
    expected = raw[: cell.start] + b"6 h &amp; less" + raw[cell.end :]
    assert stored(site).encode() == expected
    assert f"version {2}" in page.read(PAGE)
    page.send(f"{PAGE}/cell", cell=str(number), version="2", text=" 6 h & less ")
    assert f"version {2}" in page.read(PAGE), "what stays the same is no new version"


def test_a_cell_of_a_page_that_changed_meanwhile_keeps_what_was_typed(
    app: Flask, site: Site
) -> None:
    number = next(n for n, c in plain_cells(stored(site)).items() if c.text == "8 h")
    browser(app, LI_NA).send(f"{PAGE}/cell", cell=str(number), version="1", text="7 h")

    html = browser(app, TOM).send(f"{PAGE}/cell", 409, cell=str(number), version="1", text="6 h")

    assert ">6 h</textarea>" in html
    assert "Somebody changed the page" in html
    assert "<td><p>7 h</p></td>" in stored(site)


def test_a_cell_with_markup_is_not_edited_as_text(app: Flask, site: Site) -> None:
    before = stored(site)
    count = before.count("<td") + before.count("<th")
    marked = next(n for n in range(count) if n not in plain_cells(before))

    browser(app, BOT).send(f"{PAGE}/cell", 400, cell=str(marked), version="1", text="x")

    assert stored(site) == before


def test_history_compares_and_restores(app: Flask, site: Site) -> None:
    page, before = browser(app, BOT), stored(site)
    form = {"version": "1", "title": "Other title", "message": "Shorter"}
    page.send(PAGE, 302, **form, body="<p>short</p>")

    assert "Shorter" in page.read(f"{PAGE}/history")
    diff = page.read(f"{PAGE}/diff?from=2&to=1")
    assert '<p class="new">' in diff
    assert "v. 1 → v. 2" in diff
    assert "O1: Shippers" in page.read(f"{PAGE}/versions/1")
    page.read(f"{PAGE}/versions/9", 404)
    html = page.send(f"{PAGE}/restore", version="1")
    assert stored(site) == before
    assert "Reverted from v. 1" in html


def test_comments_are_said_answered_and_taken_back(app: Flask, site: Site) -> None:
    tom, li_na, path = browser(app, TOM), browser(app, LI_NA), f"{PAGE}/comments"
    html = tom.send(path, text="Is <this> right?")
    assert "Is &lt;this&gt; right?" in html
    comment = site.pages.comments.on_page(131073)[-1]

    li_na.send(path, text="是的。", parent=str(comment.id))
    assert [one.body for one in site.pages.comments.answers(comment)] == ["<p>是的。</p>"]
    li_na.send(f"{path}/{comment.id}/delete", 403)
    li_na.send(path, 404, text="Nowhere", parent="999999")
    assert "Is &lt;this&gt;" not in tom.send(f"{path}/{comment.id}/delete")


def test_comments_in_the_text_show_the_words_they_are_about(app: Flask, bot: Caller) -> None:
    body = {
        "pageId": "131073",
        "body": {"representation": "storage", "value": "<p>Which ones?</p>"},
        "inlineCommentProperties": {
            "textSelection": "Shippers book with us",
            "textSelectionMatchCount": 1,
            "textSelectionMatchIndex": 0,
        },
    }
    assert bot.post("/wiki/api/v2/inline-comments", body).status_code == 201

    html = browser(app, BOT).read(PAGE)

    assert "<blockquote>Shippers book with us" in html
    assert "Which ones?" in html


def test_labels_are_put_on_and_taken_off(app: Flask) -> None:
    page, path = browser(app, BOT), f"{PAGE}/labels"
    assert '<span class="label">q4</span>' in page.send(path, add="Q4")
    assert '<span class="label">q4</span>' not in page.send(path, remove="q4")
    page.send(path, 400, add="no?good")


def test_the_trash_gives_back_what_was_thrown_away(app: Flask, site: Site) -> None:
    page, before = browser(app, BOT), stored(site)
    assert "Harbourline company OKRs · Q4 2026" in page.send(f"{PAGE}/trash")
    page.read(PAGE, 404)
    page.send(f"{PAGE}/untrash")
    assert stored(site) == before
    page.read(PAGE)
    page.send(f"{PAGE}/trash")
    page.send(f"{PAGE}/purge")
    assert site.pages.find(131073) is None


def test_the_trash_does_not_tell_of_hidden_pages(app: Flask) -> None:
    browser(app, BOT).send(f"{HIDDEN}/trash")
    assert HIDDEN_TITLE not in browser(app, TOM).read(f"{SPACE}/trash")
    browser(app, TOM).send(f"{HIDDEN}/untrash", 404)


def test_a_new_page_stands_in_the_tree(app: Flask) -> None:
    form = {"title": "Brand new", "body": "<p>x</p>", "parent": "131073"}
    page = browser(app, LI_NA)
    assert "Brand new" in page.send(f"{SPACE}/new", **form)
    twice = page.send(f"{SPACE}/new", 400, **form)
    assert "already exists" in twice
    assert 'value="Brand new"' in twice


def test_restrictions_change_with_a_click(app: Flask) -> None:
    admin, tom, path = browser(app, BOT), browser(app, TOM), f"{PAGE}/restrictions"
    admin.send(path, operation="read", holder=BOT.account_id)
    tom.read(PAGE, 404)
    admin.send(path, operation="read", holder=TOM.account_id)
    tom.read(PAGE)
    admin.send(path, operation="update", holder="site-admins")
    tom.send(PAGE, 403, version="1", title="T", body="<p>x</p>")
    admin.send(path, lift="all")
    tom.send(PAGE, 302, version="1", title="T", body="<p>x</p>")
    admin.send(path, 400, operation="read", holder="nobody")


def test_whoever_locks_themselves_out_is_told_nothing_more(app: Flask) -> None:
    tom = browser(app, TOM)
    html = tom.send(f"{PAGE}/restrictions", operation="read", holder=BOT.account_id)
    assert "Harbourline company OKRs · Q4 2026" not in html
    tom.read(PAGE, 404)
    browser(app, BOT).read(f"{PAGE}/restrictions")


def test_an_issue_on_a_page_is_shown_to_those_who_may_read_it(app: Flask, bot: Caller) -> None:
    level = {"fields": {"security": {"name": "Planning"}}}
    assert bot.put("/rest/api/3/issue/HBR-1", level).status_code == 204

    assert "Instant quotes for ocean freight" in browser(app, LI_NA).read(PAGE)
    html = browser(app, TOM).read(PAGE)
    assert "Instant quotes for ocean freight" not in html
    assert '<span class="chip missing">HBR-1</span>' in html


def test_search_finds_words_and_survives_signs(app: Flask) -> None:
    page = browser(app, BOT)
    for words in ("shippers+cargo", "ship+carg", "SHIPPERS", "shippers,+(cargo)"):
        assert "Harbourline company OKRs · Q4 2026" in page.read(f"/wiki/search?text={words}")
    assert "云仓产品线" in page.read("/wiki/search?text=云仓")
    for odd in ("", "_", "%22", "%5C", "%22+OR+type+%3D+page", "AND", "*", "%00", "１２+ß+🚢"):
        page.read(f"/wiki/search?text={odd}")


def test_an_empty_space_says_so(app: Flask, site: Site) -> None:
    for page in site.pages.all():
        site.pages.set_status(page, "trashed")
    assert "There is nothing here that you may see." in browser(app, BOT).read(SPACE)


def test_drafts_are_not_shown(app: Flask, bot: Caller) -> None:
    new = {"spaceId": "65538", "status": "draft", "title": "Not yet"}
    page_id = json_of(bot.post("/wiki/api/v2/pages", new))["id"]
    browser(app, BOT).read(f"{SPACE}/pages/{page_id}", 404)
    assert "Not yet" not in browser(app, BOT).read(PAGE)
