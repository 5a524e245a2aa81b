"""init and doctor: from nothing to a connection that is known to work."""

import os
from collections.abc import Iterator
from pathlib import Path

import click
from rich.text import Text

from connector.atlassian.checks import Check
from connector.catalogue import words
from connector.cli.files import print_document
from connector.cli.reach import check_reach
from connector.cli.shared import Terminal, chosen_locale, format_option, lang_option, settings_here
from connector.config import CLOUD, DATA_CENTER, FILE_NAME, Settings, load_settings
from connector.core.errors import OkrError
from connector.core.json import JsonObject
from connector.core.words import Words
from connector.wiring import check_database, check_events, check_site

SHORT_SECRET = 16

_TEMPLATE = """\
# Settings of the OKR Connector. No secret belongs here: tokens come from the environment.
confluence_url = {confluence_url}
jira_url = {jira_url}
deployment = {deployment}
user = {user}
# the environment variable that holds the API token
token_variable = {token_variable}
locale = {locale}
database_url = {database_url}
"""


def _may_write(_context: click.Context, _option: click.Parameter, force: bool) -> bool:
    if not force and (Path.cwd() / FILE_NAME).exists():
        raise click.UsageError(f"{FILE_NAME} is here already; --force writes over it")
    return force


@click.command()
@click.option(
    "--confluence-url",
    prompt="Confluence address",
    help="https://….atlassian.net/wiki, or the base URL of a Data Center with its context path.",
)
@click.option("--jira-url", help="Default on Cloud: the same site without /wiki.")
@click.option(
    "--user",
    prompt="User (e-mail on Cloud; empty on Data Center)",
    prompt_required=True,
    default="",
    show_default=False,
    help="Whose API token is used. A personal access token of Data Center needs none.",
)
@click.option(
    "--deployment",
    type=click.Choice([CLOUD, DATA_CENTER]),
    help="Default: datacenter without a user and beyond Atlassian's hosts.",
)
@click.option(
    "--token-variable",
    prompt="Environment variable that holds the token",
    default="OKR_TOKEN",
    show_default=True,
    help="Its name, never the token itself.",
)
@click.option("--locale", type=click.Choice(["en", "zh-CN"]), default="en", show_default=True)
@click.option(
    "--force",
    is_flag=True,
    is_eager=True,  # nobody is asked for what would not be written
    callback=_may_write,
    help="Write over an existing file.",
)
def init(
    confluence_url: str,
    jira_url: str | None,
    user: str,
    token_variable: str,
    locale: str,
    deployment: str | None,
    force: bool,
) -> None:
    """Write okr-connector.toml for your own site, without secrets."""
    del force  # heeded before anything was asked
    path = Path.cwd() / FILE_NAME
    if not token_variable.replace("_", "").isalnum() or token_variable[:1].isdigit():
        raise click.BadParameter("expected the name of a variable, not a token", param_hint="token")
    asked = {
        "OKR_CONFLUENCE_URL": confluence_url,
        "OKR_JIRA_URL": jira_url or confluence_url.rstrip("/").removesuffix("/wiki"),
        "OKR_USER": user,
        "OKR_LOCALE": locale,
    }
    if deployment:
        asked["OKR_DEPLOYMENT"] = deployment
    checked = load_settings(asked, Path("/nonexistent"))
    if checked.deployment == DATA_CENTER and not jira_url:
        raise click.UsageError("On Data Center Jira has an address of its own: add --jira-url.")
    path.write_text(_written(checked, token_variable), encoding="utf-8")
    said = words(locale)
    click.echo(said.say("cli.init.done", file=FILE_NAME, variable=token_variable))
    if checked.deployment == DATA_CENTER:
        click.echo(said.say("cli.init.data_center"))


def _written(settings: Settings, token_variable: str) -> str:
    values = {
        "confluence_url": settings.confluence_url,
        "jira_url": settings.jira_url,
        "deployment": settings.deployment,
        "user": settings.user,
        "token_variable": token_variable,
        "locale": settings.locale,
        "database_url": settings.database_url,
    }
    return _TEMPLATE.format(**{name: _toml_string(value) for name, value in values.items()})


def _toml_string(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


@click.command()
@lang_option
@format_option
def doctor(lang: str | None, output_format: str) -> int:
    """Say what works and what this connection can do; nothing is written to the site.

    Settings, database, the products' versions, accounts, rights, fields, webhooks, tokens and
    clocks. Exit code 1 when something does not work; a warning (!) leaves it 0.
    """
    said = words(chosen_locale(lang))
    settings = settings_here()
    checks = []
    console = Terminal()
    for check in _checks(settings):
        checks.append(check)
        if output_format == "text":
            console.print(_told(check, said))
    if output_format == "json":
        print_document({"checks": [_document(one, said) for one in checks]})
    return int(not all(one.ok for one in checks))


def _checks(settings: Settings) -> Iterator[Check]:
    yield from _settings_checks(settings)
    yield check_database(settings)
    try:
        settings.require_site()
    except OkrError as error:
        yield Check("settings.site", ok=False, facts=(("detail", str(error)),))
        return
    yield from check_site(settings)
    yield check_reach(settings)
    yield check_events(settings)


def _settings_checks(settings: Settings) -> Iterator[Check]:
    source = FILE_NAME if (Path.cwd() / FILE_NAME).exists() else "environment"
    given = sorted(name for name in os.environ if name.startswith("OKR_"))
    facts = (("from", source), ("set", ", ".join(given)), ("deployment", settings.deployment))
    yield Check("settings.read", ok=True, facts=facts)
    weak = 0 < len(settings.webhook_secret) < SHORT_SECRET
    state = "weak" if weak else "set" if settings.webhook_secret else "unset"
    yield Check("settings.webhook_secret", ok=not weak, facts=(("state", state),))
    short = 0 < len(settings.api_token) < SHORT_SECRET
    state = "weak" if short else "set" if settings.api_token else "unset"
    yield Check("settings.api_token", ok=not short, facts=(("state", state),))


def _document(check: Check, said: Words) -> JsonObject:
    """As programs read it."""
    return {
        "name": check.name,
        "ok": check.ok,
        "warns": check.warns,
        "facts": dict(check.facts),
        "note": check.note,
        "remedy": check.remedy,
        "advice": _advice(check, said),
    }


def _advice(check: Check, said: Words) -> str:
    """What to do, or what to know; empty for a check that has nothing to say."""
    if check.note:
        return said.say(f"cli.doctor.{check.name}.{check.note}")
    if check.ok and not check.warns:
        return ""
    if check.remedy:
        return said.say(f"cli.remedy.{check.remedy}")
    return said.say(f"cli.doctor.{check.name}.mend")


def _told(check: Check, said: Words) -> Text:
    text = Text()
    sign, style = ("✗ ", "bold red") if not check.ok else ("✓ ", "green")
    if check.ok and check.warns:
        sign, style = "! ", "yellow"
    text.append(sign, style=style)
    text.append(said.say(f"cli.doctor.{check.name}"))
    facts = ", ".join(f"{name}: {value}" for name, value in check.facts if value)
    if facts:
        text.append(f"  {facts}", style="dim")
    if advice := _advice(check, said):
        text.append(f"\n    → {advice}")
    return text
