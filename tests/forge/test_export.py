"""The export function: the service's document, and a readable one whatever goes wrong."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator

import schemas
from tests.forge.app import built, run_node
from tests.sandbox.published import CONTRACTS

pytestmark = pytest.mark.timeout(300)  # the first run fetches the packages

SCRIPT = Path(__file__).parent / "js" / "export.mjs"
ADF = {"version": 1, "type": "doc", "content": [{"type": "rule"}]}
# As on https://developer.atlassian.com/platform/forge/change-the-confluence-frontend-with-the-ui-kit/
PAYLOAD = {
    "exportType": "word",
    "context": {"content": {"id": "131073"}, "moduleKey": "okr-objective", "localId": "a-b"},
    "config": {"objective": "131073-O1", "locale": "zh-CN", "theme": "dark"},
}
BARE = {"exportType": "pdf", "context": {"content": {"id": "7"}, "moduleKey": "okr-objective"}}
BOARD = {
    "exportType": "other",
    "context": {
        "content": {"id": "7"},
        "space": {"key": "HARBOUR"},
        "moduleKey": "okr-board",
        "locale": "en-GB",
    },
    "config": {"cycle": "2026-Q4", "level": "", "space": "currentSpace()"},
}

# Any only here: what the script prints is raw JSON.
Ran = dict[str, Any]


def run(payload: object = PAYLOAD, **service: object) -> Ran:
    case = json.dumps({"payload": payload, **service})
    ran: Ran = json.loads(run_node(SCRIPT, str(built()), case))
    return ran


def text_of(ran: Ran) -> str:
    text: str = ran["document"]["content"][0]["content"][0]["text"]
    return text


def test_the_document_of_the_service_is_exported() -> None:
    ran = run(status=200, body={"adf": ADF})

    assert ran["document"] == ADF
    assert ran["asked"] == {
        "target": {"type": "frc", "remote": "okr-service"},
        "path": "/forge/export",
        "method": "POST",
        "headers": {"Content-Type": "application/json"},
        "body": {
            "page": "131073",
            "macro": "okr-objective",
            "objective": "131073-O1",
            "locale": "zh-CN",
            "exportType": "word",
        },
    }


def test_a_board_of_this_space_is_asked_for_by_its_key() -> None:
    """As a Connect macro that Forge has taken over says "this space"."""
    assert run(BOARD, status=200, body={"adf": ADF})["asked"]["body"] == {
        "page": "7",
        "macro": "okr-board",
        "cycle": "2026-Q4",
        "space": "HARBOUR",
        "locale": "en-GB",
        "exportType": "other",
    }


@pytest.mark.parametrize("payload", [PAYLOAD, BARE, BOARD, BARE | {"config": {"objective": ""}}])
def test_what_it_asks_obeys_the_schema(payload: object) -> None:
    ran = run(payload, status=200, body={"adf": ADF})

    assert schemas.validate("forge-export", ran["asked"]["body"]) == []


@pytest.mark.parametrize(
    "service",
    [
        {"status": 403, "body": {"title": "Forbidden", "status": 403}},
        {"status": 500, "body": {}},
        {"status": 200, "body": {}},
        {"status": 200, "body": {"adf": {"type": "paragraph"}}},
        {"status": 200, "body": "half an answer"},
        {"throws": "the proxy is down"},
        {"silent": True},
    ],
    ids=str,
)
def test_a_failure_leaves_a_sentence_in_the_export(service: dict[str, object]) -> None:
    ran = run(**service)

    assert text_of(ran).startswith("导出时未能获取本页面的 OKR")


def test_the_sentence_is_english_where_no_language_is_known() -> None:
    assert text_of(run(BARE, throws="down")).startswith("The OKRs of this page could not")


def test_a_payload_that_nobody_expects_does_no_harm() -> None:
    ran = run({}, status=200, body={"adf": ADF})

    assert ran["asked"] is None
    assert text_of(ran)


@pytest.mark.skipif(not CONTRACTS.is_dir(), reason="contracts folder is absent")
def test_the_sentence_is_a_document_as_published() -> None:
    schema = json.loads((CONTRACTS / "adf.schema.json").read_text(encoding="utf-8"))

    assert list(Draft4Validator(schema).iter_errors(run(throws="down")["document"])) == []
