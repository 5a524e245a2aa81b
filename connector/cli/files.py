"""parse: what a file says, without a site, a database or a setting."""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.text import Text

from connector.catalogue import words
from connector.cli.shared import chosen_locale, colour_of, lang_option
from connector.core.findings import Finding, Severity
from connector.core.json import JsonObject
from connector.core.okr import OkrPage, PageId
from connector.core.policy import Policy
from connector.core.words import Words
from connector.pages import read_okrs
from connector.usecases.okr_documents import finding_document

FILES = click.Path(exists=True, dir_okay=False, allow_dash=True)


@dataclass(frozen=True, slots=True)
class FileReading:
    """One file or page as it was read; `objectives` as in the schema `okr-page`."""

    name: str
    body: bytes
    okrs: OkrPage | None
    objectives: list[JsonObject]
    findings: tuple[Finding, ...]

    @property
    def status(self) -> int:
        return int(any(one.severity in (Severity.E, Severity.W) for one in self.findings))

    def document(self, said: Words) -> JsonObject:
        return {
            "file": self.name,
            "objectives": self.objectives,
            "findings": [finding_document(one, said) for one in self.findings],
        }


@click.command()
@click.argument("files", nargs=-1, required=True, type=FILES, metavar="FILE…")
@lang_option
def parse(files: Sequence[str], lang: str | None) -> int:
    """Print the OKRs that pages in Confluence storage format hold, as JSON.

    One document per FILE (`-` reads standard input), one per line when there are several.
    """
    said = words(chosen_locale(lang))
    readings = [read_file(name, Policy()) for name in files]
    for reading in readings:
        print_document(reading.document(said), one_line=len(readings) > 1)
    return max(reading.status for reading in readings)


def read_file(name: str, policy: Policy) -> FileReading:
    """Any bytes at all give a reading; what is wrong with them is a finding."""
    path = Path(name)
    body = sys.stdin.buffer.read() if name == "-" else path.read_bytes()
    title = "" if name == "-" else path.stem
    today = datetime.now(UTC).date()
    read = read_okrs(body, page=PageId("0"), title=title, policy=policy, today=today)
    return FileReading(name, body, read.okrs, read.document.get("objectives", []), read.findings)


def print_document(document: JsonObject, *, one_line: bool = False) -> None:
    indent = None if one_line else 2
    click.echo(json.dumps(document, ensure_ascii=False, indent=indent))


def told(finding: Finding, said: Words) -> Text:
    """A finding in two or three lines: rule and message, place, what to do."""
    text = Text()
    text.append(f"  {finding.severity.value} {finding.rule} ", style=colour_of(finding.severity))
    text.append(said.message(finding))
    where = " › ".join(part for part in _place(finding, said) if part)
    if where:
        text.append(f"\n         {where}", style="dim")
    text.append(f"\n         → {said.hint(finding)}")
    return text


def _place(finding: Finding, said: Words) -> tuple[str, ...]:
    place = finding.place
    return (
        place.heading or finding.objective,
        said.say("cli.place.table", number=str(place.table)) if place.table else "",
        said.say("cli.place.row", number=str(place.row)) if place.row else "",
        place.column,
        said.say("cli.place.line", number=str(place.line)) if place.line else "",
    )
