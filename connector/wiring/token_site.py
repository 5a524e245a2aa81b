"""The site that the settings name, which is read with their token."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from requests.auth import AuthBase

from connector.atlassian.auth import Credentials, NoAuth
from connector.atlassian.confluence_cloud import ConfluenceCloud
from connector.atlassian.confluence_dc import ConfluenceDataCenter
from connector.atlassian.governor import Governor
from connector.atlassian.http import Door, Limits, RemoteCall, ignore
from connector.atlassian.issue_rights import CloudIssueRights
from connector.atlassian.jira_cloud import JiraCloud
from connector.atlassian.jira_dc import JiraDataCenter
from connector.atlassian.rights_cloud import CloudRights
from connector.atlassian.rights_dc import DataCenterRights
from connector.atlassian.site import confluence_door, data_center_door, jira_door
from connector.atlassian.transport import Trust
from connector.atlassian.viewer_doors import NOBODYS_LIMITS, VIEWER_LIMITS, ViewerDoors
from connector.config import DATA_CENTER, Settings
from connector.core.okr import SiteId
from connector.core.policy import Policy
from connector.core.policy_document import policy_from
from connector.ports import Clock, IssueRights, IssueTracker, PageRights, WikiPages
from connector.storage.engines import open_database
from connector.storage.migrations import upgrade
from connector.storage.okrs import SqlOkrStore
from connector.turns import LinkTurns
from connector.usecases.handle import Ports
from connector.wiring.publishing import publishing_by_token


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Services:
    """One site, ready to be worked on."""

    settings: Settings
    site: SiteId
    ports: Ports
    store: SqlOkrStore
    rights: PageRights


def connect(settings: Settings, on_call: Callable[[RemoteCall], None] = ignore) -> Services:
    """Everything the use cases need for the site of these settings; connects when first used.

    Raises ConfigError for a policy that its schema refuses.
    """
    return connect_over(open_store(settings), settings, SystemClock(), policy_of(settings), on_call)


def connect_over(
    store: SqlOkrStore,
    settings: Settings,
    clock: Clock,
    policy: Policy,
    on_call: Callable[[RemoteCall], None],
) -> Services:
    wiki_door, tracker_door = doors(settings, on_call)
    ports = Ports(
        wiki=wiki_behind(wiki_door, settings, clock),
        tracker=tracker_behind(tracker_door, settings, clock),
        store=store,
        clock=clock,
        policy=policy,
        turns=LinkTurns(),
        publishing=publishing_by_token(wiki_door, settings, policy),
    )
    rights = rights_behind(wiki_door, settings, on_call)
    return Services(settings, settings.site, ports, store, rights)


def open_store(settings: Settings) -> SqlOkrStore:
    """The store, with this release's tables in place."""
    database = open_database(settings.database_url)
    upgrade(database)
    return SqlOkrStore(database)


def migrate_database(settings: Settings) -> None:
    open_store(settings).database.close()


def doors(settings: Settings, on_call: Callable[[RemoteCall], None] = ignore) -> tuple[Door, Door]:
    """The doors to Confluence and to Jira."""
    user = settings.user or None
    trust = Trust(settings.ca_bundle, settings.client_certificate)
    wiki = settings.confluence_url, Credentials(settings.token, user)
    tracker = settings.jira_url, Credentials(settings.jira_token, user)
    if settings.deployment == DATA_CENTER:
        return (
            data_center_door("confluence", *wiki, trust=trust, on_call=on_call),
            data_center_door("jira", *tracker, trust=trust, on_call=on_call),
        )
    return (
        confluence_door(*wiki, trust=trust, on_call=on_call),
        jira_door(*tracker, trust=trust, on_call=on_call),
    )


def wiki_behind(door: Door, settings: Settings, clock: Clock) -> WikiPages:
    if settings.deployment == DATA_CENTER:
        return ConfluenceDataCenter(door, clock)
    return ConfluenceCloud(door, clock)


def rights_behind(
    door: Door, settings: Settings, on_call: Callable[[RemoteCall], None]
) -> PageRights:
    url, trust = settings.confluence_url, Trust(settings.ca_bundle, settings.client_certificate)
    if settings.deployment == DATA_CENTER:

        def as_(auth: Credentials | AuthBase, limits: Limits = VIEWER_LIMITS) -> Door:
            governor = Governor()  # with a person's patience, not a job's
            return data_center_door(
                "confluence",
                url,
                auth,
                limits=limits,
                trust=trust,
                on_call=on_call,
                governor=governor,
            )

        return DataCenterRights(
            ViewerDoors(lambda token: as_(Credentials(token))), as_(NoAuth(), NOBODYS_LIMITS)
        )
    return cloud_rights(door, url, trust, on_call)


def cloud_rights(
    door: Door, url: str, trust: Trust, on_call: Callable[[RemoteCall], None]
) -> PageRights:
    """`door` asks about people, as us; those of viewers ask as themselves at the same address."""
    return CloudRights(
        door,
        ViewerDoors(
            lambda token: confluence_door(
                url, Credentials(token), limits=VIEWER_LIMITS, trust=trust, on_call=on_call
            )
        ),
    )


def cloud_issue_rights(
    url: str, trust: Trust, on_call: Callable[[RemoteCall], None]
) -> IssueRights:
    """Asked with the viewers' own tokens alone."""
    return CloudIssueRights(
        ViewerDoors(
            lambda token: jira_door(
                url, Credentials(token), limits=VIEWER_LIMITS, trust=trust, on_call=on_call
            )
        )
    )


def tracker_behind(door: Door, settings: Settings, clock: Clock) -> IssueTracker:
    if settings.deployment == DATA_CENTER:
        return JiraDataCenter(door, clock, epic_field=settings.epic_field)
    return JiraCloud(door, clock)


def policy_of(settings: Settings) -> Policy:
    """The policy of the settings file; raises ConfigError naming everything wrong with it."""
    return policy_from(settings.policy)
