"""A sandbox site over real HTTP, and the connection of one of its users to it."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from connector.atlassian.auth import Credentials
from connector.atlassian.confluence_cloud import ConfluenceCloud
from connector.atlassian.confluence_dc import ConfluenceDataCenter
from connector.atlassian.governor import Governor
from connector.atlassian.http import Door, RemoteCall
from connector.atlassian.jira_cloud import JiraCloud
from connector.atlassian.jira_dc import JiraDataCenter
from connector.atlassian.page_properties import cloud_properties, data_center_properties
from connector.atlassian.site import confluence_door, data_center_door, jira_door
from connector.ports import Clock, IssueTracker, PageProperties, WikiPages
from sandbox.app import create_app
from sandbox.datacenter.people import account_of
from sandbox.datacenter.tokens import planted_text
from sandbox.directory import BOT, User
from sandbox.site import Site
from tests.atlassian.serving import served


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class StillClock:
    """Stands after everything the `company` seed tells of, whenever the tests run."""

    def now(self) -> datetime:
        return datetime(2027, 6, 1, 12, tzinfo=UTC)


REAL_TIME = SystemClock()


@dataclass
class Connection:
    """What one user of the sandbox sees, and how many calls it took."""

    site: Site
    address: str
    user: User
    clock: Clock
    flavor: str = "cloud"
    governor: Callable[[], Governor] | None = None
    calls: list[RemoteCall] = field(default_factory=list)
    wiki_door: Door = field(init=False)
    jira_door: Door = field(init=False)
    wiki: WikiPages = field(init=False)
    jira: IssueTracker = field(init=False)
    properties: PageProperties = field(init=False)

    def __post_init__(self) -> None:
        if self.flavor == "dc":
            self.wiki_door, self.jira_door = (
                self._token_door("confluence"),
                self._token_door("jira"),
            )
            self.wiki = ConfluenceDataCenter(self.wiki_door, self.clock)
            self.jira = JiraDataCenter(self.jira_door, self.clock)
            self.properties = data_center_properties(self.wiki_door)
            return
        credentials = Credentials(self.user.token, self.user.email)
        self.wiki_door = confluence_door(self.address, credentials, on_call=self.calls.append)
        self.jira_door = jira_door(self.address, credentials, on_call=self.calls.append)
        self.wiki = ConfluenceCloud(self.wiki_door, self.clock)
        self.jira = JiraCloud(self.jira_door, self.clock)
        self.properties = cloud_properties(self.wiki_door)

    def _token_door(self, product: str) -> Door:
        """With the product's own personal access token, below its context path."""
        return data_center_door(
            product,
            f"{self.address}/{product}",
            Credentials(planted_text(product, account_of(self.user))),
            on_call=self.calls.append,
            governor=self.governor() if self.governor else None,
        )

    def spent(self) -> Counter[str]:
        """Calls by endpoint since the last time somebody asked."""
        counted = Counter(call.endpoint for call in self.calls)
        self.calls.clear()
        return counted

    def as_(self, user: User) -> "Connection":
        return Connection(self.site, self.address, user, self.clock, self.flavor)


@contextmanager
def planted(
    seed: str,
    *,
    clock: Clock = REAL_TIME,
    search_lag: float = 0.0,
    flavor: str = "cloud",
    locale: str = "en",
    governor: Callable[[], Governor] | None = None,
    limits: dict[str, object] | None = None,
) -> Iterator[Connection]:
    """Site and connection go by the same clock. `flavor` is cloud or dc."""
    app = create_app(
        seed, search_lag=search_lag, now=clock.now, flavor=flavor, locale=locale, limits=limits
    )
    with served(app) as address:
        yield Connection(app.extensions["sandbox"], address, BOT, clock, flavor, governor)
