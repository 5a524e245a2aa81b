"""Comments in the text of a page: placed, answered, settled, left behind."""

from typing import Any

import pytest
from flask import Flask

from sandbox.wiki.selection import places
from tests.sandbox.conftest import Caller, app_of_a_fresh_site, json_of

PAGES = "/wiki/api/v2/pages"
INLINE = "/wiki/api/v2/inline-comments"
TEXT = "<h1>Win</h1><p>Win the <strong>trust</strong> of all, win&nbsp;&amp; hold the trust</p>"
REMARK = {"representation": "storage", "value": "<p>How?</p>"}


@pytest.fixture
def app() -> Flask:
    return app_of_a_fresh_site("empty")


@pytest.fixture
def page(bot: Caller) -> str:
    body = {"spaceId": "65538", "title": "Goals", "body": {"value": TEXT}}
    return str(json_of(bot.post(PAGES, body))["id"])


def chosen(words: str, count: int, index: int) -> dict[str, Any]:
    return {
        "textSelection": words,
        "textSelectionMatchCount": count,
        "textSelectionMatchIndex": index,
    }


def remarked(caller: Caller, page: str, words: str, count: int = 1, index: int = 0) -> Any:
    selected = chosen(words, count, index)
    body = {"pageId": page, "body": REMARK, "inlineCommentProperties": selected}
    return caller.post(INLINE, body)


def text_of(caller: Caller, page: str) -> Any:
    return json_of(caller.get(f"{PAGES}/{page}", **{"body-format": "storage"}))


def test_a_comment_marks_its_words_and_makes_no_version(bot: Caller, page: str) -> None:
    made = json_of(remarked(bot, page, "the trust", 2, 0))

    after, reference = text_of(bot, page), made["properties"]["inlineMarkerRef"]
    opening = f'<ac:inline-comment-marker ac:ref="{reference}">'
    closing = "</ac:inline-comment-marker>"
    expected = TEXT.replace(
        "the <strong>trust", f"{opening}the {closing}<strong>{opening}trust{closing}", 1
    )
    assert after["body"]["storage"]["value"] == expected
    assert after["version"]["number"] == 1
    assert (made["resolutionStatus"], made["pageId"]) == ("open", page)
    assert made["properties"]["inlineOriginalSelection"] == "the trust"


@pytest.mark.parametrize(
    ("words", "count"),
    [("Win", 2), ("win", 1), ("trust", 2), ("Win Win", 0), ("& hold", 1), ("strong", 0)],
)
def test_words_are_counted_as_a_reader_sees_them(words: str, count: int) -> None:
    assert len(places(TEXT, words)) == count


@pytest.mark.parametrize(
    "selected",
    [
        chosen("trust", 3, 0),
        chosen("trust", 2, 2),
        chosen("faith", 1, 0),
        chosen("", 0, 0),
        {"textSelection": "trust"},
        None,
    ],
)
def test_a_selection_that_does_not_fit_is_refused(bot: Caller, page: str, selected: Any) -> None:
    body = {"pageId": page, "body": REMARK, "inlineCommentProperties": selected}

    assert bot.post(INLINE, body).status_code == 400
    assert text_of(bot, page)["body"]["storage"]["value"] == TEXT
    assert json_of(bot.get(INLINE))["results"] == []


def test_a_comment_is_answered_resolved_and_opened_again(
    bot: Caller, tom: Caller, page: str
) -> None:
    comment = json_of(remarked(bot, page, "Win the"))["id"]
    answer = json_of(tom.post(INLINE, {"parentCommentId": comment, "body": REMARK}))
    assert answer["parentCommentId"] == comment
    children = json_of(bot.get(f"{INLINE}/{comment}/children"))["results"]
    assert [one["id"] for one in children] == [answer["id"]]

    def settled(number: int, *, resolved: bool) -> str:
        body = {"version": {"number": number}, "resolved": resolved}
        return str(json_of(tom.put(f"{INLINE}/{comment}", body)).get("resolutionStatus"))

    assert settled(2, resolved=True) == "resolved"
    assert settled(3, resolved=False) == "reopened"
    assert (
        tom.put(f"{INLINE}/{comment}", {"version": {"number": 3}, "resolved": True}).status_code
        == 409
    )
    listed = json_of(
        bot.get(f"{PAGES}/{page}/inline-comments", **{"resolution-status": "reopened"})
    )
    assert [one["id"] for one in listed["results"]] == [comment]
    resolved = bot.get(f"{PAGES}/{page}/inline-comments", **{"resolution-status": "resolved"})
    assert json_of(resolved)["results"] == []


def test_a_comment_whose_words_are_gone_dangles(bot: Caller, page: str) -> None:
    comment = json_of(remarked(bot, page, "Win the"))["id"]
    change = {"id": page, "status": "current", "title": "Goals", "version": {"number": 2}}
    bot.put(f"{PAGES}/{page}", change | {"body": {"value": "<p>Else</p>"}})

    assert json_of(bot.get(f"{INLINE}/{comment}"))["resolutionStatus"] == "dangling"
    body = {"version": {"number": 2}, "resolved": True}
    assert bot.put(f"{INLINE}/{comment}", body).status_code == 400


def test_the_two_kinds_of_comments_are_apart(bot: Caller, tom: Caller, page: str) -> None:
    comment = json_of(remarked(bot, page, "Win the"))["id"]

    assert bot.get(f"/wiki/api/v2/footer-comments/{comment}").status_code == 404
    assert json_of(bot.get(f"{PAGES}/{page}/footer-comments"))["results"] == []
    assert tom.delete(f"{INLINE}/{comment}").status_code == 403
    assert bot.delete(f"{INLINE}/{comment}").status_code == 204
    assert bot.get(f"{INLINE}/{comment}").status_code == 404
