"""serve, sandbox and migrate: processes that stay, and the database they stand on."""

from collections.abc import Sequence

import click

from connector.catalogue import words
from connector.cli.shared import chosen_locale, settings_here
from connector.config import DEFAULT_PORT
from connector.wiring import migrate_database


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=DEFAULT_PORT, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
def serve(port: int, host: str) -> None:
    """Run the service: webhooks, macros, API, and the jobs behind them.

    On SQLite this is the one process that works; `sync` may run beside it. Ctrl-C ends it; work
    that was accepted goes on at the next start.
    """
    from connector.serving import announce_base_url, serve_forever  # noqa: PLC0415 - the server is heavy to import

    settings = settings_here().require_door()
    migrate_database(settings)
    here = f"[{host}]" if ":" in host else host
    announce_base_url(settings.base_url or f"http://{here}:{port}")
    serve_forever(host=host, port=port)


@click.command(
    add_help_option=False,
    context_settings={"ignore_unknown_options": True, "max_content_width": 100},
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, metavar="[OPTIONS]")
def sandbox(arguments: Sequence[str]) -> None:
    """Run a local Confluence and Jira to try things on; `sandbox --help` lists its options.

    The first line on stdout is one JSON object with the addresses and tokens.
    """
    from sandbox.server import main  # noqa: PLC0415 - the service itself never loads the sandbox

    main(arguments, program="okr-connector sandbox")


@click.command()
def migrate() -> None:
    """Bring the database to this release's tables; harmless when there is nothing to do."""
    settings = settings_here()
    migrate_database(settings)
    click.echo(words(chosen_locale(None)).say("cli.migrate.done"))
