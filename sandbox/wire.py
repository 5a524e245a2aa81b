"""Names for JSON, and its careful reading."""

import json
from typing import Any, TypeAlias

JsonObject: TypeAlias = dict[str, Any]
LONGEST_ID = 18


def is_text(value: object) -> bool:
    """False when a string in the JSON holds half a character, which no UTF-8 can carry."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


def as_object(value: object) -> JsonObject:
    """The value if it is a JSON object, an empty one otherwise."""
    return value if isinstance(value, dict) else {}


def as_list(value: object) -> list[Any]:
    """The value if it is a list, an empty one otherwise."""
    return value if isinstance(value, list) else []


def as_id(text: str) -> int | None:
    """
    A number that may be an id.

    >>> as_id("131073"), as_id("9" * 5000), as_id("x")
    (131073, None, None)
    """
    return int(text) if text.isdecimal() and len(text) <= LONGEST_ID else None


def as_text(value: object) -> str:
    return value if isinstance(value, str) else ""
