"""The published descriptions, and requests as they name them."""

import copy
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from jsonschema import FormatChecker
from openapi_schema_validator import OAS30Validator, oas30_format_checker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4
from werkzeug.test import TestResponse

from tests.sandbox.conftest import Caller, authorization
from tests.sandbox.unknown_keys import unknown_keys

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = Path(os.environ.get("OKR_CONTRACTS_DIR", str(ROOT / "../shared/contracts")))
SHORT = 200
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
# Jira's own examples write the zone without a colon.
JIRA_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d{4}")

JsonObject = dict[str, Any]


@dataclass(frozen=True)
class Call:
    """One request; `path` is the published one, `values` fill its parameters."""

    method: str
    path: str
    status: int = 200
    values: dict[str, str] = field(default_factory=dict)
    query: dict[str, Any] = field(default_factory=dict)
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    before: tuple["Call", ...] = ()

    @property
    def name(self) -> str:
        return f"{self.method} {self.path} {self.query or ''}".strip()

    @property
    def address(self) -> str:
        address = self.path
        for name, value in self.values.items():
            address = address.replace(f"{{{name}}}", value)
        return address

    def made(self, caller: Caller) -> TestResponse:
        """The answer, after the calls that prepare it."""
        for call in self.before:
            made = call.made(caller)
            assert made.status_code == call.status, made.get_data(as_text=True)
        headers = (authorization(caller.user) if caller.user else {}) | self.headers
        return caller.client.open(
            self.address,
            method=self.method,
            query_string=self.query or None,
            json=self.body,
            headers=headers,
        )


@dataclass(frozen=True)
class MayBeNull:
    """A value that is null on real sites, though its description gives it another type only."""

    pointer: str
    because: str

    def amend(self, document: JsonObject) -> None:
        above, _, name = self.pointer.rpartition("/")
        holder = found(document, above)
        holder[name] = {"anyOf": [{"enum": [None], "nullable": True}, holder[name]]}


@dataclass(frozen=True)
class MayHave:
    """A key that answers of real sites have, though the description does not name it."""

    pointer: str
    name: str
    because: str

    def amend(self, document: JsonObject) -> None:
        schema = found(document, self.pointer)
        assert self.name not in schema.get("properties", {}), f"{self} is described after all"
        schema.setdefault("properties", {})[self.name] = {}


@dataclass(frozen=True)
class Description:
    """One published document, how our paths differ from its own, and what it forgets to say."""

    file: str
    prefix: str = ""
    renamed: tuple[tuple[str, str], ...] = ()
    amendments: tuple[MayBeNull | MayHave, ...] = ()
    time: re.Pattern[str] = RFC_3339

    @cached_property
    def document(self) -> JsonObject:
        loaded: JsonObject = json.loads((CONTRACTS / self.file).read_text(encoding="utf-8"))
        amended = copy.deepcopy(loaded)
        for amendment in self.amendments:
            amendment.amend(amended)
        return amended

    def path(self, served: str) -> str:
        """The document's own name of a path."""
        path = served.removeprefix(self.prefix)
        for ours, theirs in self.renamed:
            path = path.replace(ours, theirs, 1)
        return path

    def operation(self, call: Call) -> JsonObject:
        operation: JsonObject = self.document["paths"][self.path(call.path)][call.method.lower()]
        return operation

    def describes_body(self, call: Call) -> bool:
        """204 has none, whatever the document says."""
        return call.status != HTTPStatus.NO_CONTENT and bool(
            self.operation(call)["responses"][str(call.status)].get("content")
        )

    def faults(self, call: Call, body: object) -> list[str]:
        """What the description of the call's operation has against the body."""
        content = self.operation(call)["responses"][str(call.status)]["content"]
        keys = [self.path(call.path), call.method.lower(), "responses", str(call.status), "content"]
        pointer = "/".join(["#/paths", *map(_escaped, [*keys, next(iter(content)), "schema"])])
        return [*self._violations(pointer, body), *unknown_keys(self.document, pointer, body)]

    def _violations(self, pointer: str, body: object) -> Iterator[str]:
        validator = OAS30Validator(
            {"$ref": f"urn:published{quote(pointer, safe='#/~')}"},
            registry=self._registry,
            format_checker=self._formats,
        )
        for error in validator.iter_errors(body):
            yield f"{error.json_path}: {error.message[:SHORT]}"

    @cached_property
    def _registry(self) -> Registry[Any]:
        resource = Resource.from_contents(self.document, default_specification=DRAFT4)
        registry: Registry[Any] = Registry().with_resource("urn:published", resource)
        return registry

    @cached_property
    def _formats(self) -> FormatChecker:
        formats = copy.copy(oas30_format_checker)
        formats.checkers = dict(formats.checkers)
        formats.checkers["date-time"] = (self._is_time, ())
        formats.checkers["uri"] = (_is_address, ())
        return formats

    def _is_time(self, value: object) -> bool:
        return not isinstance(value, str) or self.time.fullmatch(value) is not None


def found(document: JsonObject, pointer: str) -> JsonObject:
    """What stands at `a/b/c`; raises KeyError for what is not there."""
    at: Any = document
    for step in pointer.split("/"):
        at = at[step.replace("~1", "/").replace("~0", "~")]
    there: JsonObject = at
    return there


def _escaped(step: str) -> str:
    return step.replace("~", "~0").replace("/", "~1")


def _is_address(value: object) -> bool:
    return not isinstance(value, str) or bool(urlsplit(value).scheme and urlsplit(value).netloc)
