"""A site whose every answer a test makes up."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from werkzeug import Request, Response

from tests.atlassian.serving import served

Answers = Callable[[str, Request], Any]


@contextmanager
def odd_site(answers: Answers, asked: list[str] | None = None) -> Iterator[str]:
    """`answers` gives JSON for the last part of a path, or a status and JSON."""

    @Request.application
    def application(request: Request) -> Response:
        place = request.path.rsplit("/", 1)[-1]
        if asked is not None:
            asked.append(place)
        given = answers(place, request)
        status, document = given if isinstance(given, tuple) else (200, given)
        return Response(json.dumps(document), status, mimetype="application/json")

    with served(application) as address:
        yield address
