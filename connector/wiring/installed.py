"""Installations → sites: who answers us where, and with what we prove ourselves there."""

from collections.abc import Callable, Sequence
from threading import Lock

from requests.auth import AuthBase

from connector.atlassian.administrators import CloudAdministrators
from connector.atlassian.confluence_cloud import ConfluenceCloud
from connector.atlassian.connect_sign import BearerAuth, ConnectAuth
from connector.atlassian.http import Door, RemoteCall, ignore
from connector.atlassian.jira_cloud import JiraCloud
from connector.atlassian.no_jira import NoJira
from connector.atlassian.site import confluence_door, jira_door
from connector.atlassian.transport import Trust
from connector.config import Settings
from connector.core.errors import Unavailable
from connector.core.installation import APP_KEYS, Address, DoorKind, Installation, Product
from connector.core.okr import SiteId
from connector.ports import Clock, Installations, IssueRights, IssueTracker
from connector.storage.okrs import SqlOkrStore
from connector.turns import LinkTurns
from connector.usecases.handle import Ports
from connector.usecases.sites import NobodysIssues, NotConnected, Site
from connector.wiring.publishing import publishing_by_app
from connector.wiring.token_site import cloud_issue_rights, cloud_rights, policy_of

Built = tuple[tuple[Installation, ...], Site]


class NoTokenYet(Unavailable):
    """The host has not given us a token for this site, or the last one ran out; it will."""

    code = "no_token_yet"


class ConnectedSites:
    """The site of the settings, if there is one, and every site that installed us.

    What a site needs is made when it is first asked for, and again after its installation
    changed; connections open when first used.
    """

    def __init__(
        self,
        own: Site | None,
        installations: Installations | None,
        *,
        settings: Settings,
        store: SqlOkrStore,
        clock: Clock,
        on_call: Callable[[RemoteCall], None] = ignore,
    ) -> None:
        self._own = own
        self._installations = installations
        self._settings = settings
        self._store = store
        self._clock = clock
        self._on_call = on_call
        self._policy = policy_of(settings)
        self._trust = Trust(settings.ca_bundle, settings.client_certificate)
        self._guard = Lock()
        self._built: dict[SiteId, Built] = {}

    def of(self, site: SiteId) -> Site:
        if self._own is not None and site == self._own.name:
            return self._own
        found = tuple(self._installations.of_site(site)) if self._installations else ()
        if not found:
            with self._guard:
                self._built.pop(site, None)
            raise NotConnected("no such site")
        with self._guard:
            built = self._built.get(site)
            if built is None or built[0] != found:
                built = found, self._build(site, found)
                self._built[site] = built
            return built[1]

    def names(self) -> Sequence[SiteId]:
        own = [self._own.name] if self._own else []
        installed = self._installations.alive() if self._installations else []
        return list(dict.fromkeys([*own, *(one.site for one in installed)]))

    def _build(self, site: SiteId, installed: tuple[Installation, ...]) -> Site:
        wiki, tracker = self._doors(site, installed)
        if wiki is None:
            raise NotConnected("the site's Confluence is not connected")
        ports = Ports(
            wiki=ConfluenceCloud(wiki, self._clock),
            tracker=self._tracker(tracker),
            store=self._store,
            clock=self._clock,
            policy=self._policy,
            turns=LinkTurns(),
            publishing=publishing_by_app(wiki, self._settings, self._policy, _wiki_app(installed)),
        )
        return Site(
            site,
            ports,
            _shown(installed, Product.CONFLUENCE),
            _shown(installed, Product.JIRA),
            cloud_rights(wiki, wiki.base_url, self._trust, self._on_call),
            CloudAdministrators(wiki),
            self._issue_rights(tracker),
        )

    def _issue_rights(self, door: Door | None) -> IssueRights:
        if door is None:
            return NobodysIssues()
        return cloud_issue_rights(door.base_url, self._trust, self._on_call)

    def _tracker(self, door: Door | None) -> IssueTracker:
        if door is None:
            return NoJira()
        return JiraCloud(door, self._clock)

    def _doors(
        self, site: SiteId, installed: tuple[Installation, ...]
    ) -> tuple[Door | None, Door | None]:
        found: list[Door | None] = []
        for product, make in (
            (Product.CONFLUENCE, confluence_door),
            (Product.JIRA, jira_door),
        ):
            here = _for_product(installed, product)
            address = here.address(product) if here else None
            if here is None or address is None:
                found.append(None)
                continue
            auth = self._auth(site, here, address)
            found.append(make(address.api, auth, trust=self._trust, on_call=self._on_call))
        return found[0], found[1]

    def _auth(self, site: SiteId, installation: Installation, address: Address) -> AuthBase:
        if installation.door == DoorKind.FORGE:
            return BearerAuth(lambda: self._token(site))
        return ConnectAuth(
            APP_KEYS[address.product],
            installation.key,
            lambda: self._secret(installation),
            base_url=address.api,
        )

    def _secret(self, installation: Installation) -> str:
        assert self._installations is not None
        known = self._installations.secrets(installation.door, installation.key, self._clock.now())
        if not known:
            raise NotConnected("the site is gone")
        return known[0]

    def _token(self, site: SiteId) -> str:
        assert self._installations is not None
        found = self._installations.token(site, self._clock.now())
        if found is None:
            raise NoTokenYet("waiting for the host's token")
        return found


def _for_product(installed: tuple[Installation, ...], product: Product) -> Installation | None:
    """The latest installation that answers for the product."""
    return next((one for one in installed if one.address(product)), None)


def _wiki_app(installed: tuple[Installation, ...]) -> DoorKind:
    found = _for_product(installed, Product.CONFLUENCE)
    return found.door if found else DoorKind.FORGE


def _shown(installed: tuple[Installation, ...], product: Product) -> str:
    here = _for_product(installed, product)
    address = here.address(product) if here else None
    return address.shown if address else ""
