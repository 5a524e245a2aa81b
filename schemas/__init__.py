"""JSON Schema documents (draft 2020-12), and how a JSON document is held against one.

They are the lowest layer and know nothing of the connector. References between them resolve
among themselves: nothing is ever fetched.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema import ValidationError as SlowError
from jsonschema.validators import extend
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

# Any only here: a schema, and what it judges, is raw JSON.
Schema = dict[str, Any]

BASE = "https://okr-connector.invalid/schemas/"
_FOLDER = Path(__file__).parent
_SUFFIX = ".schema.json"
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Violation:
    """One place where a document is not what its schema asks for.

    `schema_path` leads from the schema asked for to the keyword that failed, as if every
    referenced schema stood where it is referred to. `finding` is the rule by which an author
    hears of it (`x-finding`); None where no author can mend it.
    """

    path: tuple[str | int, ...]
    schema_path: tuple[str | int, ...]
    message: str
    finding: str | None = None

    @property
    def where(self) -> str:
        """
        >>> Violation(("objectives", 0, "title"), (), "").where
        'objectives[0].title'
        """
        steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in self.path)
        return "".join(steps).removeprefix(".")


@cache
def names() -> tuple[str, ...]:
    """Every schema by its name, in order of the alphabet."""
    return tuple(sorted(path.name.removesuffix(_SUFFIX) for path in _FOLDER.glob(f"*{_SUFFIX}")))


def load(name: str) -> Schema:
    """A copy of the schema, the caller's own; KeyError for a name that is not in `names()`."""
    if name not in names():
        raise KeyError(name)
    found = json.loads((_FOLDER / f"{name}{_SUFFIX}").read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


@cache
def _read(name: str) -> Schema:
    """The same, read once and never changed."""
    return load(name)


def validate(name: str, document: object) -> list[Violation]:
    """Everything wrong with the document; nothing for one that fits.

    What JSON cannot hold (a date of Python, half a surrogate pair) and what is nested too deeply
    for the fast validator is left to the slow one.
    """
    try:
        return [_of_fast(name, error) for error in _fast(name).iter_errors(document)]
    except ValueError:
        return validate_slowly(name, document)


def validate_slowly(name: str, document: object) -> list[Violation]:
    """The same by the reference implementation."""
    return [_of_slow(name, error) for error in _slow(name).iter_errors(document)]


def _rule(name: str, schema_path: tuple[str | int, ...]) -> str | None:
    """The rule that the schema around the failing keyword names for it."""
    root = here = _read(name)
    *steps, keyword = schema_path
    for step in steps:
        root, here = _resolved(root, here)
        here = here[step]
    _, here = _resolved(root, here)
    rule = here.get("x-finding", {}).get(keyword) if isinstance(here, dict) else None
    return rule if isinstance(rule, str) else None


def _resolved(root: Schema, here: Any) -> tuple[Schema, Any]:
    """Follow references: to a whole file, to `#/$defs/…` of this one, or of another."""
    while isinstance(here, dict) and isinstance(here.get("$ref"), str):
        file, _, pointer = here["$ref"].partition("#")
        root = here = _read(file.removesuffix(_SUFFIX)) if file else root
        for step in filter(None, pointer.split("/")):
            here = here[step]
    return root, here


def _of_fast(name: str, error: jsonschema_rs.ValidationError) -> Violation:
    taken = tuple(step for step in error.evaluation_path if step != "$ref")
    return Violation(tuple(error.instance_path), taken, error.message, _rule(name, taken))


def _of_slow(name: str, error: SlowError) -> Violation:
    taken = tuple(step for step in error.absolute_schema_path if step != "$ref")
    # the fast validator leaves empty names out of its paths, and both must say the same
    path = tuple(step for step in error.absolute_path if step != "")
    return Violation(path, taken, error.message, _rule(name, taken))


@cache
def _fast(name: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(
        load(name), registry=_fast_registry(), validate_formats=True, formats={"date": _is_date}
    )


@cache
def _fast_registry() -> jsonschema_rs.Registry:
    resources = [(f"{BASE}{name}{_SUFFIX}", load(name)) for name in names()]
    return jsonschema_rs.Registry(resources, draft=jsonschema_rs.Draft202012)


@cache
def _slow(name: str) -> Any:
    resources = [(f"{BASE}{one}{_SUFFIX}", _resource(one)) for one in names()]
    checker = FormatChecker(formats=())
    checker.checks("date")(_is_date)
    asked = extend(Draft202012Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call] # the stubs leave it bare
    registry: Registry[Schema] = Registry().with_resources(resources)
    return asked(load(name), registry=registry, format_checker=checker)


def _resource(name: str) -> Resource[Schema]:
    """Without its `$schema`, which would bring back the library's own reading of `pattern`."""
    contents = {key: value for key, value in load(name).items() if key != "$schema"}
    return DRAFT202012.create_resource(contents)


def _pattern(_: Any, pattern: str, instance: object, __: Any) -> Iterator[SlowError]:
    """As the standard reads it: `$` is the very end, while Python's allows a line break there."""
    if isinstance(instance, str) and not re.search(pattern.replace("$", r"\Z"), instance):
        yield SlowError(f"{instance!r} does not match {pattern!r}")


def _is_date(text: object) -> bool:
    """A day of the calendar as `2026-11-30`, in no other of the forms that ISO 8601 has."""
    if not isinstance(text, str):
        return True
    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
