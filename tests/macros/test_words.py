"""The macro's words: the same in every language, none missing, none left over."""

import re
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

import connector
import macros
from connector.catalogue import LOCALES

LOCALE = Path(connector.__file__).parent / "locale"
SOURCE = Path(macros.__file__).parent
_SOURCES = {".py", ".html"}
FAMILIES = (
    "age.",
    "cycle.",
    "finding.F-40.",
    "health.",
    "macro.board.count.",
    "macro.board.level.",
    "macro.board.title.",
    "macro.objective.basis.",
    "macro.objective.findings.count.",
    "macro.objective.metric.",
    "macro.objective.severity.",
    "macro.objective.state.",
    "macro.objective.title.",
    "macro.objective.verdict.",
    "macro.objective.why.basis.",
    "macro.objective.why.depth.",
    "macro.panel.advice.",
    "macro.panel.part.",
    "macro.panel.title.",
)


def catalogue(locale: str) -> dict[str, str]:
    with (LOCALE / locale.replace("-", "_") / "macros.po").open("rb") as file:
        return {str(one.id): str(one.string) for one in read_po(file) if one.id}


def places(message: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(message) if name}


def test_every_language_has_the_same_messages_with_the_same_facts() -> None:
    first, *others = (
        {key: places(text) for key, text in catalogue(one).items()} for one in LOCALES
    )

    assert all(other == first for other in others)


@pytest.mark.parametrize("locale", LOCALES)
def test_no_message_is_empty(locale: str) -> None:
    assert [key for key, text in catalogue(locale).items() if not text] == []


def test_every_message_is_used_and_every_used_one_exists() -> None:
    """Families are keyed by a value; that each member exists is seen where states are drawn."""
    text = "".join(
        file.read_text(encoding="utf-8") for file in SOURCE.rglob("*") if file.suffix in _SOURCES
    )
    literal = set(re.findall(r"""["']([a-z_]+(?:\.[a-z_]+)*)["']""", text))
    known = set(catalogue("en"))
    short = {re.sub(r"^macro\.(objective|board|panel)\.", "", key) for key in known}
    said = set(re.findall(r"""\bsay\(\s*["']([a-z_.]+)["']""", text))

    assert said - short - known == set()
    assert {
        key
        for key in known
        if not key.startswith(FAMILIES)
        and not {key, re.sub(r"^macro\.(objective|board|panel)\.", "", key)} & literal
    } == set()
