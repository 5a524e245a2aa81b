"""What a reader of a page is told about its alignment: only rights are asked for."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from connector.core.alignment_findings import (
    HIDDEN,
    AlignmentFinding,
    Named,
    for_reader,
    in_words,
    mentioned,
)
from connector.core.cycle import cycle_of
from connector.core.findings import Finding
from connector.core.okr import ObjectiveKey, PageId, PageState, SiteId, StoredPage
from connector.core.policy import Policy
from connector.core.words import Words
from connector.ports import OkrStore

# Of these pages, those that whoever looks may read; nobody raises an error here.
PageSight = Callable[[Collection[PageId]], frozenset[PageId]]


@dataclass(frozen=True, slots=True)
class ReaderAlignment:
    """
    What one reader is told about a page, and the revisions of the other pages that it names: all
    that an entity tag must hold. Nothing in here is of a page that they may not read.
    """

    told: tuple[AlignmentFinding, ...] = ()
    revisions: tuple[tuple[PageId, int], ...] = ()


def gather_alignment(
    site: SiteId, page: PageId, *, store: OkrStore, sight: PageSight | None
) -> ReaderAlignment:
    """
    For somebody who may read the page. `sight` says of which other pages they may know; None: of
    none, as it is for what leaves their hands.
    """
    found = store.alignment(site, page)
    others = mentioned(found) - {page}
    seen = sight(others) if sight and others else frozenset()
    told = for_reader(found, {page} | (seen & others))
    named = sorted(mentioned(told) - {page, HIDDEN.page})
    return ReaderAlignment(told, tuple((one, store.revision(site, one)) for one in named))


def say_alignment(
    alignment: ReaderAlignment,
    page: StoredPage,
    *,
    store: OkrStore,
    policy: Policy,
    words: Words,
) -> tuple[Finding, ...]:
    """The remarks in the reader's words, with the titles that stand on the named pages now."""
    if page.shown is None:
        return ()
    names = dict(_names(alignment.told, page, store, policy))
    return tuple(in_words(alignment.told, page.shown, names, hidden=words.say("alignment.hidden")))


def _names(
    told: tuple[AlignmentFinding, ...], page: StoredPage, store: OkrStore, policy: Policy
) -> Iterator[tuple[ObjectiveKey, Named]]:
    """Of the objectives on pages that are named, which the reader may all read."""
    for number in mentioned(told) - {HIDDEN.page}:
        kept = page if number == page.page else store.page(page.site, number)
        if kept is None or kept.shown is None or kept.state is PageState.GONE:
            continue
        code = kept.shown.cycle
        month = policy.fiscal_year_start_month
        cycle = cycle_of(code, fiscal_year_start_month=month).code if code else ""
        for one in kept.shown.objectives:
            yield one.key, Named(one.title, cycle)
