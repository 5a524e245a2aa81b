"""What holds for every answer: its headers, and that no failure shows its inside."""

import json
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient

import connector
from connector.catalogue import words
from connector.core.errors import (
    BadInput,
    ConfigError,
    Conflict,
    Forbidden,
    NotFound,
    OkrError,
    Refused,
    Throttled,
    Unauthorized,
    Unavailable,
)
from connector.core.words import Words
from connector.log import configure_logging
from connector.web.connect import load_descriptor
from connector.web.problems import status_of
from tests.web.conftest import BEARER, CANARY, PAGE, Caller
from tests.web.test_webhooks import PAGE_UPDATED, signed

PATHS = [
    "/healthz",
    "/readyz",
    "/atlassian-connect.json",
    "/api/v1/objectives",
    "/metrics",
    f"/macros/objective?page={PAGE}",
    "/nowhere",
    "/webhooks/jira",
]


@pytest.mark.parametrize("proof", [{}, BEARER], ids=["stranger", "token"])
@pytest.mark.parametrize("path", PATHS)
def test_every_answer_is_hardened(client: FlaskClient, path: str, proof: dict[str, str]) -> None:
    headers = client.get(path, headers=proof).headers

    assert headers["Cache-Control"] == "no-cache, no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "base-uri 'none'" in headers["Content-Security-Policy"]
    assert "camera=()" in headers["Permissions-Policy"]
    assert "Strict-Transport-Security" not in headers
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize("path", [path for path in PATHS if not path.startswith("/macros")])
def test_nothing_but_macros_may_be_framed(client: FlaskClient, path: str) -> None:
    policy = client.get(path, headers=BEARER).headers["Content-Security-Policy"]

    assert "frame-ancestors 'none'" in policy


def test_a_service_on_https_asks_for_https(caller: Caller) -> None:
    headers = caller(base_url="https://okr.example").get("/healthz").headers

    assert headers["Strict-Transport-Security"] == "max-age=31536000"


class BrokenStore:
    def __getattr__(self, _name: str) -> object:
        raise RuntimeError(f"secret inside {CANARY}")


@pytest.mark.parametrize("path", [f"/macros/objective?page={PAGE}", "/api/v1/objectives"])
def test_a_failure_shows_a_number_and_logs_the_rest(caller: Caller, path: str) -> None:
    stream = StringIO()
    configure_logging(stream=stream)

    answer = caller(store=BrokenStore()).get(path, headers=BEARER)

    text = answer.get_data(as_text=True)
    events = [json.loads(line) for line in stream.getvalue().splitlines()]
    logged = next(event for event in events if event["event"] == "request.failed")
    assert answer.status_code == 500
    assert CANARY not in text
    assert "Traceback" not in text
    assert logged["incident"] in text
    assert CANARY in logged["exception"]


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (BadInput(), 400),
        (Unauthorized(), 401),
        (Forbidden(), 403),
        (NotFound(), 404),
        (Conflict(), 409),
        (Refused(), 502),
        (Unavailable(), 503),
        (ConfigError(), 500),
        (OkrError(), 500),
    ],
)
def test_an_error_has_one_status(error: OkrError, status: int) -> None:
    assert status_of(error) == status


def test_throttling_is_passed_on(caller: Caller) -> None:
    class Busy:
        def enqueue(self, _event: object) -> bool:
            raise Throttled(timedelta(seconds=90))

    body = json.dumps(PAGE_UPDATED).encode()

    answer = caller(queue=Busy()).post("/webhooks/confluence", data=body, headers=signed(body))

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "90"


def test_what_is_away_says_when_to_come_back(caller: Caller) -> None:
    class Away:
        def enqueue(self, _event: object) -> bool:
            raise Unavailable

    body = json.dumps(PAGE_UPDATED).encode()

    answer = caller(queue=Away()).post("/webhooks/confluence", data=body, headers=signed(body))

    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0


def test_problems_speak_the_language_of_the_caller(client: FlaskClient) -> None:
    answer = client.get("/api/v1/objectives", headers={"Accept-Language": "zh-CN"})

    assert answer.content_type == "application/problem+json"
    assert answer.get_json()["title"] == "无法确认您的身份"


def test_strangers_choose_among_the_languages_there_are(caller: Caller) -> None:
    """The catalogue remembers every name it is asked for, so it must not be asked for any."""
    asked = set()

    def remember(locale: str) -> Words:
        asked.add(locale)
        return words(locale)

    client = caller(words=remember)
    for name in ("zh_TW", "zh-Hans-CN", "xx-1", "xx-2", "EN", "en_GB", "<script>"):
        client.get(f"/api/v1/objectives?locale={name}")
        client.get("/nowhere", headers={"Accept-Language": name})

    assert asked == {"en", "zh-CN"}


def test_problems_are_worded_in_every_language() -> None:
    english, chinese = (
        {key for key in words(locale).messages if key.startswith("problem.")}
        for locale in ("en", "zh-CN")
    )

    assert english == chinese
    assert {f"problem.{kind.code}.title" for kind in (BadInput, Unavailable, Refused)} <= english


def test_what_a_stranger_says_is_not_repeated_in_a_page(client: FlaskClient) -> None:
    answer = client.get("/macros/objective?page=<script>&theme=<script>&locale=<script>")

    assert b"<script>" not in answer.data


@pytest.mark.parametrize(
    "path", ["/connect/installed", "/connect/uninstalled", "/connect/webhooks/confluence"]
)
def test_the_doors_for_installed_apps_do_not_pretend(client: FlaskClient, path: str) -> None:
    answer = client.post(path, json={"clientKey": "x", "sharedSecret": "y"}, headers=BEARER)

    assert answer.status_code == 404
    assert answer.get_json()["code"] == "door_closed"


def test_the_descriptor_names_the_place_where_we_are_served(caller: Caller) -> None:
    body = caller(base_url="https://okr.example").get("/atlassian-connect.json").get_json()

    assert body["baseUrl"] == "https://okr.example"
    assert "{{" not in json.dumps(body)


def test_every_parameter_of_a_macro_is_in_its_address(client: FlaskClient) -> None:
    for macro in load_descriptor()["modules"]["dynamicContentMacros"]:
        for parameter in macro["parameters"]:
            name = parameter["identifier"]
            assert name == name.lower()
            assert f"{name}={{{name}}}" in macro["url"]


def test_the_descriptor_in_the_checkout_is_the_one_we_serve() -> None:
    root = Path(connector.__file__).parent.parent

    assert json.loads((root / "atlassian-connect.json").read_text()) == load_descriptor()
