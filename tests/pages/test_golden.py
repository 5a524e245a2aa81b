"""Whole pages and the documents they become; `OKR_GOLDEN=write` writes them anew for review."""

import json
import os
from pathlib import Path

import pytest

from connector.pages.document import place_document
from tests.pages.reading import read

FOLDER = Path(__file__).parent.parent / "golden"
PAGES = sorted(FOLDER.glob("*.xhtml"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_becomes_its_document(path: Path) -> None:
    """Objectives, key results, values, places and findings are those a reader would name."""
    reading = read(path.read_bytes())
    findings = [
        {"rule": one.rule, "place": place_document(one.place), "facts": dict(one.facts)}
        for one in reading.findings
    ]
    actual = {"document": reading.document, "findings": findings}

    expected = path.with_suffix(".json")
    if os.environ.get("OKR_GOLDEN") == "write":
        text = json.dumps(actual, ensure_ascii=False, indent=1) + "\n"
        expected.write_text(text, encoding="utf-8")

    assert actual == json.loads(expected.read_text(encoding="utf-8"))


def test_there_are_pages() -> None:
    assert len(PAGES) >= 7
