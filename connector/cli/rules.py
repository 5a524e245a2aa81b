"""rules: what lint remarks on, printed from the rules themselves."""

from collections.abc import Iterator
from itertools import groupby

import click

from connector.catalogue import words
from connector.cli.shared import Terminal, chosen_locale, lang_option
from connector.core.lint.engine import all_rules
from connector.core.lint.rule import Described
from connector.core.words import Words

# Severities that a rule gives beside its own, as its cases need them.
_ALSO = {"O-01": "EW", "O-06": "WI", "S-01": "EW", "S-02": "EW"}


@click.command()
@lang_option
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "markdown"]),
    default="text",
    show_default=True,
    help="For a terminal, or as a page of documentation.",
)
def rules(lang: str | None, output_format: str) -> None:
    """Print every rule of lint: what it asks, how grave it is, what to do, and an example.

    docs/rules.md and docs/rules.zh-CN.md are made by it.
    """
    said = words(chosen_locale(lang))
    if output_format == "markdown":
        click.echo("\n".join(markdown(said)))
        return
    console = Terminal()
    for line in _text(said):
        console.print(line)


def markdown(said: Words) -> Iterator[str]:
    """The page, line by line, without a line break at its end."""
    yield f"# {said.say('rules.title')}"
    yield ""
    yield said.say("rules.intro")
    columns = said.say("rules.columns").split("|")
    for family, members in groupby(all_rules(), key=lambda rule: rule.id[0]):
        yield from ("", f"## {said.say(f'rule.family.{family}')}", "")
        yield _row(*columns)
        yield _row(*["---"] * len(columns))
        yield from (_row(*_cells(rule, said)) for rule in members)
    yield from ("", said.say("rules.quality"))


def _row(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def _cells(rule: Described, said: Words) -> tuple[str, ...]:
    return (
        rule.id,
        _severity(rule, said),
        said.say(f"rule.{rule.id}.title"),
        said.say(f"finding.{rule.id}.hint"),
        said.say(f"rule.{rule.id}.bad"),
        said.say(f"rule.{rule.id}.good"),
        said.say(f"rule.source.{rule.source}"),
    )


def _severity(rule: Described, said: Words) -> str:
    levels = _ALSO.get(rule.id, rule.severity.value)
    return f"{'/'.join(levels)}: {said.say(f'rule.severity.{levels}')}"


def _text(said: Words) -> Iterator[str]:
    for rule in all_rules():
        name, severity, title, hint, bad, good, source = _cells(rule, said)
        yield f"{name}  {title}  ({severity}; {source})"
        yield f"      ✗ {bad}"
        yield f"      ✓ {good}"
        yield f"      → {hint}"
