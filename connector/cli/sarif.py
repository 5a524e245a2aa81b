"""Findings as SARIF 2.1.0 (OASIS, 27 March 2020), which editors and code hosts read."""

from collections.abc import Iterable
from importlib.metadata import version
from pathlib import PurePath
from urllib.parse import quote

from connector.core.findings import Finding, Place, Severity
from connector.core.json import JsonObject
from connector.core.lint.engine import all_rules
from connector.core.words import Words

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVEL = {Severity.E: "error", Severity.W: "warning", Severity.I: "note"}

# What was looked at: its name or address, its bytes, and what was found in it.
Looked = tuple[str, bytes, Iterable[Finding]]


def sarif(looked: Iterable[Looked], said: Words) -> JsonObject:
    """One run over everything that was looked at."""
    results, artifacts, met = list[JsonObject](), list[JsonObject](), dict[str, Severity]()
    for number, (name, body, findings) in enumerate(looked):
        artifacts.append({"location": {"uri": _uri(name)}, "length": len(body)})
        for one in findings:
            met.setdefault(one.rule, one.severity)
            results.append(_result(one, name, number, body, said))
    run = {
        "tool": {
            "driver": {
                "name": "okr-connector",
                "semanticVersion": version("okr-connector"),
                "language": said.locale,
                "rules": list(_rules(met, said)),
            }
        },
        "columnKind": "unicodeCodePoints",
        "artifacts": artifacts,
        "results": results,
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _rules(met: dict[str, Severity], said: Words) -> Iterable[JsonObject]:
    known = {rule.id: rule.severity for rule in all_rules()}
    for name, severity in {**met, **known}.items():
        text = said.messages.get(f"rule.{name}.title", name)
        yield {
            "id": name,
            "shortDescription": {"text": text},
            "defaultConfiguration": {"level": _LEVEL[severity]},
        }


def _result(one: Finding, name: str, number: int, body: bytes, said: Words) -> JsonObject:
    text = f"{said.message(one)} {said.hint(one)}"
    place: JsonObject = {"artifactLocation": {"uri": _uri(name), "index": number}}
    region = _region(one.place, body)
    if region:
        place["region"] = region
    titles = [title for title in (one.objective, one.key_result) if title]
    location: JsonObject = {"physicalLocation": place}
    if titles:
        location["logicalLocations"] = [
            {"name": titles[-1], "fullyQualifiedName": " › ".join(titles)}
        ]
    return {
        "ruleId": one.rule,
        "level": _LEVEL[one.severity],
        "message": {"text": text},
        "locations": [location],
    }


def _region(place: Place, body: bytes) -> JsonObject:
    """Bytes from 0, lines and columns from 1, ends exclusive; empty where nobody knows."""
    if place.start is None or place.end is None:
        return {"startLine": place.line} if place.line else {}
    line, column = _position(body, place.start)
    last_line, last_column = _position(body, place.end)
    return {
        "byteOffset": place.start,
        "byteLength": place.end - place.start,
        "startLine": line,
        "startColumn": column,
        "endLine": last_line,
        "endColumn": last_column,
    }


def _position(body: bytes, offset: int) -> tuple[int, int]:
    before = body[:offset]
    last = before.rsplit(b"\n", 1)[-1]
    return before.count(b"\n") + 1, len(last.decode("utf-8", "replace")) + 1


def _uri(name: str) -> str:
    if name == "-":
        return "stdin"
    return name if "://" in name else quote(PurePath(name).as_posix())
