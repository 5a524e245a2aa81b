"""The doors of the demo: what the sandbox and the connector must be told to play each of them."""

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from secrets import token_urlsafe

import connector
from connector.cli.user_macro import template
from connector.core.errors import ConfigError, Unavailable
from connector.core.json import JsonObject
from macros.registry import STATIC

TOKEN, CONNECT, FORGE, DC = DOORS = ("token", "connect", "forge", "dc")
MANIFEST = Path(connector.__file__).parent.parent / "forge" / "manifest.yml"
FRAMES = MANIFEST.parent / "build"
OKR_MACRO = "okr-objective"
# Forge gives an event to an app within three minutes, and tries again after one; nobody waits
# that long in a demo.
_SOON = '{"delay": 0.1, "retry": 1}'


@dataclass(frozen=True, slots=True)
class Opening:
    """
    `sandbox` are its arguments; `settings` become the connector's environment once the sandbox
    has said where it is; `user_macro` is what an administrator of Data Center would paste.
    """

    flavor: str
    sandbox: tuple[str, ...]
    settings: Callable[[JsonObject], dict[str, str]]
    user_macro: str = ""


def opening(door: str, service: str, key: str) -> Opening:
    """
    `service` is where the connector will be, `key` encrypts what it keeps.

    Raises ConfigError for a door that this copy of the product does not have.
    """
    return {TOKEN: _token, CONNECT: _connect, FORGE: _forge, DC: _data_center}[door](service, key)


def _token(service: str, _key: str) -> Opening:
    return Opening("cloud", ("--macro-base", service), token_settings)


def _connect(service: str, key: str) -> Opening:
    descriptors = (
        "--connect-descriptor",
        f"{service}/atlassian-connect.json",
        "--connect-jira-descriptor",
        f"{service}/atlassian-connect-jira.json",
    )

    def settings(site: JsonObject) -> dict[str, str]:
        host = site["jira"].partition("://")[2]
        return {
            "OKR_CONNECT": "true",
            "OKR_CONNECT_KEY_HOSTS": site["connect"]["keys"],
            "OKR_CONNECT_SCRIPT": site["connect"]["all_js"],
            "OKR_CONNECT_HOSTS": host,
            "OKR_ENCRYPTION_KEY": key,
        }

    return Opening("cloud", descriptors, settings)


def _forge(service: str, key: str) -> Opening:
    if not MANIFEST.is_file():
        raise ConfigError("the Forge app is in the checkout alone, and this is no checkout")
    app = ("--forge-manifest", str(MANIFEST), "--forge-remote", service, "--forge-timing", _SOON)

    def settings(site: JsonObject) -> dict[str, str]:
        return {
            "OKR_FORGE_APP_ID": site["forge"]["app_id"],
            "OKR_FORGE_KEYS": site["forge"]["jwks"],
            "OKR_ATLASSIAN_API": site["forge"]["api"],
            "OKR_ENCRYPTION_KEY": key,
        }

    return Opening("cloud", app, settings)


def _data_center(service: str, key: str) -> Opening:
    link = f'{{"redirect": "{service}/signin/callback"}}'

    def settings(site: JsonObject) -> dict[str, str]:
        return {
            **token_settings(site),
            "OKR_BASE_URL": service,
            # without it whoever sits at this machine needs no sign-in, and none would be seen
            "OKR_API_TOKEN": token_urlsafe(32),
            "OKR_OAUTH_CLIENT_ID": site["incoming_link"]["client_id"],
            "OKR_OAUTH_CLIENT_SECRET": site["incoming_link"]["client_secret"],
            "OKR_ENCRYPTION_KEY": key,
        }

    return Opening("dc", ("--incoming-link", link), settings, template(service, "objective"))


def frames_are_built() -> bool:
    """Whether they are there and as new as what they are built from."""
    built = FRAMES / "objective" / "index.html"
    if not built.is_file():
        return False
    sources = [
        *(MANIFEST.parent / "static").rglob("*.*"),
        *STATIC.rglob("*.*"),
        MANIFEST.parent / "build.mjs",
        MANIFEST.parent / "package-lock.json",
    ]
    return built.stat().st_mtime >= max(one.stat().st_mtime for one in sources)


def build_frames() -> None:
    """
    The frames of the Forge app, bundled by npm as for a real site.

    Raises ConfigError without npm, and Unavailable when it fails.
    """
    npm = shutil.which("npm")
    if npm is None:
        raise ConfigError("npm builds the frames of a Forge app: install Node.js 20 or newer")
    for command in (("ci", "--ignore-scripts", "--no-audit", "--no-fund"), ("run", "build")):
        done = subprocess.run(  # noqa: S603 - npm, with our own words
            [npm, *command], cwd=FRAMES.parent, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise Unavailable(f"npm {command[0]}: {done.stderr.strip()[-500:]}")


def token_settings(site: JsonObject) -> dict[str, str]:
    """How the connector proves itself: an account's token, or one token per product."""
    where = {"OKR_CONFLUENCE_URL": site["confluence"], "OKR_JIRA_URL": site["jira"]}
    if "jira_token" in site:
        return {**where, "OKR_TOKEN": site["token"], "OKR_JIRA_TOKEN": site["jira_token"]}
    return {**where, "OKR_USER": site["user"], "OKR_TOKEN": site["token"]}
