"""Asking the site while somebody waits: a few at a time, for the preview alone."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import request

from connector.core.errors import Unavailable
from connector.usecases.preview_page import Preview, find_page, preview_page
from connector.web.auth import current_site
from connector.web.forms import require_own_look
from connector.web.services import WebServices

BUSY_FOR = 5


class Busy(Unavailable):
    """As many looks as may wait for the site are waiting."""

    code = "busy"


def look_at(text: str, here: WebServices) -> Preview:
    """The preview of the page that a text means; raises what its steps raise, and ForeignForm."""
    require_own_look(request)
    with one_of_few(here):
        site = current_site()
        ports = site.ports
        page = find_page(text, wiki=ports.wiki, wiki_url=site.confluence_url)
        return preview_page(
            site.name,
            page,
            wiki=ports.wiki,
            tracker=ports.tracker,
            store=ports.store,
            clock=ports.clock,
            policy=ports.policy,
            publishing=ports.publishing,
            network=ports.network,
        )


@contextmanager
def one_of_few(here: WebServices) -> Iterator[None]:
    """Raises Busy rather than wait: a waiting caller would hold a thread that macros need."""
    if not here.looks.acquire(blocking=False):
        raise Busy("too many looks at once")
    try:
        yield
    finally:
        here.looks.release()
