"""Options and manners that commands have in common."""

import os
import re
from collections.abc import Iterable
from pathlib import Path

import click
from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

from connector.config import Settings, load_settings
from connector.core.errors import ConfigError
from connector.core.findings import Severity

lang_option = click.option(
    "--lang",
    type=click.Choice(["en", "zh"]),
    help="Language of what is said; default OKR_LOCALE, else en.",
)
format_option = click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For people or for programs.",
)


# A line break and a tab are text; the rest could move the cursor or change the window's title.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class Terminal(Console):
    """Where people read what others wrote: shown as it stands, neither markup nor command."""

    def __init__(self, *, stderr: bool = False) -> None:
        super().__init__(stderr=stderr, highlight=False, soft_wrap=True, markup=False, emoji=False)

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterable[Segment]:
        for one in super().render(renderable, options):
            yield one if one.control else Segment(_CONTROL.sub("\ufffd", one.text), one.style)


def settings_here() -> Settings:
    """Settings from the environment and the file in the current folder."""
    return load_settings(os.environ, Path.cwd())


def chosen_locale(lang: str | None) -> str:
    """The language asked for; a broken setting elsewhere must not stop a file from being read."""
    if lang:
        return lang
    try:
        return settings_here().locale
    except ConfigError:
        return "en"


def colour_of(severity: Severity) -> str:
    return {Severity.E: "bold red", Severity.W: "yellow", Severity.I: "cyan"}[severity]
