"""lint of a page as it stands at the site: what needs a connection, apart from what needs none."""

from dataclasses import replace

from connector.cli.files import FileReading
from connector.cli.preview import page_named
from connector.cli.shared import settings_here
from connector.core.errors import NotFound
from connector.core.findings import Finding
from connector.core.identity import keep_keys
from connector.core.okr import StoredPage
from connector.core.words import Words
from connector.pages.document import dump
from connector.usecases.sync_pages import read_page
from connector.wiring import Services, connect


def read_at_the_site(name: str, said: Words) -> FileReading:
    """The page as it stands there; nothing is kept. Raises NotFound where there is none."""
    services = connect(settings_here().require_site())
    ports, page = services.ports, page_named(name, services, said)
    found = next(iter(ports.wiki.read_pages([page])), None)
    if found is None:
        raise NotFound(f"page {page}")
    read = read_page(found, None, site=services.site, clock=ports.clock, policy=ports.policy)
    objectives = dump(read.shown)["objectives"] if read.shown else []
    findings = (*read.findings, *_alignment(read, services))
    return FileReading(read.url, found.body.encode(), read.shown, objectives, findings)


def _alignment(read: StoredPage, services: Services) -> tuple[Finding, ...]:
    """Among the pages that are kept, under the keys by which those know its objectives."""
    ports = services.ports
    before = ports.store.page(read.site, read.page)
    if read.shown and before:
        read = replace(read, okrs=keep_keys(before.okrs, read.shown))
    return ports.network.preview_findings(read, store=ports.store, policy=ports.policy)
