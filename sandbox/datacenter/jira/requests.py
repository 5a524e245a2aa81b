"""What several routes of this product read and answer alike."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from flask import request

from sandbox.datacenter.jira.fields import FIELDS, named, schema
from sandbox.datacenter.jira.wire import DataCenterWriter
from sandbox.guard import caller
from sandbox.jira.fields_asked import choose_fields
from sandbox.site import current_site
from sandbox.wire import JsonObject

T = TypeVar("T")
MOST_RESULTS = 1000
DEFAULT_RESULTS = 50


def writer() -> DataCenterWriter:
    found = current_site().writer(caller(), 2)
    assert isinstance(found, DataCenterWriter)
    return found


def bounds(*, start: object = None, most: object = None) -> tuple[int, int]:
    """`startAt` and `maxResults`, of a body or else of the query; 0 asks for the total alone."""
    first = _number(request.args.get("startAt") if start is None else start, 0)
    size = _number(request.args.get("maxResults") if most is None else most, DEFAULT_RESULTS)
    return max(0, first), MOST_RESULTS if size < 0 else min(size, MOST_RESULTS)


def _number(value: object, default: int) -> int:
    if value is None or isinstance(value, bool):
        return default
    text = str(value)
    return int(text[:9]) if text.lstrip("-").isdecimal() and text.isascii() else default


def page_of(found: Sequence[T], written: Callable[[T], JsonObject]) -> JsonObject:
    """A page bean: `values` from `startAt` on."""
    start, most = bounds()
    return {
        "maxResults": most,
        "startAt": start,
        "total": len(found),
        "isLast": start + most >= len(found),
        "values": [written(one) for one in found[start : start + most]],
    }


def about_fields(asked: Iterable[str], expand: Iterable[str]) -> JsonObject:
    """`names` and `schema` of the fields that were asked for."""
    chosen, words = choose_fields(asked), set(expand)
    ids = [name for name in FIELDS if chosen(name)]
    answer: JsonObject = {}
    if "names" in words:
        answer["names"] = named(ids, current_site().dc.words)
    if "schema" in words:
        answer["schema"] = {name: schema(FIELDS[name]) for name in ids}
    return answer
