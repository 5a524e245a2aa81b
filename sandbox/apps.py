"""The apps a site begins with, and what their servers must know of it."""

from collections.abc import Mapping

from sandbox.connect.host import PRODUCTS
from sandbox.site import Site
from sandbox.wire import JsonObject

DESCRIPTORS = dict(zip(("connect_descriptor", "connect_jira_descriptor"), PRODUCTS, strict=True))


def start_apps(site: Site, options: Mapping[str, object]) -> None:
    """Installs what the options of the server name, once the apps' servers are up."""
    for name, product in DESCRIPTORS.items():
        if url := options.get(name):
            site.connect.install_when_there(str(url), product)


def told(site: Site) -> JsonObject:
    """A part of the first line that the server prints."""
    base = site.base
    return {"connect": {"keys": f"{base}/_keys", "all_js": f"{base}/_connect/all.js"}}
