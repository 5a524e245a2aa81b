"""The sites that are connected, and what the use cases need of each."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlsplit

from connector.core.errors import NotFound
from connector.core.installation import Product
from connector.core.okr import IssueKey, SiteId
from connector.core.viewer import Viewer
from connector.ports import Administrators, IssueRights, PageRights
from connector.usecases.handle import Ports


class NotConnected(NotFound):
    """No such site, or not any more; which of the two is nobody's business."""

    code = "not_connected"


class NobodysIssues:
    """The port `IssueRights` where the tracker cannot be asked who may see what."""

    def per_call(self, _viewer: Viewer) -> int:
        return 100

    def readable(self, _viewer: Viewer, _issues: Collection[IssueKey]) -> frozenset[IssueKey]:
        return frozenset()


@dataclass(frozen=True, slots=True)
class Site:
    """One connected site; the addresses are those that people open, `rights` who may read what.
    `administrators` is None where nobody has a page for them."""

    name: SiteId
    ports: Ports
    confluence_url: str
    jira_url: str
    rights: PageRights
    administrators: Administrators | None = None
    issue_rights: IssueRights = field(default_factory=NobodysIssues)

    def url_of(self, product: Product) -> str:
        return self.jira_url if product is Product.JIRA else self.confluence_url


class Sites(Protocol):
    def of(self, site: SiteId) -> Site:
        """Raises NotConnected."""
        ...

    def names(self) -> Sequence[SiteId]: ...


@dataclass(frozen=True, slots=True)
class OneSite:
    """The site of the settings."""

    site: Site

    def of(self, site: SiteId) -> Site:
        if site != self.site.name:
            raise NotConnected("no such site")
        return self.site

    def names(self) -> Sequence[SiteId]:
        return (self.site.name,)


def origin_of(url: str) -> str:
    """
    Empty for an address that is not known.

    >>> origin_of("https://example.atlassian.net/wiki"), origin_of("")
    ('https://example.atlassian.net', '')
    """
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
