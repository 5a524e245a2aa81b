"""How answers become JSON, and what the meters read of them without parsing them again."""

from typing import Any

from flask import g
from flask.json.provider import DefaultJSONProvider
from werkzeug.sansio.response import Response as AnyResponse
from werkzeug.wrappers import Response


class AnswerProvider(DefaultJSONProvider):
    """Words stay as they are, fields in their order; the answer is kept for who counts points."""

    ensure_ascii = False
    sort_keys = False

    def response(self, *args: Any, **kwargs: Any) -> AnyResponse:
        g.answered = args[0] if args else kwargs
        return super().response(*args, **kwargs)


def answered(response: Response) -> object:
    """What the answer says, if it is JSON."""
    held: object = g.get("answered")
    if held is not None or not response.is_json:
        return held
    return response.get_json(silent=True)
