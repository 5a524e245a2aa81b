"""Options and manners that commands have in common."""

import os
from pathlib import Path

import click

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
