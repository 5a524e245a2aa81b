"""align: who supports whom, over all pages that are kept, and what is wrong with it."""

from itertools import groupby

import click
from rich.text import Text

from connector.catalogue import words
from connector.cli.files import print_document
from connector.cli.shared import (
    Terminal,
    chosen_locale,
    colour_of,
    format_option,
    lang_option,
    settings_here,
)
from connector.core.findings import Severity
from connector.core.json import JsonObject
from connector.core.words import Words
from connector.usecases.list_alignment import list_alignment
from connector.wiring import connect

_GRAVE = frozenset({Severity.E.value, Severity.W.value})


@click.command()
@lang_option
@format_option
def align(lang: str | None, output_format: str) -> int:
    """List what is wrong with the alignment of the site's objectives: circles, skipped levels,
    cycles that do not meet, dependencies that nobody confirmed.

    Of what was read last; `sync` reads what changed. It names every page, so it is for those who
    keep the service.
    """
    said = words(chosen_locale(lang))
    services = connect(settings_here().require_site())
    ports = services.ports
    found = list_alignment(
        services.site, network=ports.network, store=ports.store, policy=ports.policy, words=said
    )
    if output_format == "json":
        print_document(found)
    else:
        _tell(found, said)
    listed = (*found["findings"], *found["of_the_site"])
    return int(any(one["severity"] in _GRAVE for one in listed))


def _tell(found: JsonObject, said: Words) -> None:
    console = Terminal()
    for one in found["of_the_site"]:
        console.print(_remark(one))
    for (page, title), remarks in groupby(
        found["findings"], key=lambda one: (one["page"]["id"], one["page"]["title"])
    ):
        console.print(Text(f"{title} ({page})", style="bold"))
        for one in remarks:
            console.print(_remark(one))
            console.print(Text(f"         {one['objective']['key']} {one['objective']['title']}"))
    counts = {
        "objectives": str(found["objectives"]),
        "findings": str(len(found["findings"]) + len(found["of_the_site"])),
    }
    console.print(said.say("cli.align.summary", **counts))


def _remark(one: JsonObject) -> Text:
    text = Text()
    colour = colour_of(Severity(one["severity"]))
    text.append(f"  {one['severity']} {one['rule']} ", style=colour)
    text.append(one["message"])
    text.append(f"\n         → {one['hint']}")
    return text
