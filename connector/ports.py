"""What the use cases need from the world, in our own types; each port is small."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from connector.core.alignment_findings import AlignmentFinding
from connector.core.events import Event
from connector.core.installation import DoorKind, Installation, InstallationKey
from connector.core.json import JsonObject
from connector.core.okr import (
    Delivery,
    IssueId,
    IssueKey,
    JiraLink,
    KrKey,
    LinkedWork,
    PageId,
    SiteId,
    StoredPage,
)
from connector.core.policy import Depth
from connector.core.publishing import PropertyKey, Published
from connector.core.viewer import Viewer


class Clock(Protocol):
    def now(self) -> datetime:
        """The time now, aware, in UTC."""
        ...


@dataclass(frozen=True, slots=True)
class PageStamp:
    """Enough of a page to know whether it must be read again."""

    page: PageId
    version: int


@dataclass(frozen=True, slots=True)
class WikiPage:
    """A page as the wiki gives it; `body` is storage format, never changed by us."""

    page: PageId
    title: str
    space: str
    url: str
    version: int
    labels: frozenset[str]
    body: str
    saved_at: datetime | None = None


class WikiPages(Protocol):
    """Reading pages. Nothing here writes."""

    def find_okr_pages(self, labels: Collection[str], since: datetime | None) -> list[PageStamp]:
        """Pages that carry one of the labels, changed since then, or all of them."""
        ...

    def read_pages(self, pages: Sequence[PageId]) -> list[WikiPage]:
        """Those that exist and are shown to us; the others are simply missing."""
        ...

    def find_page(self, space: str, title: str) -> PageId | None:
        """The current page of this title in the space of this key, if it is shown to us.

        Titles compare without case, as the wiki keeps them apart; a space has each once.
        """
        ...

    def name_people(self, accounts: Collection[str]) -> Mapping[str, str]:
        """Names by account id; whoever cannot be named now is simply missing.

        Raises Unauthorized and nothing else: a missing name must not stop a page.
        """
        ...


class PageProperties(Protocol):
    """Our own content properties of pages: small documents beside the text, which it leaves alone.

    A page keeps its version, and nobody is told. Each method may raise Forbidden.
    """

    def pages(self) -> list[PageId]:
        """Pages that have `PropertyKey.OKRS`; none where the site cannot search by properties."""
        ...

    def read(self, page: PageId, key: PropertyKey) -> object | None:
        """The value; None where the page or the property is not there. Anybody may have put it."""
        ...

    def write(self, page: PageId, key: PropertyKey, value: JsonObject) -> bool:
        """False, and nothing written, where the site has that value already.

        Raises NotFound for a page that is not there, and Conflict where others keep writing.
        """
        ...

    def delete(self, page: PageId, key: PropertyKey) -> bool:
        """False where there was nothing to delete, or no page."""
        ...


class IssueTracker(Protocol):
    """Reading Jira work, many links per call."""

    def fetch_work(
        self,
        links: Collection[JiraLink],
        *,
        depth: Depth,
        reconcile: Collection[IssueId] = (),
    ) -> Mapping[JiraLink, LinkedWork | None]:
        """The work under each link; None where the link cannot be read (hidden or missing).

        `reconcile` names issues that changed a moment ago, so that a search index that lags
        behind gives them as they are now (at most 50 are used).
        """
        ...

    def changed_links(
        self, links: Collection[JiraLink], *, since: datetime
    ) -> Collection[JiraLink]:
        """Of these links, those under which an issue changed since then."""
        ...

    def links_matching(
        self, issue: IssueId, key: IssueKey, links: Collection[JiraLink]
    ) -> Collection[JiraLink]:
        """Of these JQL links, those whose query the issue matches now."""
        ...


@dataclass(frozen=True, slots=True)
class StoredDelivery:
    """A measurement and the key result it belongs to."""

    key_result: KrKey
    delivery: Delivery


@dataclass(frozen=True, slots=True)
class MeasuredPage:
    """A page with all that was measured for it, and the revision that both belong to; and what is
    remarked about its alignment, of which the revision follows what everybody is told."""

    page: StoredPage
    revision: int
    deliveries: Mapping[KrKey, Delivery]
    alignment: tuple[AlignmentFinding, ...] = ()


class OkrStore(Protocol):
    """The cache of what was read. It can be dropped and rebuilt from the site."""

    def page(self, site: SiteId, page: PageId) -> StoredPage | None: ...

    def pages(self, site: SiteId) -> list[StoredPage]:
        """All pages that are kept, by title."""
        ...

    def save_page(self, page: StoredPage) -> bool:
        """False, and nothing written, when a newer version is already kept."""
        ...

    def links(self, site: SiteId) -> Mapping[JiraLink, frozenset[KrKey]]:
        """Every link of a live key result, and which key results it feeds."""
        ...

    def links_counting(self, site: SiteId, issue: IssueKey) -> frozenset[JiraLink]:
        """Links of key results whose last measurement counted the issue: it may have left."""
        ...

    def moved_by(self, site: SiteId, issue: IssueKey) -> Mapping[PageId, frozenset[KrKey]]:
        """Live key results that link the issue itself or last counted it, by their page."""
        ...

    def delivery(self, site: SiteId, key_result: KrKey) -> Delivery | None: ...

    def deliveries(self, site: SiteId, page: PageId) -> Mapping[KrKey, Delivery]: ...

    def save_deliveries(self, site: SiteId, found: Collection[StoredDelivery]) -> None:
        """Keeps the measurement with the later `read_at`: late news does not overwrite newer."""
        ...

    def touch(
        self, site: SiteId, issue: IssueId, links: Collection[JiraLink], at: datetime
    ) -> None:
        """Remember that an issue under these links changed just now."""
        ...

    def touched(self, site: SiteId, links: Collection[JiraLink], since: datetime) -> list[IssueId]:
        """Issues that changed under these links since then, newest first."""
        ...

    def last_event(self, site: SiteId) -> datetime | None:
        """When an issue last changed that feeds a key result, as far as that is still kept."""
        ...

    def revision(self, site: SiteId, page: PageId) -> int:
        """Grows with every change that the page's macro could show; 0 when unknown."""
        ...

    def revisions(self, site: SiteId) -> Mapping[PageId, int]:
        """Those of all pages that are kept, in one look."""
        ...

    def measured_pages(self, site: SiteId, pages: Collection[PageId]) -> list[MeasuredPage]:
        """Those of these pages that are kept; as few questions as a database allows."""
        ...

    def alignment(self, site: SiteId, page: PageId) -> tuple[AlignmentFinding, ...]:
        """What is remarked about the alignment of the page's objectives; () for an unknown one."""
        ...

    def keep_alignment(
        self, site: SiteId, found: Mapping[PageId, tuple[AlignmentFinding, ...]]
    ) -> frozenset[PageId]:
        """Which of these pages have other remarks now. Pages that are not kept are passed over."""
        ...

    def readings(self, site: SiteId) -> Mapping[PageId, int]:
        """A number for each page that is kept, another one whenever the page was read anew."""
        ...

    def note_outage(self, site: SiteId, product: str, since: datetime | None) -> None:
        """The product does not answer since then; None: it answers again."""
        ...

    def outages(self, site: SiteId) -> Mapping[str, datetime]: ...

    def published(self, site: SiteId, page: PageId) -> Published | None:
        """What we left at the page, as far as we know; None for a page never looked at."""
        ...

    def note_published(self, site: SiteId, found: Published) -> None: ...

    def pages_to_publish(
        self, site: SiteId, *, changed: datetime, unchanged: datetime, most: int
    ) -> list[PageId]:
        """At most so many pages of which we did not look yet what to leave there; those that
        changed since we looked, if that was before `changed`; and those last looked at before
        `unchanged`, whatever they are now. Those first that wait longest."""
        ...

    def forget_all(self, site: SiteId) -> None:
        """Drop everything that is kept of the site."""
        ...

    def last_sweep(self, site: SiteId) -> datetime | None: ...

    def note_sweep(self, site: SiteId, began: datetime) -> None: ...


class PageRights(Protocol):
    """Who may read what, as the host says it; we hold no rights of our own."""

    def per_call(self, viewer: Viewer) -> int:
        """How many pages one question to the host is about."""
        ...

    def readable(self, viewer: Viewer, pages: Collection[PageId]) -> frozenset[PageId]:
        """Of these pages, those that the host shows to the viewer now.

        Raises ViewerNotAccepted when the host does not know the viewer by the token, and any
        other OkrError when it does not say; nobody may then see more.
        """
        ...


class IssueRights(Protocol):
    """The same for issues of the tracker."""

    def per_call(self, viewer: Viewer) -> int: ...

    def readable(self, viewer: Viewer, issues: Collection[IssueKey]) -> frozenset[IssueKey]:
        """Of these issues, those that the tracker shows to the viewer now; none of them where it
        cannot be asked about this viewer. Raises as `PageRights.readable` does."""
        ...


class Administrators(Protocol):
    """Who keeps a site, as the host says it."""

    def administers(self, account: str) -> bool:
        """Whether this person may administer the wiki. Raises OkrError when nobody knows."""
        ...


class Installations(Protocol):
    """Sites that installed us, and the secrets they gave. This is no cache: no site repeats it."""

    def find(self, door: DoorKind, key: InstallationKey) -> Installation | None:
        """Alive or ended."""
        ...

    def of_site(self, site: SiteId) -> list[Installation]:
        """Those that are alive."""
        ...

    def ever_of_site(self, site: SiteId) -> list[Installation]:
        """The same with those that ended and are not forgotten yet, the latest first."""
        ...

    def of_cloud(self, door: DoorKind, cloud_id: str) -> list[Installation]:
        """Every installation of this site, the latest first, ended ones too."""
        ...

    def alive(self) -> list[Installation]: ...

    def save(self, installation: Installation, *, secret: str | None = None) -> None:
        """Keep it as it is now. A new secret takes the place of the one before, which is still
        known as the older of two for a while; None leaves the secret alone."""
        ...

    def secrets(self, door: DoorKind, key: InstallationKey, now: datetime) -> tuple[str, ...]:
        """The secret and, shortly after a change, the one before it; none of an ended one."""
        ...

    def end(self, door: DoorKind, key: InstallationKey, at: datetime) -> None:
        """Forget the secrets at once; the data of the site stays until `forget_ended`."""
        ...

    def forget_ended(self, before: datetime) -> list[SiteId]:
        """Drop installations that ended before then, and say which sites have none left."""
        ...

    def keep_token(self, site: SiteId, token: str, expires: datetime) -> None:
        """The token with which the host lets us ask the site, until it expires."""
        ...

    def token(self, site: SiteId, now: datetime) -> str | None: ...


class JobQueue(Protocol):
    def enqueue(self, event: Event) -> bool:
        """Durable when it returns; False for an event whose identity is known already."""
        ...
