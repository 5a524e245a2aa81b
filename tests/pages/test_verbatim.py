"""What somebody wrote at a place of a page: their words, and nothing where there are none."""

import pytest

from connector.core.findings import Place
from connector.pages.verbatim import words_at

ROW = "<tr><td><p>目标 &amp; aim</p></td><td></td><th>from 20<br/>to 8</th></tr>"
BODY = f"<p>前言</p><table><tbody>{ROW}</tbody></table>"


def place_of(piece: str) -> Place:
    start = BODY.encode().index(piece.encode())
    return Place(start=start, end=start + len(piece.encode()))


def test_cells_are_kept_apart() -> None:
    assert words_at(BODY, place_of(ROW)) == "目标 & aim | from 20 to 8"


def test_without_cells_it_is_the_text() -> None:
    assert words_at(BODY, place_of("<p>前言</p>")) == "前言"


@pytest.mark.parametrize(
    "place",
    [Place(), Place(start=3), Place(start=0, end=9), Place(start=9_000, end=9_100)],
    ids=["nowhere", "no end", "not whole", "another page's"],
)
def test_a_place_without_words_gives_none(place: Place) -> None:
    assert words_at(BODY, place) == ""


def test_it_is_never_longer_than_a_person_reads() -> None:
    body = f"<p>{'字' * 9_000}</p>"

    assert len(words_at(body, Place(start=0, end=len(body.encode())))) == 2_000
