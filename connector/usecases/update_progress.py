"""An issue moved: which key results does it feed, and what are their numbers now?"""

from collections.abc import Collection
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Protocol

from connector.core.events import IssueMoved
from connector.core.okr import EpicLink, JiraLink, JqlLink, SiteId
from connector.core.policy import Policy
from connector.ports import Clock, IssueTracker, OkrStore, StoredDelivery
from connector.usecases.measure_links import measure_links

# A reading that began this long after an event was received has seen it, even where Jira's
# search index lags; a younger one has seen it if it was told of the issue (`touch`).
INDEX_LAG = timedelta(seconds=10)


class Turns(Protocol):
    """Measurements of one link go one after the other, with a little air between them."""

    def of(self, links: Collection[JiraLink]) -> AbstractContextManager[None]: ...


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
    done, so a burst costs a few readings, not one per event.
    """
    fed = links_fed(event, tracker=tracker, store=store)
    if not fed:
        return []
    seen_from = min(clock.now(), event.received_at + INDEX_LAG)
    store.touch(event.site, event.issue_id, fed, clock.now())
    with turns.of(fed):
        late = {link for link in fed if not measured_since(event.site, link, seen_from, store)}
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


def measured_since(site: SiteId, link: JiraLink, moment: datetime, store: OkrStore) -> bool:
    """Whether every key result of the link was read from Jira after that moment."""
    deliveries = [store.delivery(site, key) for key in store.links(site).get(link, ())]
    return all(one is not None and one.read_at > moment for one in deliveries)
