"""Settings → what a server needs: the store, and every site that is connected."""

from collections.abc import Callable
from dataclasses import dataclass

from connector.atlassian.http import RemoteCall, ignore
from connector.config import Settings
from connector.core.okr import SiteId
from connector.core.policy import Policy
from connector.ports import Clock, Installations
from connector.storage.installations import SqlInstallations
from connector.storage.keyring import Keyring
from connector.storage.okrs import SqlOkrStore
from connector.storage.sessions import SqlKept
from connector.usecases.sites import Site, Sites
from connector.wiring.installed import ConnectedSites
from connector.wiring.token_site import Services, SystemClock, connect_over, open_store, policy_of


@dataclass(frozen=True, slots=True)
class Service:
    """Everything that outlives a request; `own` is the site of the settings, if there is one,
    and `installations` is None where no app is taken in."""

    own: SiteId | None

    store: SqlOkrStore
    sites: Sites
    clock: Clock
    policy: Policy
    installations: Installations | None


def open_service(settings: Settings, on_call: Callable[[RemoteCall], None] = ignore) -> Service:
    """Connects when first used. Raises ConfigError for a policy that its schema refuses."""
    store, clock, policy = open_store(settings), SystemClock(), policy_of(settings)
    own = None
    if settings.has_token_site:
        own = site_of_settings(connect_over(store, settings, clock, policy, on_call))
    installations = None
    if settings.takes_installations:
        installations = SqlInstallations(store.database, Keyring(settings.encryption_keys))
    sites = ConnectedSites(
        own, installations, settings=settings, store=store, clock=clock, on_call=on_call
    )
    return Service(own.name if own else None, store, sites, clock, policy, installations)


def rewrite_secrets(settings: Settings) -> int:
    """Every kept secret under the first key of the ring; how many there were."""
    database, ring = open_store(settings).database, Keyring(settings.encryption_keys)
    of_sites = SqlInstallations(database, ring).rewrite_secrets()
    return of_sites + SqlKept(database).relock(ring.rewrite)


def site_of_settings(services: Services) -> Site:
    settings = services.settings
    return Site(
        services.site,
        services.ports,
        settings.confluence_url,
        settings.jira_url,
        services.rights,
    )
