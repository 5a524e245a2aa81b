"""Pages as people in many companies write them, and what a person reads there."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.pages.notation import page, said, told
from tests.pages.reading import read

FOLDER = Path(__file__).with_name("field")
PAGES: list[dict[str, Any]] = [
    one
    for path in sorted(FOLDER.glob("*.toml"))
    for one in tomllib.loads(path.read_text("utf-8"))["page"]
]


@pytest.mark.parametrize("one", PAGES, ids=lambda one: one["name"])
def test_a_page_is_read_as_a_person_reads_it(one: dict[str, Any]) -> None:
    reading = read(page(one["text"], one["editor"]), title=one.get("title", "Team page"))
    assert told(reading) == said(one["expected"])


def test_names_are_unique() -> None:
    assert len({one["name"] for one in PAGES}) == len(PAGES)
