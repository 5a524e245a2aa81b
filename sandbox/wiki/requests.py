"""Reading what a Confluence v2 request says, and paging its answers."""

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode

from flask import Response, jsonify, request

from sandbox import errors
from sandbox.guard import caller, member
from sandbox.site import current_site
from sandbox.wiki.model import Page, Space
from sandbox.wire import JsonObject, is_text

T = TypeVar("T")
MOST_RESULTS = 250
DEFAULT_RESULTS = 25


def json_sent() -> object:
    """The JSON of the request; None when there is none, or it is broken or nested without end."""
    try:
        body: object = request.get_json(silent=True)
        return body if is_text(body) else None
    except RecursionError:
        return None


def body_object() -> JsonObject:
    body = json_sent()
    if not isinstance(body, dict):
        raise errors.wiki_invalid("Request body is missing or is not valid JSON")
    return body


def number(text: object, name: str) -> int:
    """An id or a count. Raises a 400 that names the parameter."""
    if isinstance(text, bool) or not str(text).isdecimal():
        raise errors.wiki_invalid(
            f"Provided value {{{text}}} for '{name}' is not the correct type. Expected type is long"
        )
    return int(str(text))


def numbers(name: str, *, most: int) -> list[int]:
    values = [part for given in request.args.getlist(name) for part in given.split(",") if part]
    if len(values) > most:
        raise errors.wiki_invalid(f"'{name}' takes at most {most} values")
    return [number(value, name) for value in values]


def flag(name: str) -> bool:
    return request.args.get(name, "false").casefold() == "true"


def chosen(name: str, known: Sequence[str]) -> set[str]:
    """The values of a parameter that takes some of a list; a 400 for any other."""
    given = {part for one in request.args.getlist(name) for part in one.split(",") if part}
    wrong = sorted(given - set(known))
    if wrong:
        raise errors.wiki_invalid(
            f"Provided value {{{wrong[0]}}} for '{name}' is not the correct type. "
            f"Expected type is one of {', '.join(known)}"
        )
    return given


def sort(found: list[T], orders: dict[str, Callable[[T], Any]], default: str = "id") -> None:
    """By the parameter `sort`; a minus before its name turns it round."""
    order = request.args.get("sort", default)
    key = orders.get(order.removeprefix("-"))
    if key is None:
        raise errors.wiki_invalid(
            f"Provided value {{{order}}} for 'sort' is not the correct type. "
            f"Expected type is one of {', '.join(orders)}"
        )
    found.sort(key=key, reverse=order.startswith("-"))


def visible_space(space_id: object, name: str = "id") -> Space:
    """`name` is what the request calls the space. Raises a 400 for what is no id, else a 404."""
    pages = current_site().pages
    found = pages.space(str(number(space_id, name)))
    if found is None or not pages.may_view(found, caller()):
        raise errors.wiki_not_found()
    return found


def readable_page(page_id: str, *, statuses: Sequence[str] = ("current", "archived")) -> Page:
    """404 for pages that are missing, in the trash or not for this reader: nothing tells which."""
    page = current_site().pages.find(number(page_id, "id"))
    if (
        page is None
        or page.status not in statuses
        or not current_site().pages.may_read(page, caller())
    ):
        raise errors.wiki_not_found()
    return page


def editable_page(page_id: str, *, statuses: Sequence[str] = ("current",)) -> Page:
    page = readable_page(page_id, statuses=statuses)
    if not current_site().pages.may_edit(page, member()):
        raise errors.wiki_forbidden()
    return page


def paged(found: Sequence[T], written: Callable[[T], JsonObject]) -> Response:
    """One page of results; the next one is named in `_links.next` and in the `Link` header."""
    limit = number(request.args.get("limit", DEFAULT_RESULTS), "limit")
    if not 1 <= limit <= MOST_RESULTS:
        raise errors.wiki_invalid(f"limit must be between 1 and {MOST_RESULTS}")
    start = _opened(request.args.get("cursor"))
    shown = found[start : start + limit]
    base = f"{current_site().base}/wiki"
    links: dict[str, Any] = {"base": base}
    header = f'<{base}>; rel="base"'
    if start + limit < len(found):
        kept = [(k, v) for k, v in request.args.items(multi=True) if k not in {"cursor", "limit"}]
        query = urlencode([*kept, ("limit", limit), ("cursor", _cursor(start + limit))])
        links["next"] = f"{request.path}?{query}"
        header = f'<{links["next"]}>; rel="next", {header}'
    response = jsonify({"results": [written(item) for item in shown], "_links": links})
    response.headers["Link"] = header
    return response


def _cursor(start: int) -> str:
    return base64.urlsafe_b64encode(f'{{"start":{start}}}'.encode()).decode()


def _opened(cursor: str | None) -> int:
    if cursor is None:
        return 0
    try:
        held = base64.urlsafe_b64decode(cursor.encode()).decode()
        return int(held.removeprefix('{"start":').removesuffix("}"))
    except (binascii.Error, ValueError) as error:
        raise errors.wiki_invalid("Provided cursor is not valid") from error
