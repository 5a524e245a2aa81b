"""Settings → Services: the one place that names concrete classes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from connector.atlassian.auth import Credentials
from connector.atlassian.confluence_cloud import ConfluenceCloud
from connector.atlassian.doctor import Check, examine
from connector.atlassian.http import Door, RemoteCall, ignore
from connector.atlassian.jira_cloud import JiraCloud
from connector.atlassian.site import confluence_door, jira_door
from connector.config import Settings
from connector.core.errors import OkrError
from connector.core.okr import SiteId
from connector.core.policy import Policy
from connector.core.policy_document import policy_from
from connector.storage.engines import open_database
from connector.storage.migrations import upgrade
from connector.storage.okrs import SqlOkrStore
from connector.turns import LinkTurns
from connector.usecases.handle import Ports


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


def connect(settings: Settings, on_call: Callable[[RemoteCall], None] = ignore) -> Services:
    """Everything the use cases need for the site of these settings; connects when first used.

    Raises ConfigError for a policy that its schema refuses.
    """
    store = open_store(settings)
    clock = SystemClock()
    wiki_door, tracker_door = doors(settings, on_call)
    ports = Ports(
        wiki=ConfluenceCloud(wiki_door, clock),
        tracker=JiraCloud(tracker_door, clock),
        store=store,
        clock=clock,
        policy=policy_of(settings),
        turns=LinkTurns(),
    )
    return Services(settings, settings.site, ports, store)


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
    return (
        confluence_door(
            settings.confluence_url, Credentials(settings.token, user), on_call=on_call
        ),
        jira_door(settings.jira_url, Credentials(settings.jira_token, user), on_call=on_call),
    )


def policy_of(settings: Settings) -> Policy:
    """The policy of the settings file; raises ConfigError naming everything wrong with it."""
    return policy_from(settings.policy)


def check_database(settings: Settings) -> Check:
    """Whether the database answers and has its tables."""
    try:
        open_store(settings).ping()
    except OkrError as error:
        return Check("database", ok=False, facts=(("detail", str(error)),))
    return Check("database", ok=True)


def check_site(settings: Settings) -> Iterator[Check]:
    """What the site itself says: account, pages, epics, clocks."""
    wiki_door, tracker_door = doors(settings)
    wiki = ConfluenceCloud(wiki_door, SystemClock())
    yield from examine(
        wiki_door=wiki_door,
        jira_door=tracker_door,
        wiki=wiki,
        labels=policy_of(settings).labels,
    )
