"""An issue moved: which key results does it feed, and what are their numbers now?"""

from collections.abc import Collection
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Protocol

from connector.core.events import IssueMoved
from connector.core.okr import EpicLink, JiraLink, JqlLink, SiteId
from connector.core.policy import Policy
from connector.ports import Clock, IssueTracker, OkrStore, StoredDelivery
from connector.usecases.measure_links import RECENT, measure_links

# A reading that began this long after an event was received has seen it, even where Jira's
# search index lags; a younger one has seen it if it was told of the issue (`touch`).
INDEX_LAG = timedelta(seconds=10)
# As many issues as one reading is told of.
MOST_TOLD = 50


class Turns(Protocol):
    """Measurements of one link go one after the other, with a little air between them."""

    def of(self, links: Collection[JiraLink]) -> AbstractContextManager[None]:
        """The turn of these links; nobody else has it meanwhile."""
        ...

    def breathe(self, links: Collection[JiraLink]) -> None:
        """Within the turn, before a reading: returns when the last one is a little while ago."""
        ...


def update_progress(
    event: IssueMoved,
    *,
    tracker: IssueTracker,
    store: OkrStore,
    clock: Clock,
    policy: Policy,
    turns: Turns,
) -> list[StoredDelivery]:
    """Count anew what the issue feeds.

    The first event of a burst is measured at once. One that a later reading has seen already is
    done, so a burst costs a few readings, not one per event, and holds up nobody.
    """
    fed = links_fed(event, tracker=tracker, store=store)
    if not fed or seen_before(event, fed, store=store):
        return []
    seen_from = min(clock.now(), event.received_at + INDEX_LAG)
    store.touch(event.site, event.issue_id, fed, clock.now())
    with turns.of(fed):
        late = {link for link in fed if not measured_since(event.site, link, seen_from, store)}
        if late:
            turns.breathe(late)
        return measure_links(
            event.site, late, tracker=tracker, store=store, clock=clock, policy=policy
        )


def links_fed(event: IssueMoved, *, tracker: IssueTracker, store: OkrStore) -> frozenset[JiraLink]:
    """The reverse way: from an issue to the links whose work it is, or was until now."""
    known = store.links(event.site)
    named = (event.issue, *event.parents)
    fed = {EpicLink(key) for key in named if EpicLink(key) in known}
    counting = {link for key in named for link in store.links_counting(event.site, key)}
    queries = [link for link in known if isinstance(link, JqlLink) and link not in counting]
    matching = tracker.links_matching(event.issue_id, event.issue, queries) if queries else ()
    return frozenset(fed | counting | set(matching))


def seen_before(event: IssueMoved, fed: Collection[JiraLink], *, store: OkrStore) -> bool:
    """Whether the readings kept began after the event was received, and were told of its issue."""
    known = store.links(event.site)
    readings = [store.delivery(event.site, key) for link in fed for key in known.get(link, ())]
    began = min((one.read_at for one in readings if one), default=None)
    if began is None or None in readings or began <= event.received_at:
        return False
    if event.issue_id in store.touched(event.site, tuple(known), began):
        return False
    told = store.touched(event.site, tuple(known), began - RECENT / 2)
    return event.issue_id in told[:MOST_TOLD]


def measured_since(site: SiteId, link: JiraLink, moment: datetime, store: OkrStore) -> bool:
    """Whether every key result of the link was read from Jira after that moment."""
    deliveries = [store.delivery(site, key) for key in store.links(site).get(link, ())]
    return all(one is not None and one.read_at > moment for one in deliveries)
