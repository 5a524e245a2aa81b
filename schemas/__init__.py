"""JSON Schema documents (2020-12) and their loader.

`jsonschema-rs` validates where it is hot; `jsonschema` is the reference it is held to by a test.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import jsonschema_rs
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

NAMES = (
    "okr-page",
    "key-result",
    "policy",
    "macro-params",
    "jira-webhook",
    "confluence-webhook",
)
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Violation:
    """One failing keyword: where in the document, where in the schema, and its author's rule.

    `finding` is the rule that the schema names for the keyword (`x-finding`), if any.
    """

    path: Path
    schema_path: Path
    message: str
    finding: str | None = None

    @property
    def where(self) -> str:
        """The place in the document, as `objectives/0/title`."""
        return "/".join(str(step) for step in self.path)


@cache
def load(name: str) -> dict[str, Any]:
    """The schema by its name, `okr-page`; FileNotFoundError for one that does not exist."""
    file = resources.files(__name__) / f"{name}.schema.json"
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


def validate(name: str, document: object) -> list[Violation]:
    """Every violation, in the order of their paths; empty for a valid document."""
    found = [
        Violation(
            tuple(error.instance_path),
            tuple(error.schema_path),
            error.message,
            _finding(name, tuple(error.evaluation_path)),
        )
        for error in _fast(name).iter_errors(document)
    ]
    return sorted(found, key=_order)


def validate_by_reference(name: str, document: object) -> list[Violation]:
    """The same by the reference implementation: slower, and what the other must agree with."""
    found = [
        Violation(
            tuple(error.absolute_path),
            tuple(error.absolute_schema_path),
            error.message,
            _finding(name, tuple(error.absolute_schema_path)),
        )
        for error in _reference(name).iter_errors(document)
    ]
    return sorted(found, key=_order)


def _order(violation: Violation) -> tuple[list[str], list[str]]:
    return [f"{step:>9}" for step in violation.path], [str(step) for step in violation.schema_path]


@cache
def _fast(name: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(
        load(name),
        registry=jsonschema_rs.Registry([(load(one)["$id"], load(one)) for one in NAMES]),
    )


@cache
def _reference(name: str) -> Draft202012Validator:
    known = [(load(one)["$id"], DRAFT202012.create_resource(load(one))) for one in NAMES]
    registry: Registry[Any] = Registry[Any]().with_resources(known)
    return Draft202012Validator(load(name), registry=registry)


def _finding(name: str, path: Path) -> str | None:
    """The rule that the schema around a keyword names for it; references are followed."""
    here: Any = load(name)
    for step in path[:-1]:
        here = here[step]
        while isinstance(here, dict) and "$ref" in here and step != "$ref":
            break
        if isinstance(here, str):
            here = _resolve(name, here)
    rules = here.get("x-finding", {}) if isinstance(here, dict) else {}
    rule = rules.get(str(path[-1])) if path else None
    return str(rule) if rule else None


def _resolve(name: str, reference: str) -> Any:
    """`key-result.schema.json`, `#/$defs/text` or both joined."""
    file, _, pointer = reference.partition("#")
    here: Any = load(file.removesuffix(".schema.json") if file else name)
    for step in pointer.strip("/").split("/"):
        here = here[step] if step else here
    return here


__all__ = ["NAMES", "Resource", "Violation", "load", "validate", "validate_by_reference"]
