"""lint: what would make the OKRs of a file or a page better, and how well they are worded."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click
from rich.text import Text

from connector.catalogue import words
from connector.cli.files import FileReading, print_document, read_file, told
from connector.cli.sarif import sarif
from connector.cli.shared import Terminal, chosen_locale, lang_option, settings_here
from connector.core.errors import ConfigError
from connector.core.json import JsonObject
from connector.core.lint.engine import all_rules
from connector.core.lint.quality import Quality, quality
from connector.core.policy import Policy
from connector.core.policy_document import policy_from
from connector.core.words import Words, rounded
from connector.usecases.lint_okrs import lint_okrs

_PAGE = re.compile(r"^\d+$|://")


@click.command()
@click.argument("names", nargs=-1, required=True, metavar="FILE|PAGE…")
@lang_option
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "json", "sarif"]),
    default="text",
    show_default=True,
    help="For people, for programs, or SARIF 2.1.0 for editors and code hosts.",
)
def lint(names: Sequence[str], lang: str | None, output_format: str) -> int:
    """Say what would make the OKRs of these FILEs or PAGEs better, and where.

    A FILE is in Confluence storage format (`-` reads standard input); a PAGE is the id or the
    address of a page of the site. Findings of severity E must be mended, W should be, I is good to
    know. The score of wording goes from 0 to 100. `okr-connector rules` explains every rule.
    """
    said = words(chosen_locale(lang))
    readings = [_linted(name, said) for name in names]
    if output_format == "sarif":
        print_document(sarif([(one.name, one.body, one.findings) for one in readings], said))
        return max(reading.status for reading in readings)
    for reading in readings:
        if output_format == "json":
            document = reading.document(said) | {"quality": _quality_document(_quality(reading))}
            print_document(document, one_line=len(readings) > 1)
        else:
            _tell(reading, said)
    return max(reading.status for reading in readings)


def _linted(name: str, said: Words) -> FileReading:
    if name == "-" or Path(name).is_file():
        policy = policy_here()
        read = read_file(name, policy)
        advice = lint_okrs(read.okrs, space="", policy=policy) if read.okrs else ()
        return replace(read, findings=(*read.findings, *advice))
    if not _PAGE.search(name):
        raise click.FileError(name, "no such file, and no page's id or address")
    from connector.cli.lint_site import read_at_the_site  # noqa: PLC0415 - a file needs no database

    return read_at_the_site(name, said)


def policy_here() -> Policy:
    """That of the settings; a broken setting elsewhere must not stop a file from being read."""
    try:
        return policy_from(settings_here().policy)
    except ConfigError:
        return Policy()


def _quality_document(found: Quality | None) -> JsonObject | None:
    if found is None:
        return None
    reasons = [
        {"rule": one.rule, "times": one.times, "points": float(rounded(one.points, 1))}
        for one in found.reasons
    ]
    return {"score": int(rounded(found.score, 0)), "reasons": reasons}


def _quality(reading: FileReading) -> Quality | None:
    """Of the wording alone: what the reader remarks on is not the author's style."""
    rules = {rule.id for rule in all_rules()}
    advice = [one for one in reading.findings if one.rule in rules]
    return quality(reading.okrs, advice) if reading.okrs else None


def _tell(reading: FileReading, said: Words) -> None:
    console = Terminal()
    results = sum(len(one["key_results"]) for one in reading.objectives)
    console.print(
        Text(
            said.say(
                "cli.lint.summary",
                file=reading.name,
                objectives=str(len(reading.objectives)),
                key_results=str(results),
                findings=str(len(reading.findings)),
            ),
            style="bold",
        )
    )
    for finding in reading.findings:
        console.print(told(finding, said))
    found = _quality(reading)
    if found:
        _tell_quality(found, said, console)


def _tell_quality(found: Quality, said: Words, console: Terminal) -> None:
    console.print(said.say("cli.lint.quality", score=str(rounded(found.score, 0))))
    for one in found.reasons:
        title, points = said.say(f"rule.{one.rule}.title"), str(rounded(one.points, 1))
        told_here = {"rule": one.rule, "title": title, "times": str(one.times), "points": points}
        console.print(said.say("cli.lint.quality.reason", **told_here))
