"""new-key and rotate-keys: the keys under which other people's secrets are kept."""

import click

from connector.catalogue import words
from connector.cli.shared import chosen_locale, settings_here
from connector.core.errors import ConfigError
from connector.wiring import rewrite_secrets


@click.command("new-key")
def new_key() -> None:
    """Print a new key for OKR_ENCRYPTION_KEY.

    Put it before the key in use, with a comma, restart, run `rotate-keys`, then take the old key
    away and restart again.
    """
    from connector.storage.keyring import new_key as made  # noqa: PLC0415 - cryptography is heavy to import

    click.echo(made())


@click.command("rotate-keys")
def rotate_keys() -> None:
    """Write every kept secret anew under the first key of OKR_ENCRYPTION_KEY."""
    settings = settings_here()
    if not settings.encryption_keys:
        raise ConfigError("not set: OKR_ENCRYPTION_KEY")
    count = rewrite_secrets(settings)
    click.echo(words(chosen_locale(None)).say("cli.rotate.done", count=f"{count}"))
