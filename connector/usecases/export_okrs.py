"""Everything we know of a site's OKRs, for the API, the command line and backups."""

from collections.abc import Iterable, Mapping

from connector.core.assessment import PageAssessment, assess
from connector.core.errors import NotFound
from connector.core.explanation import explain
from connector.core.json import JsonObject
from connector.core.okr import (
    Delivery,
    KrKey,
    ObjectiveKey,
    PageId,
    PageState,
    SiteId,
    StoredPage,
)
from connector.core.policy import Policy
from connector.core.words import Words
from connector.ports import Clock, OkrStore
from connector.usecases.okr_documents import OkrDocuments, page_reference

FORMAT = 1


def export_site(
    *,
    site: SiteId,
    store: OkrStore,
    clock: Clock,
    policy: Policy,
    words: Words,
    with_times: bool = True,
    only: PageId | None = None,
) -> JsonObject:
    """All objectives of the site, or of one page, by page title; gone pages are left out.

    Without times the document depends on the wiki and on Jira alone, so that one made before a
    rebuild equals one made after it. No page says in which order its rows were first seen, which
    version was its last good one, or that a person linked it: there the two may part.
    """
    writer = OkrDocuments(words, with_times)
    kept = store.pages(site) if only is None else [store.page(site, only)]
    pages = [page for page in kept if page and page.state is not PageState.GONE]
    return {
        "format": FORMAT,
        "pages": [
            writer.page(page) | {"alignment": writer.alignment(store.alignment(site, page.page))}
            for page in pages
        ],
        "objectives": [
            writer.objective(page, assessment, one)
            for page, assessment in _assessed(pages, site, store, clock, policy)
            for one in assessment.objectives
        ],
    }


def describe_page(
    page: StoredPage,
    deliveries: Mapping[KrKey, Delivery],
    *,
    clock: Clock,
    policy: Policy,
    words: Words,
) -> JsonObject:
    """One page that need not be kept: what a dry run shows, in the shape of `export_site`."""
    writer = OkrDocuments(words)
    found = (
        assess(page, page.shown, deliveries, now=clock.now(), policy=policy) if page.shown else None
    )
    return {
        "format": FORMAT,
        "pages": [writer.page(page)],
        "objectives": [writer.objective(page, found, one) for one in found.objectives]
        if found
        else [],
    }


def find_objective(
    key: ObjectiveKey,
    *,
    site: SiteId,
    store: OkrStore,
    clock: Clock,
    policy: Policy,
    words: Words,
) -> JsonObject:
    """One objective by its key; raises NotFound."""
    for page, assessment in _assessed(_home(key, site, store), site, store, clock, policy):
        for one in assessment.objectives:
            if one.objective.key == key:
                return OkrDocuments(words).objective(page, assessment, one)
    raise NotFound(f"no objective {key}")


def find_key_result(
    key: KrKey,
    *,
    site: SiteId,
    store: OkrStore,
    clock: Clock,
    policy: Policy,
    words: Words,
) -> JsonObject:
    """One key result by its key, with why its number is what it is; raises NotFound."""
    for page, assessment in _assessed(_home(key, site, store), site, store, clock, policy):
        for objective in assessment.objectives:
            for one in objective.key_results:
                if one.key_result.key == key:
                    return {
                        **OkrDocuments(words).key_result(one),
                        "objective": {
                            "key": objective.objective.key,
                            "title": objective.objective.title,
                        },
                        "page": page_reference(page),
                        "why": explain(one, rule=policy.counting),
                    }
    raise NotFound(f"no key result {key}")


def _home(key: str, site: SiteId, store: OkrStore) -> list[StoredPage]:
    """The page that a key begins with, while it takes part."""
    page = store.page(site, PageId(key.rpartition("-")[0]))
    return [page] if page and page.state is not PageState.GONE else []


def _assessed(
    pages: Iterable[StoredPage], site: SiteId, store: OkrStore, clock: Clock, policy: Policy
) -> Iterable[tuple[StoredPage, PageAssessment]]:
    now = clock.now()
    for page in pages:
        if page.shown is not None:
            deliveries = store.deliveries(site, page.page)
            yield page, assess(page, page.shown, deliveries, now=now, policy=policy)
