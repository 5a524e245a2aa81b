"""Pages were saved: what do they say now, and which key result is which?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from connector.core.errors import Forbidden, Refused, Unauthorized
from connector.core.findings import Finding
from connector.core.identity import highest_number, match_keys
from connector.core.memory import Memory
from connector.core.okr import OkrPage, PageId, PageState, SiteId, StoredPage
from connector.core.people import names_by_account
from connector.core.policy import Policy
from connector.core.publishing import PropertyKey
from connector.pages import OkrReading, read_okrs
from connector.ports import Clock, OkrStore, PageProperties, WikiPage, WikiPages
from connector.usecases.align import SiteNetwork
from connector.usecases.lint_okrs import lint_okrs
from connector.usecases.name_people import name_people
from connector.usecases.page_property import read_property
from connector.usecases.watching import CONFLUENCE, watching


def sync_pages(
    site: SiteId,
    pages: Sequence[PageId],
    *,
    wiki: WikiPages,
    store: OkrStore,
    clock: Clock,
    policy: Policy,
    link: bool = False,
    remembered: PageProperties | None = None,
    network: SiteNetwork | None = None,
) -> list[StoredPage]:
    """Read these pages and keep what they say; a page with errors keeps its last good OKRs.

    A page takes part when it carries one of the policy's labels, or a person linked it: `link`
    says that a person names these pages now. One that is gone, or takes part no longer, stays
    kept but is no longer live. Where we know no key of a page, those that it `remembered` are
    its keys again. The `network` follows: those that the pages touch hear of it.
    """
    with watching(CONFLUENCE, site=site, store=store, clock=clock):
        found = {page.page: page for page in wiki.read_pages(pages)}
    read: list[StoredPage] = []
    known: dict[str, str] = {}
    for page in pages:
        before = store.page(site, page)
        after = _after(
            site,
            found.get(page),
            before,
            clock=clock,
            policy=policy,
            link=link,
            remembered=remembered,
        )
        if after is not None:
            read.append(after)
        if before is not None and before.okrs is not None:
            known |= names_by_account(before.okrs)
    kept = [page for page in name_people(read, wiki=wiki, known=known) if store.save_page(page)]
    if network is not None:
        network.align(site, store=store, policy=policy, changed=[page.page for page in kept])
    return kept


def _after(
    site: SiteId,
    page: WikiPage | None,
    before: StoredPage | None,
    *,
    clock: Clock,
    policy: Policy,
    link: bool,
    remembered: PageProperties | None,
) -> StoredPage | None:
    linked = link or (before is not None and before.linked)
    if page is None or not (linked or page.labels & set(policy.labels)):
        return before and replace(before, state=PageState.GONE, read_at=clock.now())
    return read_page(
        page,
        before,
        site=site,
        clock=clock,
        policy=policy,
        linked=linked,
        remembered=remembered,
    )


def read_page(
    page: WikiPage,
    before: StoredPage | None,
    *,
    site: SiteId,
    clock: Clock,
    policy: Policy,
    linked: bool = False,
    remembered: PageProperties | None = None,
) -> StoredPage:
    """The page as we would keep it, before those it mentions are named; a dry run shows it too."""
    now = clock.now()
    today = policy.today(now)
    reading = read_okrs(page.body, page=page.page, title=page.title, policy=policy, today=today)
    old = _known(before, reading, page.page, remembered)
    okrs, good_version, unsure = _good(reading, page, before, old)
    return StoredPage(
        site=site,
        page=page.page,
        title=page.title,
        space=page.space,
        url=page.url,
        version=page.version,
        good_version=good_version,
        state=_state(reading),
        okrs=okrs,
        findings=(*reading.findings, *unsure, *_advice(reading, page, policy)),
        read_at=now,
        linked=linked,
        saved_at=page.saved_at,
        last_number=max(old.last_number, highest_number(okrs)),
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """OKRs whose keys the page has already, and the highest number it ever gave."""

    okrs: OkrPage | None
    last_number: int


def _known(
    before: StoredPage | None,
    reading: OkrReading,
    page: PageId,
    remembered: PageProperties | None,
) -> _Known:
    """From our database; else from what an earlier one left at the page, where it reads well."""
    okrs = before.okrs if before else None
    last = max(before.last_number if before else 0, highest_number(okrs))
    if okrs or not remembered or not reading.okrs or _state(reading) is not PageState.READ:
        return _Known(okrs, last)
    memory = _recalled(remembered, page, reading.okrs)
    return _Known(memory.okrs, max(last, memory.last_number)) if memory else _Known(None, last)


def _recalled(remembered: PageProperties, page: PageId, now: OkrPage) -> Memory | None:
    """
    Nothing where the site does not let us look. Where it does not answer, the page must wait: the
    keys it were given now would be wrong for ever.
    """
    try:
        return read_property(remembered.read(page, PropertyKey.OKRS), now)
    except (Forbidden, Unauthorized, Refused):
        return None


def _good(
    reading: OkrReading, page: WikiPage, before: StoredPage | None, old: _Known
) -> tuple[OkrPage | None, int | None, tuple[Finding, ...]]:
    """The OKRs to keep, their version, and what to link again: the last good ones while in error.

    An emptied page keeps them too, unseen, so that a revert finds its key results again.
    """
    if _state(reading) is PageState.ERRORS or reading.okrs is None:
        return (before.okrs, before.good_version, ()) if before else (None, None, ())
    kept = match_keys(old.okrs, reading.okrs, last_number=old.last_number)
    return kept.okrs, page.version, kept.findings


def _advice(reading: OkrReading, page: WikiPage, policy: Policy) -> tuple[Finding, ...]:
    if reading.okrs is None or _state(reading) is not PageState.READ:
        return ()
    return lint_okrs(reading.okrs, space=page.space, policy=policy)


def _state(reading: OkrReading) -> PageState:
    if any(finding.blocks for finding in reading.findings):
        return PageState.ERRORS
    return PageState.READ if reading.okrs else PageState.EMPTY
