"""serve, sandbox and migrate: processes that stay, and the database they stand on."""

import click

from connector.catalogue import words
from connector.cli.shared import chosen_locale, settings_here
from connector.config import DEFAULT_PORT
from connector.wiring import migrate_database

PORT = click.IntRange(0, 65535)


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=DEFAULT_PORT, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
def serve(port: int, host: str) -> None:
    """Run the service: webhooks, macros, API, and the jobs behind them.

    On SQLite this is the one process that works; `sync` may run beside it. Ctrl-C ends it; work
    that was accepted goes on at the next start.
    """
    from connector.serving import announce_base_url, serve_forever  # noqa: PLC0415 - the server is heavy to import

    settings = settings_here().require_site()
    migrate_database(settings)
    here = f"[{host}]" if ":" in host else host
    announce_base_url(settings.base_url or f"http://{here}:{port}")
    serve_forever(host=host, port=port)


@click.command()
@click.option("--port", type=PORT, default=0, help="0 takes a free port.", show_default=True)
@click.option(
    "--seed", type=click.Choice(["company", "empty"]), default="company", show_default=True
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--webhook-url", help="The connector's address: webhooks are sent there.")
@click.option("--webhook-secret", help="Signs the webhooks; public, like everything here.")
@click.option("--macro-base", help="The connector's address: macros are framed from there.")
@click.option("--search-lag", type=float, default=0.0, help="Seconds until search sees a change.")
def sandbox(
    port: int,
    seed: str,
    host: str,
    webhook_url: str | None,
    webhook_secret: str | None,
    macro_base: str | None,
    search_lag: float,
) -> None:
    """Run a local Confluence and Jira to try things on.

    The first line on stdout is one JSON object with the addresses and tokens.
    """
    from sandbox.server import run  # noqa: PLC0415 - the service itself never loads the sandbox

    run(
        port,
        seed,
        host=host,
        webhook_url=webhook_url,
        webhook_secret=webhook_secret,
        macro_base=macro_base,
        search_lag=search_lag,
    )


@click.command()
def migrate() -> None:
    """Bring the database to this release's tables; harmless when there is nothing to do."""
    settings = settings_here()
    migrate_database(settings)
    click.echo(words(chosen_locale(None)).say("cli.migrate.done"))
