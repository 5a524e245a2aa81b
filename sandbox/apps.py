"""The apps a site begins with, and what their servers must know of it."""

from collections.abc import Mapping
from pathlib import Path

from sandbox.connect.host import PRODUCTS
from sandbox.forge.manifest import WrongManifest, read
from sandbox.forge.timing import Timing, WrongTiming, changed
from sandbox.site import Site
from sandbox.wire import JsonObject, as_object

DESCRIPTORS = dict(zip(("connect_descriptor", "connect_jira_descriptor"), PRODUCTS, strict=True))
FORGE = ("forge_manifest", "forge_remote", "forge_timing")


class WrongApp(ValueError):
    """The message says what is wrong with an option about apps."""


def start_apps(site: Site, options: Mapping[str, object]) -> None:
    """Installs what the options of the server name, once the apps' servers are up."""
    for name, product in DESCRIPTORS.items():
        if url := options.get(name):
            site.connect.install_when_there(str(url), product)
    if site.forge.manifest is not None:
        site.forge.install_when_there(str(options["forge_remote"]))


def check(options: Mapping[str, object]) -> None:
    """Raises `WrongApp` for what cannot be installed, as far as that can be known before."""
    given = [name for name in (*DESCRIPTORS, *FORGE) if options.get(name)]
    if given and options.get("flavor") != "cloud":
        raise WrongApp(f"--{given[0].replace('_', '-')} is for --flavor cloud")
    if bool(options.get("forge_manifest")) != bool(options.get("forge_remote")):
        raise WrongApp("--forge-manifest and --forge-remote go together")
    try:
        if manifest := options.get("forge_manifest"):
            read(Path(str(manifest)), str(options["forge_remote"]))
        changed(Timing(), as_object(options.get("forge_timing")))
    except (WrongManifest, WrongTiming) as error:
        raise WrongApp(str(error)) from error


def told(site: Site) -> JsonObject:
    """A part of the first line that the server prints."""
    base = site.base
    forge: JsonObject = {
        "jwks": f"{base}/_forge/jwks.json",
        "api": base,
        "cloud_id": site.forge.cloud_id,
    }
    if site.forge.manifest is not None:
        forge["app_id"] = site.forge.manifest.app_id
    return {
        "connect": {"keys": f"{base}/_keys", "all_js": f"{base}/_connect/all.js"},
        "forge": forge,
    }
