"""new-page: an OKR page to begin with, in storage format."""

from datetime import UTC, datetime
from pathlib import Path

import click

from connector.catalogue import words
from connector.cli.shared import Terminal, chosen_locale, lang_option
from connector.core.cycle import Cycle, current_quarter, cycle_of
from connector.core.okr import Level
from connector.core.words import Words
from connector.pages.templates import page_template


@click.command("new-page")
@click.option(
    "--level", type=click.Choice([one.value for one in Level]), required=True, help="Whose OKRs."
)
@click.option("--cycle", metavar="CODE", help="Such as 2026-Q4; default the current quarter.")
@click.option("--title", help="The page's title; default the level and the cycle.")
@click.option("--output", type=click.Path(dir_okay=False, writable=True), help="File to write.")
@lang_option
def new_page(
    level: str, cycle: str | None, title: str | None, output: str | None, lang: str | None
) -> None:
    """Print an OKR page to begin with, in Confluence storage format, with hints for its authors.

    Nothing is written to the site in this release. In Data Center's source editor (the icon <>)
    paste what is printed; on Cloud, open /preview, press Copy and paste into a new page.
    """
    said = words(chosen_locale(lang))
    made = page_template(Level(level), _cycle(cycle), said)
    if output is None:
        click.echo(made.storage, nl=False)
    else:
        _write(output, made.storage)
    _tell(title or made.title, said)


def _cycle(code: str | None) -> Cycle:
    if code is None:
        return current_quarter(datetime.now(UTC).date())
    try:
        return cycle_of(code)
    except ValueError as error:
        raise click.BadParameter(
            f"{code!r} is not a cycle such as 2026, 2026-H1, 2026-Q4, 2026-B6 or 2026-11",
            param_hint="--cycle",
        ) from error


def _write(output: str, text: str) -> None:
    try:
        Path(output).write_text(text, encoding="utf-8")
    except OSError as error:
        raise click.FileError(output, error.strerror) from error


def _tell(title: str, said: Words) -> None:
    """On stderr, for stdout is the page."""
    console = Terminal(stderr=True)
    console.print(said.say("cli.new_page.title", title=title))
    console.print(said.say("cli.new_page.how"))
