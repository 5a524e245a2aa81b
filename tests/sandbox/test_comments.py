"""Comments, and issues made many at a time."""

from typing import Any

import pytest

from sandbox.site import Site
from tests.sandbox.conftest import Caller, json_of

COMMENT = "/rest/api/3/issue/HBR-24/comment"


def said(text: str) -> dict[str, Any]:
    line = {"type": "paragraph", "content": [{"type": "text", "text": text}]}
    return {"body": {"type": "doc", "version": 1, "content": [line]}}


def test_a_comment_is_written_edited_and_deleted(bot: Caller, tom: Caller) -> None:
    made = json_of(tom.post(COMMENT, said("Soon")))
    tom.post(COMMENT, said("Now"))
    path = f"{COMMENT}/{made['id']}"

    assert json_of(bot.get(path)) == made
    assert json_of(bot.get(path.replace("/3/", "/2/")))["body"] == "Soon"
    assert bot.put(path, said("Late")).status_code == 200
    changed = json_of(bot.get(path))
    assert (changed["author"]["displayName"], changed["updateAuthor"]["displayName"]) == (
        "Tom Becker",
        "OKR Bot",
    )
    fields = json_of(bot.get("/rest/api/3/issue/HBR-24", fields="comment,updated"))["fields"]
    assert fields["comment"]["total"] == 2
    assert bot.found("key = HBR-24 and updated > -5m") == {"HBR-24"}
    newest = json_of(bot.get(COMMENT, orderBy="-created", maxResults=1))["comments"]
    assert newest[0]["body"] == said("Now")["body"]
    assert tom.delete(path).status_code == 204
    assert tom.get(path).status_code == 404


def test_a_comment_is_its_authors(bot: Caller, tom: Caller, nobody: Caller) -> None:
    made = json_of(bot.post(COMMENT, said("Mine")))

    assert tom.put(f"{COMMENT}/{made['id']}", said("Yours")).status_code == 400
    assert tom.delete(f"{COMMENT}/{made['id']}").status_code == 400
    assert nobody.post(COMMENT, said("Whose")).status_code == 404


@pytest.mark.parametrize("body", [{}, {"body": "text"}, {"body": {"type": "doc"}}, {"body": []}])
def test_a_comment_is_a_document(bot: Caller, body: dict[str, Any]) -> None:
    assert bot.post(COMMENT, body).status_code == 400


def test_right_issues_are_made_and_wrong_ones_named(bot: Caller, site: Site) -> None:
    newest = max(issue.number for issue in site.issues.all() if issue.project == "HBR")
    good = {"project": {"key": "HBR"}, "issuetype": {"name": "Task"}, "summary": "s"}
    path = "/rest/api/3/issue/bulk"

    answer = bot.post(path, {"issueUpdates": [{"fields": good}, {"fields": good | {"labels": 1}}]})

    assert answer.status_code == 201
    assert [issue["key"] for issue in json_of(answer)["issues"]] == [f"HBR-{newest + 1}"]
    (error,) = json_of(answer)["errors"]
    assert error["failedElementNumber"] == 1
    assert list(error["elementErrors"]["errors"]) == ["labels"]
    assert bot.post(path, {"issueUpdates": [{}, 1]}).status_code == 400
    assert bot.post(path, {"issueUpdates": [{"fields": good}] * 51}).status_code == 400
