"""The documents are complete: what the program has, the README names."""

import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import click
import pytest

from connector.catalogue import LOCALES, words
from connector.cli.root import COMMANDS, cli
from connector.config import Settings
from macros.registry import MACROS

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SOURCES = [
    path
    for folder in ("connector", "macros")
    for kind in ("*.py", "*.html")
    for path in sorted((ROOT / folder).rglob(kind))
]
SAID = re.compile(r"""\b(?:words|said)\.say\(\s*"([\w.-]+)\"""")


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_is_documented_and_explains_itself(command: str) -> None:
    assert f"| `{command}` |" in README
    found = cli.get_command(click.Context(cli), command)
    assert found is not None
    assert len(found.help or "") > 40


@pytest.mark.parametrize("module", ["connector.cli.files", "connector.cli.lint"])
def test_reading_a_file_loads_no_database_and_no_server(module: str) -> None:
    heavy = "{'sqlalchemy', 'flask', 'atlassian', 'requests', 'dbos', 'cryptography'}"
    script = f"import sys, connector.cli.root, {module}; print({heavy} & sys.modules.keys())"

    told = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert told.stdout == "set()\n"


@pytest.mark.parametrize("setting", [one.name for one in fields(Settings) if one.name != "policy"])
def test_every_setting_is_documented(setting: str) -> None:
    assert f"| `OKR_{setting.upper()}` |" in README


@pytest.mark.parametrize("macro", sorted(MACROS))
def test_every_macro_is_documented(macro: str) -> None:
    assert f"| `{macro}` |" in README


def test_what_the_readme_links_to_is_there() -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", README)

    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_every_word_that_is_said_is_in_the_catalogue(locale: str) -> None:
    said = {key for path in SOURCES for key in SAID.findall(path.read_text(encoding="utf-8"))}

    assert said
    assert said - set(words(locale).messages) == set()


def test_both_languages_say_the_same_things_with_the_same_facts() -> None:
    en, zh = (words(locale).messages for locale in LOCALES)

    assert set(en) == set(zh)
    assert [key for key in en if _facts(en[key]) != _facts(zh[key])] == []


def _facts(message: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", message))
