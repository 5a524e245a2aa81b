"""Reading what a Jira request says."""

from http import HTTPStatus

from flask import request

from sandbox import errors
from sandbox.wire import JsonObject, is_text

_MOST_LISTED = 1000


def body_object() -> JsonObject:
    """The JSON object of the body; Jira's one sentence for everything that is none."""
    body = request.get_json(silent=True)
    if not isinstance(body, dict) or not is_text(body):
        raise bad_payload()
    return body


def strings(body: JsonObject, name: str) -> list[str]:
    value = body.get(name)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(item, str | int) for item in value):
        raise bad_payload()
    return [str(item) for item in value]


def split_parameter(name: str) -> list[str]:
    """A query parameter given once with commas, several times, or both."""
    return [part for value in request.args.getlist(name) for part in value.split(",") if part]


def page_bounds(default: int) -> tuple[int, int]:
    """`startAt` and `maxResults`; what is no number counts as not given."""
    start = request.args.get("startAt", 0, type=int)
    most = request.args.get("maxResults", default, type=int)
    return max(0, start), min(max(1, most), _MOST_LISTED)


def bad_payload() -> errors.Refused:
    return errors.jira(HTTPStatus.BAD_REQUEST, [errors.BAD_PAYLOAD])
