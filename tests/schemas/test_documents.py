"""The schemas themselves, their examples, and webhooks recorded in the field."""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import schemas
from connector.core.okr import Health, Level, MetricKind, ObjectiveState, ProgressFrom
from connector.core.policy import Depth

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "schemas" / "examples"
VALID = sorted(EXAMPLES.glob("*/valid/*.json"))
INVALID = sorted(EXAMPLES.glob("*/invalid/*.json"))
SAMPLES = Path(os.environ.get("OKR_SAMPLES_DIR", ROOT / "../shared/samples")) / "webhooks"
RECORDED = sorted(SAMPLES.glob("*.json"))

needs_samples = pytest.mark.skipif(not RECORDED, reason="samples folder is absent")


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def named(path: Path) -> str:
    return "/".join(path.parts[-3:])


def parts(schema: Any) -> Iterator[dict[str, Any]]:
    """The schema and all objects inside it."""
    if isinstance(schema, dict):
        yield schema
    inside = schema.values() if isinstance(schema, dict) else schema
    for part in inside if isinstance(schema, dict | list) else ():
        yield from parts(part)


@pytest.mark.parametrize("name", schemas.names())
def test_a_schema_is_valid_named_by_its_file_and_says_what_it_is(name: str) -> None:
    schema = schemas.load(name)

    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"{schemas.BASE}{name}.schema.json"
    assert schema["title"]
    assert schema["description"]


@pytest.mark.parametrize("name", schemas.names())
def test_references_stay_among_our_files_and_findings_name_keywords(name: str) -> None:
    files = {"", *(f"{one}.schema.json" for one in schemas.names())}
    for part in parts(schemas.load(name)):
        assert part.get("$ref", "").partition("#")[0] in files
        for keyword, rule in part.get("x-finding", {}).items():
            assert keyword in part
            assert re.fullmatch(r"[FOKSACG]-\d\d", rule)


@pytest.mark.parametrize("name", schemas.names())
def test_every_schema_has_examples_of_both_kinds(name: str) -> None:
    assert len(list((EXAMPLES / name / "valid").glob("*.json"))) >= 2
    assert len(list((EXAMPLES / name / "invalid").glob("*.json"))) >= 3


@pytest.mark.parametrize("path", VALID, ids=named)
def test_a_valid_example_fits(path: Path) -> None:
    assert schemas.validate(path.parts[-3], read(path)) == []
    assert schemas.validate_slowly(path.parts[-3], read(path)) == []


@pytest.mark.parametrize("path", INVALID, ids=named)
def test_an_invalid_example_has_one_fault(path: Path) -> None:
    found = schemas.validate(path.parts[-3], read(path))
    slow = schemas.validate_slowly(path.parts[-3], read(path))

    assert found
    assert len({one.path for one in found}) == 1
    assert [(one.path, one.schema_path) for one in found] == [
        (one.path, one.schema_path) for one in slow
    ]


@needs_samples
@pytest.mark.parametrize("path", RECORDED or [SAMPLES], ids=lambda path: path.stem)
def test_a_recorded_webhook_is_accepted_by_the_schema_of_its_product(path: Path) -> None:
    document = read(path)
    name = "jira-webhook" if "issue" in document else "confluence-webhook"

    assert schemas.validate(name, document) == []


@pytest.mark.parametrize(
    ("example", "rule"),
    [
        ("title-empty", "F-06"),
        ("title-too-long", "F-15"),
        ("unit-too-long", "F-15"),
        ("ordinal-zero", None),
    ],
)
def test_what_an_author_can_mend_names_its_finding(example: str, rule: str | None) -> None:
    document = read(EXAMPLES / "key-result" / "invalid" / f"{example}.json")
    [found] = schemas.validate("key-result", document)

    assert found.finding == rule


def test_the_finding_is_found_behind_a_reference() -> None:
    document = read(EXAMPLES / "okr-page" / "valid" / "zh-quarter.json")
    document["objectives"][0]["key_results"][0]["title"] = ""
    [found] = schemas.validate("okr-page", document)

    assert found.where == "objectives[0].key_results[0].title"
    assert found.finding == "F-06"
    assert schemas.validate_slowly("okr-page", document)[0].finding == "F-06"


def test_the_words_of_the_schemas_are_those_of_the_core() -> None:
    result = schemas.load("key-result")["properties"]
    page = schemas.load("okr-page")["properties"]
    policy = schemas.load("policy")["properties"]

    metric = schemas.load("key-result")["$defs"]["metric"]["properties"]
    assert metric["kind"]["enum"] == list(MetricKind)
    assert set(result["reported_health"]["enum"]) == {*Health, None}
    assert result["progress_from"]["enum"] == policy["progress_from"]["enum"] == list(ProgressFrom)
    assert set(page["level"]["enum"]) == {*Level, None}
    objective = schemas.load("okr-page")["$defs"]["objective"]["properties"]
    assert objective["state"]["enum"] == list(ObjectiveState)
    assert policy["counting"]["properties"]["depth"]["enum"] == list(Depth)


def test_a_loaded_schema_belongs_to_the_caller() -> None:
    schemas.load("policy").clear()

    assert schemas.load("policy")["title"] == "Policy"
    with pytest.raises(KeyError):
        schemas.load("../pyproject")
