"""The whole company of the sandbox, read as a person reads it."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from connector.core.okr import EpicLink
from connector.pages import OkrReading
from sandbox.seed_pages import PAGES, SeedPage, addressed
from tests.pages.reading import read, rules

SEEN: dict[str, Any] = {
    page["title"]: page
    for page in tomllib.loads(Path(__file__).with_name("company.toml").read_text("utf-8"))["page"]
}


def reading_of(page: SeedPage) -> OkrReading:
    return read(addressed(page.text, "http://127.0.0.1:8090"), title=page.title)


def told(reading: OkrReading) -> list[dict[str, Any]]:
    return [
        {
            "title": objective.title,
            "key_results": [
                [one.title, *(str(w.key if isinstance(w, EpicLink) else w.jql) for w in one.links)]
                for one in objective.key_results
            ],
        }
        for objective in (reading.okrs.objectives if reading.okrs else ())
    ]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.id))
def test_a_page_holds_what_a_person_sees_there(page: SeedPage) -> None:
    """Layouts, languages, old and new markup; and controls, which hold nothing."""
    reading = reading_of(page)
    seen = SEEN.get(page.title, {"objective": [], "cycle": None, "remarks": ["F-03"]})

    assert told(reading) == seen["objective"]
    assert (reading.okrs.cycle if reading.okrs else None) == seen["cycle"]
    assert rules(reading) == seen.get("remarks", [])


def test_the_table_speaks_of_pages_that_there_are() -> None:
    assert set(SEEN) <= {page.title for page in PAGES}
    assert sum(len(o["key_results"]) for page in SEEN.values() for o in page["objective"]) == 83
