"""What a server is given, and what views may not lean on."""

import io

import pytest
from flask import session
from flask.testing import FlaskClient
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder

from tests.web.conftest import BEARER, PAGE


def test_an_answer_comes_in_one_piece(client: FlaskClient) -> None:
    """A server sends a list at once."""
    query = {"page": PAGE}
    asked = EnvironBuilder("/macros/objective", query_string=query, headers=Headers(BEARER))
    environ = asked.get_environ()
    said: list[str] = []

    parts = client.application.wsgi_app(environ, lambda status, *_: said.append(status))  # type: ignore[arg-type]  # nobody writes to what is returned

    assert isinstance(parts, list)
    assert said == ["200 OK"]
    assert b"".join(parts).startswith(b"<!doctype html>")


def test_a_body_that_was_not_read_does_no_harm(client: FlaskClient) -> None:
    answer = client.post("/macros/objective", input_stream=io.BytesIO(b"x" * 1000))

    assert answer.status_code in {401, 405}


def test_there_is_no_session_to_write_to(client: FlaskClient) -> None:
    with client.application.test_request_context("/"), pytest.raises(RuntimeError):
        session["who"] = "me"
