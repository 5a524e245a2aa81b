"""Lists in pages, as most of Jira's routes give them."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from flask import request

from sandbox.jira.requests import page_bounds
from sandbox.site import current_site
from sandbox.wire import JsonObject

T = TypeVar("T")


def page_of(found: Sequence[T], write: Callable[[T], object], *, default: int = 50) -> JsonObject:
    """`default` is how many a page holds when nobody says."""
    start, most = page_bounds(default)
    return {
        "self": f"{current_site().base}{request.full_path.rstrip('?')}",
        "maxResults": most,
        "startAt": start,
        "total": len(found),
        "isLast": start + most >= len(found),
        "values": [write(one) for one in found[start : start + most]],
    }
