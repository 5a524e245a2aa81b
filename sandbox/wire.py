"""Names for JSON, and its careful reading."""

import json
from typing import Any, TypeAlias

JsonObject: TypeAlias = dict[str, Any]


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


def as_text(value: object) -> str:
    return value if isinstance(value, str) else ""
