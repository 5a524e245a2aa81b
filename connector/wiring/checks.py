"""What `doctor` looks at: the database, the events, and the site itself."""

from collections.abc import Iterator
from datetime import UTC, datetime

from connector.atlassian.checks import Check, properties
from connector.atlassian.doctor_cloud import examine_cloud
from connector.atlassian.doctor_dc import examine_data_center
from connector.config import DATA_CENTER, Settings
from connector.core.errors import OkrError
from connector.core.publishing import Publish
from connector.wiring.token_site import (
    SystemClock,
    doors,
    open_store,
    policy_of,
    wiki_behind,
)


def check_database(settings: Settings) -> Check:
    """Whether the database answers and has its tables."""
    try:
        open_store(settings).ping()
    except OkrError as error:
        return Check("database", ok=False, facts=(("detail", str(error)),))
    return Check("database", ok=True)


def check_events(settings: Settings) -> Check:
    """When the site last told us something, and when we last looked for ourselves."""
    try:
        store = open_store(settings)
        event, swept = store.last_event(settings.site), store.last_sweep(settings.site)
    except OkrError as error:
        return Check("service.events", ok=False, facts=(("detail", str(error)),))
    facts = (
        ("last_issue_event", _minute(event)),
        ("last_sweep", _minute(swept)),
    )
    return Check("service.events", ok=True, facts=facts, note="" if event else "none")


def _minute(moment: datetime | None) -> str:
    return "" if moment is None else moment.astimezone(UTC).isoformat(timespec="minutes")


def check_site(settings: Settings) -> Iterator[Check]:
    """What the site itself says: accounts, versions, rights, fields, webhooks, tokens, clocks."""
    wanted = policy_of(settings).publish is Publish.PROPERTIES
    for check in _examined(settings):
        yield check
        if check.name == "confluence.rights":
            yield properties(check, wanted=wanted)


def _examined(settings: Settings) -> Iterator[Check]:
    wiki_door, tracker_door = doors(settings)
    clock = SystemClock()
    wiki = wiki_behind(wiki_door, settings, clock)
    labels = policy_of(settings).labels
    if settings.deployment == DATA_CENTER:
        yield from examine_data_center(
            wiki_door=wiki_door,
            jira_door=tracker_door,
            wiki=wiki,
            labels=labels,
            base_url=settings.base_url,
            epic_field=settings.epic_field,
            now=clock.now(),
        )
        return
    yield from examine_cloud(
        wiki_door=wiki_door,
        jira_door=tracker_door,
        wiki=wiki,
        labels=labels,
        base_url=settings.base_url,
    )
