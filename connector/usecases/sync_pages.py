"""Pages were saved: what do they say now, and which key result is which?"""

from collections.abc import Sequence
from dataclasses import replace

from connector.core.findings import Finding
from connector.core.identity import highest_number, match_keys
from connector.core.okr import OkrPage, PageId, PageState, SiteId, StoredPage
from connector.core.people import names_by_account
from connector.core.policy import Policy
from connector.pages import OkrReading, read_okrs
from connector.ports import Clock, OkrStore, WikiPage, WikiPages
from connector.usecases.lint_okrs import lint_okrs
from connector.usecases.name_people import name_people
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
) -> list[StoredPage]:
    """Read these pages and keep what they say; a page with errors keeps its last good OKRs.

    A page takes part when it carries one of the policy's labels, or a person linked it: `link`
    says that a person names these pages now. One that is gone, or takes part no longer, stays
    kept but is no longer live.
    """
    with watching(CONFLUENCE, site=site, store=store, clock=clock):
        found = {page.page: page for page in wiki.read_pages(pages)}
    read: list[StoredPage] = []
    known: dict[str, str] = {}
    for page in pages:
        before = store.page(site, page)
        after = _after(site, found.get(page), before, clock=clock, policy=policy, link=link)
        if after is not None:
            read.append(after)
        if before is not None and before.okrs is not None:
            known |= names_by_account(before.okrs)
    return [page for page in name_people(read, wiki=wiki, known=known) if store.save_page(page)]


def _after(
    site: SiteId,
    page: WikiPage | None,
    before: StoredPage | None,
    *,
    clock: Clock,
    policy: Policy,
    link: bool,
) -> StoredPage | None:
    linked = link or (before is not None and before.linked)
    if page is None or not (linked or page.labels & set(policy.labels)):
        return before and replace(before, state=PageState.GONE, read_at=clock.now())
    return read_page(page, before, site=site, clock=clock, policy=policy, linked=linked)


def read_page(
    page: WikiPage,
    before: StoredPage | None,
    *,
    site: SiteId,
    clock: Clock,
    policy: Policy,
    linked: bool = False,
) -> StoredPage:
    """The page as we would keep it, before those it mentions are named; a dry run shows it too."""
    now = clock.now()
    today = policy.today(now)
    reading = read_okrs(page.body, page=page.page, title=page.title, policy=policy, today=today)
    old = before.okrs if before else None
    last = max(before.last_number if before else 0, highest_number(old))
    okrs, good_version, unsure = _good(reading, page, before, last)
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
        last_number=max(last, highest_number(okrs)),
    )


def _good(
    reading: OkrReading, page: WikiPage, before: StoredPage | None, last_number: int
) -> tuple[OkrPage | None, int | None, tuple[Finding, ...]]:
    """The OKRs to keep, their version, and what to link again: the last good ones while in error.

    An emptied page keeps them too, unseen, so that a revert finds its key results again.
    """
    if _state(reading) is PageState.ERRORS or reading.okrs is None:
        return (before.okrs, before.good_version, ()) if before else (None, None, ())
    kept = match_keys(before.okrs if before else None, reading.okrs, last_number=last_number)
    return kept.okrs, page.version, kept.findings


def _advice(reading: OkrReading, page: WikiPage, policy: Policy) -> tuple[Finding, ...]:
    if reading.okrs is None or _state(reading) is not PageState.READ:
        return ()
    return lint_okrs(reading.okrs, space=page.space, policy=policy)


def _state(reading: OkrReading) -> PageState:
    if any(finding.blocks for finding in reading.findings):
        return PageState.ERRORS
    return PageState.READ if reading.okrs else PageState.EMPTY
