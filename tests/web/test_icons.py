"""Icons that a host loads by an address it was told once."""

import pytest
from flask.testing import FlaskClient

from macros.icons import NAMES


@pytest.mark.parametrize("name", sorted(NAMES))
def test_an_icon_is_there_for_a_page_of_another_origin(client: FlaskClient, name: str) -> None:
    """`Cross-Origin-Resource-Policy: same-origin` would keep a wiki from showing it."""
    answer = client.get(f"/assets/icon/{name}.svg")

    assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer.headers["Cache-Control"] == "public, max-age=86400"


@pytest.mark.parametrize("path", ["icon/none.svg", "icon/macro.js", "icon/../icon/okr.svg.txt"])
def test_nothing_else_is_among_them(client: FlaskClient, path: str) -> None:
    assert client.get(f"/assets/{path}").status_code == 404


def test_other_answers_stay_with_their_origin(client: FlaskClient) -> None:
    answer = client.get("/healthz")

    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
