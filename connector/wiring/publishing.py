"""Whether and how a site is given properties, by the way it is connected and what was agreed."""

from collections.abc import Iterator

from connector.atlassian.http import Door
from connector.atlassian.page_properties import cloud_properties, data_center_properties
from connector.catalogue import words
from connector.config import DATA_CENTER, Settings
from connector.core.installation import DoorKind
from connector.core.okr import PageId, SiteId
from connector.core.policy import Policy
from connector.core.publishing import Publish
from connector.ports import PageProperties
from connector.usecases.publish_page import Publishing, pages_due
from connector.usecases.sites import NotConnected, Sites


def publishing_by_token(door: Door, settings: Settings, policy: Policy) -> Publishing:
    """
    Off until somebody says otherwise: a token has all rights of its account, and nobody was asked
    what it may write. The badge is for the app that may be installed on the same site.
    """
    cloud = settings.deployment != DATA_CENTER
    properties: PageProperties = cloud_properties(door) if cloud else data_center_properties(door)
    writes = policy.publish is Publish.PROPERTIES
    badge = words(settings.locale) if settings.connect else None
    return Publishing(properties, writes, reads=writes, badge=badge)


def publishing_by_app(door: Door, settings: Settings, policy: Policy, kind: DoorKind) -> Publishing:
    """
    On for Connect, whose administrator agreed to the scope WRITE; never for Forge, whose scopes
    only read. Both give keys back that are at a page already.
    """
    connect = kind is DoorKind.CONNECT
    writes = connect and policy.publish is not Publish.OFF
    badge = words(settings.locale) if connect else None
    return Publishing(cloud_properties(door), writes, reads=True, badge=badge)


def due_pages(sites: Sites) -> Iterator[tuple[SiteId, PageId]]:
    """Of every site that takes properties, the pages at which something may have to change."""
    for name in sites.names():
        try:
            ports = sites.of(name).ports
        except NotConnected:
            continue
        if ports.publishing is not None and ports.publishing.writes:
            for page in pages_due(name, store=ports.store, clock=ports.clock, policy=ports.policy):
                yield name, page
