"""A site made to order: planted, told where its webhooks go, with its limits and faults."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TypedDict, Unpack

from sandbox.clock import utc_now
from sandbox.datacenter.oauth.links import understood
from sandbox.datacenter.seeding import as_data_center
from sandbox.datacenter.state import DataCenter
from sandbox.forge.timing import changed
from sandbox.hooks.delivery import Target, Webhooks
from sandbox.seed import plant
from sandbox.site import PRODUCTS, Site, new_site
from sandbox.traffic.settings import disturb, limit
from sandbox.wiki.frames import OKR_MACRO, okr_macro_url
from sandbox.wire import JsonObject

OWN_USER_MACRO = "okr"
DEFAULT_BASE = "http://127.0.0.1:8090"


class SiteOptions(TypedDict, total=False):
    """
    What may be asked of a site beside its seed and its address.

    `flavor` is cloud or dc, `locale` the language of Data Center's own names; `scale` is how many
    companies stand side by side, `search_lag` in seconds. `limits` and `faults` are what
    `/_sandbox` takes, and so are `incoming_link` and the template of `user_macro`, which is called
    `okr`; both are for Data Center alone. The descriptors are addresses, from which apps are
    installed once the site serves (`sandbox.apps`); so is the app of the Forge manifest, whose
    server is at `forge_remote`.
    """

    webhook_url: str | None
    webhook_secret: str | None
    macro_base: str | None
    search_lag: float
    now: Callable[[], datetime]
    hooks: Webhooks | None
    limits: JsonObject | None
    faults: JsonObject | None
    flavor: str
    locale: str
    scale: int
    connect_descriptor: str | None
    connect_jira_descriptor: str | None
    forge_manifest: Path | None
    forge_remote: str | None
    forge_timing: JsonObject | None
    incoming_link: JsonObject | None
    user_macro: str | None


def planted_site(seed: str, *, base: str = DEFAULT_BASE, **options: Unpack[SiteOptions]) -> Site:
    """
    `base` is where the site will be reached; links in pages and answers start with it.

    Raises `WrongWish` for limits or faults that are not understood, `WrongLink` for a link.
    """
    site = new_site(
        base,
        search_lag=options.get("search_lag", 0.0),
        now=options.get("now", utc_now),
        hooks=options.get("hooks"),
        flavor=options.get("flavor", "cloud"),
        locale=options.get("locale", "en"),
    )
    plant(site, seed, scale=options.get("scale", 1))
    if site.data_center is not None:
        as_data_center(site)
        _administered(site.data_center, options)
    if webhook_url := options.get("webhook_url"):
        for product in PRODUCTS:
            url = f"{webhook_url.rstrip('/')}/webhooks/{product}"
            site.hooks.register(Target(url, options.get("webhook_secret"), product))
    if macro_base := options.get("macro_base"):
        site.macros[OKR_MACRO] = okr_macro_url(macro_base)
    limit(site, options.get("limits") or {})
    disturb(site, options.get("faults") or {})
    if manifest := options.get("forge_manifest"):
        site.forge.deploy(manifest, options.get("forge_remote") or "")
    deliveries = site.forge.deliveries
    deliveries.timing = changed(deliveries.timing, options.get("forge_timing") or {})
    return site


def _administered(data_center: DataCenter, options: SiteOptions) -> None:
    """What an administrator would have entered by hand."""
    if (link := options.get("incoming_link")) is not None:
        data_center.oauth.links.add(understood(link))
    if template := options.get("user_macro"):
        data_center.user_macros.put(OWN_USER_MACRO, template)
