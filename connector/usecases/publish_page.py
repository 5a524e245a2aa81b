"""What we leave at a page itself: written when it changes, deleted when the page takes no part.

It is made anew from what is kept, so a lost or doubled job does no harm; and what was written
last is known, so that a page on which nothing changed costs the site no call.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

import structlog

from connector.core.alignment_findings import to_count
from connector.core.assessment import assess
from connector.core.errors import Forbidden, NotFound, Refused
from connector.core.json import JsonObject
from connector.core.okr import PageId, PageState, SiteId, StoredPage
from connector.core.policy import Policy
from connector.core.publishing import PropertyKey, Published, digest
from connector.core.summary import summarize
from connector.core.words import Words
from connector.ports import Clock, MeasuredPage, OkrStore, PageProperties
from connector.usecases.page_property import page_property
from connector.usecases.watching import CONFLUENCE
from macros.byline import byline, byline_property

log = structlog.get_logger(__name__)

# Health goes by the day too, so what nobody changed is looked at again all the same.
CHECKED_AGAIN_AFTER = timedelta(hours=6)
# A site that publishes for the first time is filled over minutes, not in one burst.
MOST_AT_ONCE = 200

Values = Mapping[PropertyKey, JsonObject | None]


@dataclass(frozen=True, slots=True)
class Publishing:
    """
    How a site takes our properties, and whether it does.

    `writes`: those who run the site agreed. `reads`: keys that an earlier database gave are looked
    up, one call for each page that is new to us. `badge`: the language of the line under the
    title; None where no app shows one.
    """

    properties: PageProperties
    writes: bool = False
    reads: bool = False
    badge: Words | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One property as the site has it and as it would be; None: not there."""

    key: PropertyKey
    before: object | None
    after: JsonObject | None


def pages_due(site: SiteId, *, store: OkrStore, clock: Clock, policy: Policy) -> list[PageId]:
    """
    Pages at which something may have to change, none of them looked at within the interval of
    the policy; no page at all while the wiki does not answer.
    """
    if CONFLUENCE in store.outages(site):
        return []
    now = clock.now()
    return store.pages_to_publish(
        site,
        changed=now - timedelta(seconds=policy.publish_every_seconds),
        unchanged=now - CHECKED_AGAIN_AFTER,
        most=MOST_AT_ONCE,
    )


def publish_page(
    site: SiteId,
    page: PageId,
    *,
    publishing: Publishing,
    store: OkrStore,
    clock: Clock,
    policy: Policy,
) -> list[PropertyKey]:
    """
    Which properties were written or deleted.

    What the site refuses for good (our account may not edit the page, the page is not shown to
    it) is noted and tried again when the page changes; whatever else it says is raised, to be
    tried again soon.
    """
    found = _kept(site, page, store)
    if found is None or not publishing.writes:
        return []
    left = _left_before(found.page, store)
    changed: list[PropertyKey] = []
    try:
        for key, value in _values(found, publishing, clock, policy).items():
            if _put(page, key, value, left, publishing.properties):
                changed.append(key)
    except (Forbidden, NotFound, Refused) as error:
        log.warning("page.not_published", site=site, page=page, code=error.code, error=str(error))
    store.note_published(site, Published(page, found.revision, clock.now(), left))
    return changed


def publish_now(
    site: SiteId,
    page: PageId,
    *,
    publishing: Publishing,
    store: OkrStore,
    clock: Clock,
    policy: Policy,
) -> list[PropertyKey]:
    """
    As a person asks for it: the site itself is asked what it has, and what it refuses is raised.

    Raises NotFound for a page that is not kept.
    """
    found = _kept(site, page, store)
    if found is None:
        raise NotFound(f"page {page} is not kept")
    left = dict.fromkeys(PropertyKey, "")
    values = _values(found, publishing, clock, policy)
    changed = [
        key for key, value in values.items() if _put(page, key, value, left, publishing.properties)
    ]
    store.note_published(site, Published(page, found.revision, clock.now(), left))
    return changed


def planned_changes(
    site: SiteId,
    page: PageId,
    *,
    publishing: Publishing,
    store: OkrStore,
    clock: Clock,
    policy: Policy,
) -> list[Change]:
    """What publishing would change at the page as the site has it now: a dry run.

    Raises NotFound for a page that is not kept.
    """
    found = _kept(site, page, store)
    if found is None:
        raise NotFound(f"page {page} is not kept")
    looked = (
        Change(key, publishing.properties.read(page, key), value)
        for key, value in _values(found, publishing, clock, policy).items()
    )
    return [one for one in looked if digest(one.before) != digest(one.after)]


def unpublish_page(
    site: SiteId, page: PageId, *, properties: PageProperties, store: OkrStore, clock: Clock
) -> list[PropertyKey]:
    """Take everything of ours away from the page; which properties it had."""
    gone = [key for key in PropertyKey if properties.delete(page, key)]
    revision = store.revision(site, page)
    store.note_published(site, Published(page, revision, clock.now(), {}))
    return gone


def values_of(
    found: MeasuredPage, *, badge: Words | None, clock: Clock, policy: Policy, kept: object = None
) -> Values:
    """
    Each of our properties as it shall be, None for one that shall not be there. `kept` is what
    the page has now: of a page that was never understood since our database is new, its keys are
    all that is left.
    """
    page = found.page
    if page.state is PageState.GONE:
        return dict.fromkeys(PropertyKey)
    shown = page.shown
    page = replace(page, findings=(*page.findings, *to_count(found.alignment, shown)))
    now = clock.now()
    assessment = assess(page, shown, found.deliveries, now=now, policy=policy) if shown else None
    line = byline(page, summarize(page, assessment), badge) if badge else None
    return {
        PropertyKey.OKRS: page_property(page, assessment, kept=kept),
        PropertyKey.BYLINE: byline_property(line) if line else None,
    }


def _left_before(page: StoredPage, store: OkrStore) -> dict[PropertyKey, str]:
    """By our knowledge; of a page that went before we looked, an earlier database may know more."""
    before = store.published(page.site, page.page)
    if before is not None:
        return dict(before.digests)
    return dict.fromkeys(PropertyKey, "") if page.state is PageState.GONE else {}


def _values(found: MeasuredPage, publishing: Publishing, clock: Clock, policy: Policy) -> Values:
    page, kept = found.page, None
    if page.okrs is None and page.state is not PageState.GONE:
        kept = publishing.properties.read(page.page, PropertyKey.OKRS)
    return values_of(found, badge=publishing.badge, clock=clock, policy=policy, kept=kept)


def _kept(site: SiteId, page: PageId, store: OkrStore) -> MeasuredPage | None:
    return next(iter(store.measured_pages(site, [page])), None)


def _put(
    page: PageId,
    key: PropertyKey,
    value: JsonObject | None,
    left: dict[PropertyKey, str],
    properties: PageProperties,
) -> bool:
    """Whether the site was changed. `left` is what it has by our knowledge, and follows."""
    if value is None:
        changed = key in left and properties.delete(page, key)
        left.pop(key, None)
        return changed
    wanted = digest(value)
    if left.get(key) == wanted:
        return False
    changed = properties.write(page, key, value)
    left[key] = wanted
    return changed
