"""Whether a product answers, noted where its silence should be seen."""

from collections.abc import Iterator
from contextlib import contextmanager

from connector.core.errors import Throttled, Unauthorized, Unavailable
from connector.core.okr import SiteId
from connector.ports import Clock, OkrStore

CONFLUENCE, JIRA = "confluence", "jira"
# What a product answers while it gives us nothing, and may give it later.
SILENT = (Throttled, Unavailable, Unauthorized)


@contextmanager
def watching(product: str, *, site: SiteId, store: OkrStore, clock: Clock) -> Iterator[None]:
    """Notes an outage while the product gives us nothing, and its end; the error goes on.

    A refused token is an outage to whoever looks at the numbers. Being throttled is an answer:
    the number is late, not lost.
    """
    try:
        yield
    except Throttled:
        raise
    except (Unavailable, Unauthorized):
        if product not in store.outages(site):
            store.note_outage(site, product, clock.now())
        raise
    if product in store.outages(site):
        store.note_outage(site, product, None)
