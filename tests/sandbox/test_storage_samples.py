"""What a Cloud site kept unchanged, this one keeps unchanged too, over real HTTP."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from werkzeug.serving import make_server

from sandbox.app import create_app
from sandbox.directory import BOT
from tests.sandbox.conftest import Caller, json_of

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = Path(os.environ.get("OKR_SAMPLES_DIR", str(ROOT / "../shared/samples"))) / "pages"
WITH_SAMPLES = pytest.mark.skipif(not SAMPLES.is_dir(), reason="samples folder is absent")
MALFORMED = {
    "codewithelvin__malformed-unclosed-tag.xml": (
        "Error parsing xhtml: Unexpected close tag </xml>; expected </p>.\n"
        " at [row,col {unknown-source}]: [1,"
    ),
    "codewithelvin__unknown-entity.xml": (
        'Error parsing xhtml: Undeclared general entity "notarealentity"\n'
        " at [row,col {unknown-source}]: [1,"
    ),
}
REWRITTEN = {
    "rejected__code-breakout.xml": (' ac:breakout-mode="wide"', ""),
    "rejected__highlight-span.xml": (' data-highlight-colour="#f8e6a0"', ""),
    "rejected__table-number-column.xml": (' data-number-column="true"', ""),
}
KEPT = [
    path.name
    for path in sorted(SAMPLES.glob("*.xml"))
    if path.name not in MALFORMED and path.name not in REWRITTEN
]


@pytest.fixture(scope="module")
def wiki() -> Iterator[str]:
    """The address of a served site."""
    server = make_server("127.0.0.1", 0, create_app("empty"), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/wiki"
    server.shutdown()
    thread.join(timeout=10)


def call(method: str, address: str, body: Any = None, **query: str) -> requests.Response:
    return requests.request(
        method, address, json=body, params=query, auth=(BOT.email, BOT.token), timeout=30
    )


def text_of(name: str) -> str:
    return (SAMPLES / name).read_bytes().decode()


def made_by_version_2(wiki: str, title: str, text: str) -> requests.Response:
    body = {"representation": "storage", "value": text}
    return call("POST", f"{wiki}/api/v2/pages", {"spaceId": "65538", "title": title, "body": body})


def made_by_version_1(wiki: str, title: str, text: str) -> requests.Response:
    body = {"storage": {"representation": "storage", "value": text}}
    given = {"type": "page", "space": {"key": "HARBOUR"}, "title": title, "body": body}
    return call("POST", f"{wiki}/rest/api/content", given)


def read_back(wiki: str, page: str) -> set[str]:
    """The page's storage format as each version of the API gives it."""
    new = call("GET", f"{wiki}/api/v2/pages/{page}", **{"body-format": "storage"}).json()
    old = call("GET", f"{wiki}/rest/api/content/{page}", expand="body.storage").json()
    return {new["body"]["storage"]["value"], old["body"]["storage"]["value"]}


@WITH_SAMPLES
def test_there_are_samples() -> None:
    assert len(KEPT) > 30
    assert all((SAMPLES / name).is_file() for name in [*MALFORMED, *REWRITTEN])


@WITH_SAMPLES
@pytest.mark.parametrize("name", KEPT)
def test_a_fragment_is_kept_byte_for_byte(wiki: str, name: str) -> None:
    text = text_of(name)
    for made in (made_by_version_2, made_by_version_1):
        answer = made(wiki, f"{name} {made.__name__}", text)
        assert answer.status_code == 200, answer.text
        assert read_back(wiki, answer.json()["id"]) == {text}


@WITH_SAMPLES
@pytest.mark.parametrize("name", REWRITTEN)
def test_a_form_that_confluence_drops_is_dropped(wiki: str, name: str) -> None:
    text = text_of(name)
    expected = text.replace(*REWRITTEN[name])
    assert expected != text
    for made in (made_by_version_2, made_by_version_1):
        page = made(wiki, f"{name} {made.__name__}", text).json()["id"]
        assert read_back(wiki, page) == {expected}


@WITH_SAMPLES
@pytest.mark.parametrize("name", MALFORMED)
def test_a_malformed_fragment_is_refused_with_its_place(wiki: str, name: str) -> None:
    new = made_by_version_2(wiki, name, text_of(name))
    assert new.status_code == 400
    assert new.json()["errors"][0]["title"].startswith(MALFORMED[name])

    old = made_by_version_1(wiki, name, text_of(name))
    assert old.status_code == 400
    assert MALFORMED[name] in old.json()["message"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("<p>one</p>\n<p>two</q>", "[2,11]"),
        ("<p>one", "[1,"),
        ("<p>one</p>\n\n<p>a & b</p>", "[3,"),
        ("<foo:bar/>", "[1,"),
    ],
)
def test_the_place_is_the_authors_own(bot: Caller, text: str, place: str) -> None:
    """Lines and columns are counted in what was sent, not in how the sandbox wraps it."""
    given = {"spaceId": "65538", "title": "Broken", "body": {"value": text}}

    title = json_of(bot.post("/wiki/api/v2/pages", given))["errors"][0]["title"]

    assert f"at [row,col {{unknown-source}}]: {place}" in title


def test_what_looks_like_a_dropped_attribute_is_kept_in_text(bot: Caller) -> None:
    text = (
        '<ac:structured-macro ac:name="code"><ac:plain-text-body>'
        '<![CDATA[<table data-number-column="true">]]></ac:plain-text-body></ac:structured-macro>'
    )
    given = {"spaceId": "65538", "title": "Quoted", "body": {"value": text}}

    page = json_of(bot.post("/wiki/api/v2/pages", given))

    assert page["body"]["storage"]["value"] == text
