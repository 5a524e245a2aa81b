"""A macro's frame: its parameters, its language, its tag, and who may frame it."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from connector.web.app import create_app
from connector.web.services import WebServices
from macros.registry import STATIC
from tests.fakes.store import FakeStore
from tests.web.conftest import BEARER, CANARY, NOW, PAGE, SITE, stored_page

MACRO = f"/macros/objective?page={PAGE}"


def test_a_macro_that_is_none_is_not_found(client: FlaskClient) -> None:
    answer = client.get(f"/macros/tree?page={PAGE}", headers=BEARER)

    assert answer.status_code == 404
    assert CANARY not in answer.get_data(as_text=True)


def test_an_unchanged_macro_is_not_drawn_again(client: FlaskClient) -> None:
    tag = client.get(MACRO, headers=BEARER).headers["ETag"]

    answer = client.get(MACRO, headers=BEARER | {"If-None-Match": tag})

    assert answer.status_code == 304
    assert answer.data == b""
    assert answer.headers["ETag"] == tag


def test_a_tag_is_not_spoiled_by_a_proxy_that_weakens_it(client: FlaskClient) -> None:
    tag = client.get(MACRO, headers=BEARER).headers["ETag"]

    answer = client.get(MACRO, headers=BEARER | {"If-None-Match": f"W/{tag}"})

    assert answer.status_code == 304


def test_a_changed_page_has_a_new_tag(client: FlaskClient, store: FakeStore) -> None:
    tag = client.get(MACRO, headers=BEARER).headers["ETag"]
    store.note_outage(SITE, "jira", NOW - timedelta(minutes=5))

    answer = client.get(MACRO, headers=BEARER | {"If-None-Match": tag})

    assert answer.status_code == 200


def test_the_page_names_the_tag_it_was_sent_with(client: FlaskClient) -> None:
    answer = client.get(MACRO, headers=BEARER)

    assert f'data-tag="{answer.get_etag()[0]}"' in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("query", "accepted", "language"),
    [
        ("", "", "en"),
        ("", "zh-TW,en;q=0.5", "zh-CN"),
        ("", "fr, zh;q=0.4, en;q=0.8", "en"),
        ("&locale=zh_CN", "en", "zh-CN"),
        ("&locale=", "zh", "zh-CN"),
    ],
)
def test_the_language_is_that_of_the_address_else_of_the_browser(
    client: FlaskClient, query: str, accepted: str, language: str
) -> None:
    answer = client.get(MACRO + query, headers=BEARER | {"Accept-Language": accepted})

    assert answer.headers["Content-Language"] == language
    assert f'lang="{language}"' in answer.get_data(as_text=True)


def test_the_settings_name_the_language_of_the_others(services: WebServices) -> None:
    client = create_app(services).test_client()

    answer = client.get(MACRO, headers=BEARER | {"Accept-Language": "fr"})

    assert answer.headers["Content-Language"] == "en"


@pytest.mark.parametrize(
    "query", ["", "page=", "page=abc", "page=1%27", "page=101&theme=%3Cb%3E", "page=" + "9" * 400]
)
def test_parameters_that_cannot_be_are_refused_with_a_page(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/macros/objective?{query}", headers=BEARER)

    assert answer.status_code == 400
    assert answer.mimetype == "text/html"


def test_only_the_wiki_may_frame_a_macro(client: FlaskClient) -> None:
    headers = client.get(MACRO, headers=BEARER).headers

    policy = headers["Content-Security-Policy"].split("; ")
    assert "frame-ancestors https://wiki.example" in policy
    assert "script-src 'self'" in policy
    assert "default-src 'none'" in policy
    assert "X-Frame-Options" not in headers


def test_a_problem_is_shown_in_the_frame_as_a_page_without_inline_style(
    client: FlaskClient,
) -> None:
    answer = client.get(f"{MACRO}&locale=zh-CN&theme=dark")

    page = answer.get_data(as_text=True)
    assert answer.status_code == 401
    assert 'lang="zh-CN"' in page
    assert 'data-color-mode="dark"' in page
    assert "style=" not in page
    assert "<style" not in page
    assert "<script>" not in page
    assert "frame-ancestors https://wiki.example" in answer.headers["Content-Security-Policy"]


def test_an_unknown_macro_is_not_there(client: FlaskClient) -> None:
    assert client.get(f"/macros/tree?page={PAGE}", headers=BEARER).status_code == 404


def test_a_post_is_not_possible(client: FlaskClient) -> None:
    answer = client.post(MACRO, headers=BEARER)

    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_text_of_authors_does_not_become_markup(client: FlaskClient, store: FakeStore) -> None:
    store.save_page(stored_page(title=f"{CANARY}<img src=x onerror=alert(1)>"))

    page = client.get(MACRO, headers=BEARER).get_data(as_text=True)

    assert CANARY in page
    assert "<img" not in page


def test_every_file_that_a_macro_names_is_served(client: FlaskClient) -> None:
    page = client.get(MACRO, headers=BEARER).get_data(as_text=True)
    named = [part.split('"')[0] for part in page.split('="../assets/')[1:]]
    release = named[0].split("/")[0]

    answers = [client.get(f"/assets/{name}") for name in named]
    answers += [client.get(f"/assets/{release}/{file.name}") for file in STATIC.iterdir()]

    assert {answer.status_code for answer in answers} == {200}
    assert all("immutable" in answer.headers["Cache-Control"] for answer in answers)
    assert {answer.mimetype for answer in answers} <= {"text/css", "text/javascript"}


@pytest.mark.parametrize("path", ["/assets/old/macro.css", "/assets/x/..%2f..%2fapp.py"])
def test_no_other_file_is_served(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404
