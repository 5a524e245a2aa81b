"""Names for JSON, and its careful reading."""

from typing import Any, TypeAlias

JsonObject: TypeAlias = dict[str, Any]


def as_object(value: object) -> JsonObject:
    """The value if it is a JSON object, an empty one otherwise."""
    return value if isinstance(value, dict) else {}


def as_text(value: object) -> str:
    return value if isinstance(value, str) else ""
