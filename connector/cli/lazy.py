"""A group of commands of which only the one that is called is imported.

Reading a file needs no database and no web server; importing them takes longer than reading it.
https://click.palletsprojects.com/en/stable/complex/#defining-the-lazy-group
"""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

PACKAGE = "connector.cli"


class LazyGroup(click.Group):
    """`places` says for each command, in the order of the help, its `module.attribute`."""

    def __init__(self, *args: Any, places: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.places = places

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(self.places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in self.places:
            return None
        module, _, name = self.places[cmd_name].rpartition(".")
        found: click.Command = getattr(import_module(f"{PACKAGE}.{module}"), name)
        return found
