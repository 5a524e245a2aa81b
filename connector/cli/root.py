"""The root of the command line, and how its failures are told."""

import os
import sys
from pathlib import Path

import click

from connector.catalogue import words
from connector.cli.lazy import LazyGroup
from connector.config import Settings, load_settings
from connector.core.errors import ConfigError, OkrError
from connector.log import configure_logging

FAILED, USAGE = 1, 2
COMMANDS = {
    "demo": "demo.demo",
    "sandbox": "serving.sandbox",
    "serve": "serving.serve",
    "sync": "site.sync",
    "parse": "files.parse",
    "lint": "lint.lint",
    "rules": "rules.rules",
    "align": "align.align",
    "explain": "site.explain",
    "link": "link.link",
    "preview": "preview.preview",
    "publish": "publish.publish",
    "unpublish": "publish.unpublish",
    "new-page": "new_page.new_page",
    "export": "site.export",
    "doctor": "setup.doctor",
    "migrate": "serving.migrate",
    "new-key": "keys.new_key",
    "rotate-keys": "keys.rotate_keys",
    "init": "setup.init",
    "user-macro": "user_macro.user_macro",
}


@click.group(
    cls=LazyGroup,
    places=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="okr-connector")
def cli() -> None:
    """OKRs written on Confluence pages, kept in step with Jira and drawn back into the wiki.

    \b
    Try it:            okr-connector demo
    Check a file:      okr-connector lint page.xhtml
    Connect a site:    okr-connector init, then doctor, sync --dry-run PAGE, serve

    Settings come from the environment (OKR_…) over okr-connector.toml in the current folder;
    tokens and secrets from the environment only.

    Exit codes: 0 fine, or remarks for information only; 1 a finding of severity E or W,
    malformed input or a failure; 2 wrong usage or a missing file.
    """


def main() -> None:
    """Run the command line; a failure is one line on stderr that says what to do."""
    settings = _settings()
    # stdout carries the answer alone, which a program may read
    configure_logging(level="WARNING", as_json=False, secrets=settings.secrets)
    try:
        status = cli.main(prog_name="okr-connector", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        sys.exit(130)
    except OkrError as error:
        click.echo(f"okr-connector: {_told(error)}", err=True)
        sys.exit(USAGE if isinstance(error, ConfigError) else FAILED)
    sys.exit(status if isinstance(status, int) else 0)


def _told(error: OkrError) -> str:
    """The failure in the person's language, with what is known of the cause."""
    said = words(_settings().locale)
    told = said.say(f"cli.error.{error.code}", detail=str(error))
    return f"{told}\n  → {said.say(f'cli.remedy.{error.remedy}')}" if error.remedy else told


def _settings() -> Settings:
    """Those found here; none where they cannot be read, which the command itself will say."""
    try:
        return load_settings(os.environ, Path.cwd())
    except ConfigError:
        return Settings()
