"""Pages by the API's first version: deprecated, and answered still."""

from typing import Any

import pytest
from flask import Flask

from sandbox.directory import BOT
from tests.sandbox.conftest import Caller, app_of_a_fresh_site, json_of

CONTENT = "/wiki/rest/api/content"
TEXT = {"storage": {"value": "<p>First</p>", "representation": "storage"}}


@pytest.fixture
def app() -> Flask:
    return app_of_a_fresh_site("empty")


def created(caller: Caller, title: str = "Goals", **more: Any) -> str:
    body = {"type": "page", "title": title, "space": {"key": "HARBOUR"}, "body": TEXT, **more}
    answer = caller.post(CONTENT, body)
    assert answer.status_code == 200, answer.json
    return str(json_of(answer)["id"])


def change(number: int, **more: Any) -> dict[str, Any]:
    return {"type": "page", "title": "Goals", "version": {"number": number}, **more}


def test_every_answer_says_that_it_is_deprecated(bot: Caller) -> None:
    expected = '299 - "Deprecated API, will be removed on Mon, 31 Mar 2025"'

    assert bot.get(CONTENT).headers["Warning"] == expected
    assert bot.get(f"{CONTENT}/1").headers["Warning"] == expected
    assert "Warning" not in bot.get(f"{CONTENT}/search", cql="type = page").headers


def test_a_page_lives_and_goes(bot: Caller) -> None:
    page = created(bot)
    assert bot.put(f"{CONTENT}/{page}", change(2, body=TEXT)).status_code == 200
    assert bot.delete(f"{CONTENT}/{page}").status_code == 204
    assert bot.get(f"{CONTENT}/{page}").status_code == 404
    trashed = json_of(bot.get(f"{CONTENT}/{page}", status="trashed"))
    assert trashed["status"] == "trashed"

    restored = json_of(bot.put(f"{CONTENT}/{page}", change(3)))
    assert (restored["status"], restored["version"]["number"]) == ("current", 2)
    bot.delete(f"{CONTENT}/{page}")
    assert bot.delete(f"{CONTENT}/{page}?status=trashed").status_code == 204
    assert bot.get(f"{CONTENT}/{page}", status="any").status_code == 404


def test_a_version_out_of_order_is_a_conflict(bot: Caller) -> None:
    page = created(bot)

    answer = bot.put(f"{CONTENT}/{page}", change(3))

    assert answer.status_code == 409
    message = "Version must be incremented on update. Current version is: 1"
    assert json_of(answer)["message"].endswith(f"ConflictException: {message}")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"type": "blogpost", "title": "T", "version": {"number": 2}},
        {"type": "page", "title": "T"},
        {"type": "page", "title": "T", "version": {"number": "2"}},
        change(2, body={"storage": {"value": "<p>", "representation": "storage"}}),
        change(2, body={"wiki": {"value": "h1. x", "representation": "wiki"}}),
        change(2, ancestors=[{"id": None}]),
        change(2, status="lost"),
    ],
)
def test_a_wrong_change_is_refused(bot: Caller, body: Any) -> None:
    page = created(bot)

    answer = bot.put(f"{CONTENT}/{page}", body)

    assert answer.status_code == 400
    assert json_of(answer)["statusCode"] == 400


def test_a_draft_is_published_by_its_id(bot: Caller, tom: Caller) -> None:
    draft = created(bot, status="draft")
    assert bot.get(f"{CONTENT}/{draft}").status_code == 404
    assert tom.get(f"{CONTENT}/{draft}", status="draft").status_code == 404

    published = created(bot, "Published", id=draft, status="current")

    assert published == draft
    assert json_of(tom.get(f"{CONTENT}/{draft}"))["title"] == "Published"


def test_a_large_page_is_refused(bot: Caller) -> None:
    large = {"storage": {"value": "x" * (5 * 1024 * 1024 + 1), "representation": "storage"}}
    body = {"type": "page", "title": "T", "space": {"key": "HARBOUR"}, "body": large}

    assert bot.post(CONTENT, body).status_code == 413


def test_only_what_is_expanded_comes(bot: Caller) -> None:
    above = created(bot, "Above")
    page = created(bot, ancestors=[{"id": above}])
    bot.post(f"{CONTENT}/{page}/property", {"key": "okr", "value": {"a": "b"}})

    short = json_of(bot.get(f"{CONTENT}/{page}", expand="title"))
    assert "body" in short["_expandable"]
    assert not {"body", "version", "ancestors", "space"} & set(short)
    expand = "body.storage,body.view,ancestors,metadata.properties.okr,history.contributors"
    found = json_of(bot.get(f"{CONTENT}/{page}", expand=expand))
    assert found["body"]["storage"]["value"] == "<p>First</p>"
    assert [one["title"] for one in found["ancestors"]] == ["Above"]
    assert found["metadata"]["properties"]["okr"]["value"] == {"a": "b"}
    assert found["history"]["contributors"]["publishers"]["userKeys"] == [BOT.account_id]
    children = json_of(bot.get(f"{CONTENT}/{above}/child/page"))["results"]
    assert [one["id"] for one in children] == [page]
    assert bot.get(f"{CONTENT}/{above}/child/folder").status_code == 400


def test_an_older_version_is_read_and_restored(bot: Caller) -> None:
    page = created(bot)
    second = {"storage": {"value": "<p>Second</p>", "representation": "storage"}}
    bot.put(f"{CONTENT}/{page}", change(2, body=second))

    older = json_of(bot.get(f"{CONTENT}/{page}", version=1, expand="body.storage"))
    assert older["body"]["storage"]["value"] == "<p>First</p>"
    params = {"versionNumber": 1, "message": "Back"}
    bot.post(f"{CONTENT}/{page}/version", {"operationKey": "restore", "params": params})
    now = json_of(bot.get(f"{CONTENT}/{page}", expand="body.storage,version"))
    assert now["body"]["storage"]["value"] == "<p>First</p>"
    assert (now["version"]["number"], now["version"]["message"]) == (3, "Back")
    numbers = [one["number"] for one in json_of(bot.get(f"{CONTENT}/{page}/version"))["results"]]
    assert numbers == [3, 2, 1]


def test_properties_go_by_key(bot: Caller) -> None:
    path = f"{CONTENT}/{created(bot)}/property"
    assert bot.post(path, {"key": "a", "value": "x"}).status_code == 200
    assert bot.post(path, {"key": "a", "value": "y"}).status_code == 400
    assert bot.post(f"{path}/b", {"value": "x" * 40_000}).status_code == 413
    assert bot.put(f"{path}/a", {"value": "z", "version": {"number": 3}}).status_code == 409
    assert bot.put(f"{path}/a", {"value": "z", "version": {"number": 2}}).status_code == 200
    assert bot.put(f"{path}/new", {"value": "n", "version": {"number": 1}}).status_code == 200
    assert json_of(bot.get(f"{path}/a"))["value"] == "z"
    assert bot.delete(f"{path}/a").status_code == 204
    assert bot.get(f"{path}/a").status_code == 404


def test_a_view_is_remembered_when_it_is_one(bot: Caller) -> None:
    page = created(bot)
    search = "/wiki/rest/api/search"

    bot.get(f"{CONTENT}/{page}")
    assert json_of(bot.get(search, cql="id in recentlyViewedContent()"))["totalSize"] == 0
    bot.get(f"{CONTENT}/{page}", trigger="viewed")
    assert json_of(bot.get(search, cql="id in recentlyViewedContent()"))["totalSize"] == 1


def test_a_group_may_be_named_in_restrictions(bot: Caller, tom: Caller) -> None:
    path = f"{CONTENT}/{created(bot)}"
    group = {"type": "group", "name": "site-admins"}
    given = [{"operation": "read", "restrictions": {"group": [group]}}]

    read = json_of(bot.put(f"{path}/restriction", given))["results"][0]
    assert [one["name"] for one in read["restrictions"]["group"]["results"]] == ["site-admins"]
    assert tom.get(path).status_code == 404
    assert bot.get(path).status_code == 200
    by_operation = f"{path}/restriction/byOperation/read"
    assert bot.put(f"{by_operation}/group/jira-users", {}).status_code == 200
    assert tom.get(path).status_code == 200
    assert bot.delete(f"{by_operation}/byGroupId/sandbox-jira-users").status_code == 200
    assert tom.get(path).status_code == 404
    assert bot.get(f"{by_operation}/group/nobody").status_code == 404
    wrong = [{"operation": "read", "restrictions": {"group": [{"name": "nobody"}]}}]
    assert bot.put(f"{path}/restriction", wrong).status_code == 400
    asked = {"subject": {"type": "group", "identifier": "jira-users"}, "operation": "read"}
    assert json_of(bot.post(f"{path}/permission/check", asked))["hasPermission"] is False


def test_a_comment_is_content_too(bot: Caller, tom: Caller) -> None:
    page = created(bot)
    comment = {"type": "comment", "container": {"id": page, "type": "page"}, "body": TEXT}
    made = json_of(tom.post(CONTENT, comment))["id"]

    shown = json_of(bot.get(f"{CONTENT}/{page}/child/comment", expand="body.storage"))["results"]
    assert [(one["id"], one["body"]["storage"]["value"]) for one in shown] == [
        (made, "<p>First</p>")
    ]
    assert json_of(bot.get(f"{CONTENT}/{made}"))["type"] == "comment"
    assert bot.delete(f"{CONTENT}/{made}").status_code == 403
    assert tom.delete(f"{CONTENT}/{made}").status_code == 204
    inline = comment | {"extensions": {"location": "inline"}}
    assert tom.post(CONTENT, inline).status_code == 405


EXPORTED = (
    '<p><ac:link><ri:page ri:content-title="Goals" /></ac:link></p>'
    '<ac:structured-macro ac:name="expand"><ac:parameter ac:name="title">More</ac:parameter>'
    "<ac:rich-text-body><p>Inside</p></ac:rich-text-body></ac:structured-macro>"
    "<ac:task-list><ac:task><ac:task-status>complete</ac:task-status>"
    "<ac:task-body>Done</ac:task-body></ac:task></ac:task-list>"
    '<ac:structured-macro ac:name="okr-objective" />'
)


def test_an_export_stands_alone(bot: Caller, app: Flask) -> None:
    """Absolute links, nothing folded, no frames, no forms."""
    app.extensions["sandbox"].macros["okr-objective"] = "http://app/macro?page={page.id}"
    page = created(bot, body={"storage": {"value": EXPORTED, "representation": "storage"}})

    def shown(form: str) -> str:
        answer = bot.get(f"/wiki/api/v2/pages/{page}", **{"body-format": form})
        return str(json_of(answer)["body"][form]["value"])

    assert "<iframe" in shown("view")
    for form in ("export_view", "anonymous_export_view", "styled_view"):
        text = shown(form)
        leads = f'href="http://127.0.0.1:8090/wiki/spaces/HARBOUR/pages/{page}"' in text
        assert leads == (form != "anonymous_export_view"), "strangers may not see that page"
        assert "<iframe" not in text
        assert "<input" not in text
        assert "<details" not in text
        assert "Inside" in text
        assert "☑" in text
    assert shown("styled_view").startswith("<!DOCTYPE html>")
    assert shown("editor") == EXPORTED
