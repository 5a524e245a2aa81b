"""Keys of a body that its published schema does not name.

A schema says nothing against more keys unless it sets `additionalProperties`; a client's generated
types know only the named ones, so an invented key must show.
"""

from collections.abc import Iterator
from typing import Any

JsonObject = dict[str, Any]
CHOICES = ("allOf", "oneOf", "anyOf")


def unknown_keys(document: JsonObject, pointer: str, body: object) -> Iterator[str]:
    """Where each of them stands, as in `$.issues[].colour: is not described`."""
    yield from _unknown(document, [{"$ref": pointer}], body, "$")


def _unknown(
    document: JsonObject, schemas: list[JsonObject], value: object, at: str
) -> Iterator[str]:
    parts = [part for schema in schemas for part in _parts(document, schema)]
    if isinstance(value, list):
        items = [part["items"] for part in parts if "items" in part]
        for one in value:
            yield from _unknown(document, items, one, f"{at}[]")
    elif isinstance(value, dict) and parts:
        yield from _unknown_members(document, parts, value, at)


def _unknown_members(
    document: JsonObject, parts: list[JsonObject], value: JsonObject, at: str
) -> Iterator[str]:
    more = [part["additionalProperties"] for part in parts if part.get("additionalProperties")]
    described = [one for one in more if isinstance(one, dict)]
    free = any(_says_nothing(part) for part in parts)
    for name, inner in value.items():
        named = [p["properties"][name] for p in parts if name in p.get("properties", {})]
        if not named and not described and not free:
            yield f"{at}.{name}: is not described"
        yield from _unknown(document, named or described, inner, f"{at}.{name}")


def _parts(document: JsonObject, schema: JsonObject) -> Iterator[JsonObject]:
    """The schema and every schema that it is made of."""
    while "$ref" in schema:
        schema = _at(document, schema["$ref"])
    yield schema
    for choice in CHOICES:
        for one in schema.get(choice, ()):
            yield from _parts(document, one)


def _says_nothing(part: JsonObject) -> bool:
    """An object of any keys, unlike one that only gathers others or is no object at all.

    `additionalProperties: true` beside named ones is how v1 leaves room for the future.
    """
    if part.get("properties") or part.get("additionalProperties") is False:
        return False
    made_of_others = any(choice in part for choice in CHOICES)
    kind = part.get("type", "object")
    return not made_of_others and kind == "object" and "enum" not in part


def _at(document: JsonObject, pointer: str) -> JsonObject:
    at: Any = document
    for step in pointer.removeprefix("#/").split("/"):
        at = at[step.replace("~1", "/").replace("~0", "~")]
    there: JsonObject = at
    return there
