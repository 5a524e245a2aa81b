"""Logs are events with facts, and whatever goes wrong they carry no secret."""

import json
import logging
from collections.abc import Iterator
from io import StringIO

import pytest
import structlog

from connector.log import GONE, Redaction, configure_logging

OURS = "the-configured-token"


@pytest.fixture
def out() -> Iterator[StringIO]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = StringIO()
    configure_logging(stream=stream, secrets=[OURS, ""])
    yield stream
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)


def test_a_line_is_an_event_with_facts(out: StringIO) -> None:
    structlog.get_logger("connector.test").info("page.read", page="101", ratio=0.5, title="目标")

    line = json.loads(out.getvalue())
    assert line["event"] == "page.read"
    assert line["page"] == "101"
    assert line["ratio"] == 0.5
    assert line["title"] == "目标"
    assert line["level"] == "info"
    assert line["timestamp"].endswith("Z")


@pytest.mark.parametrize(
    "name",
    ["token", "api_token", "Authorization", "webhook_secret", "password", "sig", "jwt", "Cookie"],
)
def test_a_fact_with_a_secret_name_is_not_told(out: StringIO, name: str) -> None:
    structlog.get_logger().info("asked", **{name: "hush-hush"}, nested={name: ["hush-hush"]})

    assert "hush-hush" not in out.getvalue()
    assert out.getvalue().count(GONE) == 2


TELLING = [
    "GET /macros/objective?page=101&sig=hush-hush&theme=dark",
    "GET /x?jwt=hush-hush",
    "Authorization: Basic hush-hush",
    "{'Authorization': 'Bearer hush-hush'}",
    "sent Bearer hush-hush.hush-hush to the site",
    "Authorization: JWT hush-hush",
    "postgresql://okr:hush-hush@host/db",
    "https://:hush-hush@host/",
    'body {"sharedSecret": "hush-hush", "key": 1}',
    "api_key=hush-hush",
    "ATATT3xFfGF0hush-hush=",
    f"got {OURS} from the environment",
]


@pytest.mark.parametrize("text", TELLING)
def test_a_secret_inside_a_text_is_not_told(out: StringIO, text: str) -> None:
    structlog.get_logger().warning(text, reason=text, facts=[text], raw=text.encode())

    assert "hush-hush" not in out.getvalue()
    assert OURS not in out.getvalue()


def test_a_json_web_token_is_known_by_its_look(out: StringIO) -> None:
    structlog.get_logger().info("seen", value="eyJhbGciOi.eyJzdWIiOi.hush-hush")

    assert "hush-hush" not in out.getvalue()


def test_a_signature_is_known_by_its_look(out: StringIO) -> None:
    structlog.get_logger().info("seen", value=f"sha256={'ab' * 32}")

    assert "abab" not in out.getvalue()


def test_a_traceback_is_cleaned_too(out: StringIO) -> None:
    try:
        int(f"refused {OURS} and token=hush-hush")
    except ValueError:
        structlog.get_logger().exception("failed")

    assert "Traceback" in out.getvalue()
    assert "hush-hush" not in out.getvalue()
    assert OURS not in out.getvalue()


def test_lines_of_libraries_leave_by_the_same_way(out: StringIO) -> None:
    logging.getLogger("urllib3").warning("GET %s", f"/x?token={OURS}")

    line = json.loads(out.getvalue())
    assert line["logger"] == "urllib3"
    assert OURS not in out.getvalue()


def test_people_get_lines_without_secrets_as_well() -> None:
    stream = StringIO()
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    try:
        configure_logging(as_json=False, stream=stream)
        structlog.get_logger().info("asked", token="hush-hush", page="101")
    finally:
        structlog.reset_defaults()
        root.handlers[:] = handlers
        root.setLevel(level)

    assert "page=101" in stream.getvalue()
    assert "hush-hush" not in stream.getvalue()


def test_ordinary_facts_stay_as_they_are() -> None:
    facts = {"event": "key_result.measured", "key_result": "101-1", "ratio": 0.25, "hidden": None}

    assert Redaction(["s3cret"])(None, "info", dict(facts)) == facts
