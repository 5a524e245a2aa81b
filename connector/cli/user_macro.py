"""user-macro: the template that an administrator of Data Center pastes, once."""

import re
from importlib import resources
from urllib.parse import urlsplit

import click

from connector.catalogue import words
from connector.cli.shared import chosen_locale, lang_option, settings_here
from connector.web.signin import cookies_for
from macros.registry import MACROS

# Nothing that Velocity or HTML could take for their own.
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.:\[\]-]+(?:/[A-Za-z0-9._~/-]*)?")


@click.command("user-macro")
@click.option(
    "--base-url", metavar="URL", help="Where browsers find the service; default OKR_BASE_URL."
)
@click.option(
    "--macro",
    type=click.Choice(sorted(MACROS)),
    default="objective",
    show_default=True,
    help="What the frame shows.",
)
@lang_option
def user_macro(base_url: str | None, macro: str, lang: str | None) -> None:
    """Print the user macro for Confluence Data Center, to be pasted by an administrator.

    It is one frame without a script. docs/user-macro.md tells where to paste it and how viewers
    sign in.
    """
    address = (base_url or settings_here().base_url).rstrip("/")
    if not _is_address(address):
        raise click.BadParameter(
            "expected an address such as https://okr.corp.example", param_hint="--base-url"
        )
    click.echo(template(address, macro), nl=False)
    if cookies_for(address) is None:
        click.echo(words(chosen_locale(lang)).say("cli.user_macro.plain_http"), err=True)


def template(base_url: str, macro: str) -> str:
    text = resources.files("connector.cli").joinpath("user_macro.vm").read_text(encoding="utf-8")
    return text.replace("BASE/macros/MACRO", f"{base_url}/macros/{macro}")


def _is_address(text: str) -> bool:
    try:
        return bool(_ADDRESS.fullmatch(text) and urlsplit(text).hostname)
    except ValueError:
        return False
