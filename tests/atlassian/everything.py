"""Everything that the connector reads and writes, at once: for tests of how it asks."""

from collections.abc import Iterator
from datetime import timedelta

from connector.atlassian.administrators import CloudAdministrators
from connector.atlassian.checks import Check
from connector.atlassian.doctor_cloud import examine_cloud
from connector.atlassian.doctor_dc import examine_data_center
from connector.atlassian.endpoints import Read
from connector.atlassian.jira_search import JiraSearch
from connector.atlassian.rights_cloud import CloudRights
from connector.core.okr import EpicLink, IssueId, IssueKey, JiraLink, JqlLink, PageId
from connector.core.policy import Depth
from connector.core.publishing import PropertyKey
from connector.core.viewer import Viewer
from sandbox.directory import BOT
from tests.atlassian.planted import Connection

LONG_AGO = timedelta(days=300)


def read_everything(site: Connection) -> None:
    """Of the site `company`, through both adapters, and what `doctor` asks."""
    links: list[JiraLink] = [EpicLink(IssueKey(key)) for key in ("HBR-1", "HBR-2", "GONE-1")]
    queries = [JqlLink(f"project = {name}") for name in ("HBR", "YUN")]
    since = site.clock.now() - LONG_AGO
    site.jira.fetch_work([*links, *queries], depth=Depth.SUBTASKS, reconcile=[IssueId("10030")])
    site.jira.changed_links([*links, *queries], since=since)
    site.jira.links_matching(IssueId("10030"), IssueKey("HBR-30"), queries)
    if site.flavor == "cloud":
        _read_what_is_rarely_needed(site)
    stamps = site.wiki.find_okr_pages(["okr"], since)
    site.wiki.read_pages([stamp.page for stamp in stamps])
    site.wiki.read_pages([PageId("131073")])
    site.wiki.find_page("HARBOUR", 'Harbourline company OKRs "Q4"')
    site.wiki.name_people([BOT.account_id, "712020:gone"])
    list(examined(site))


def _read_what_is_rarely_needed(site: Connection) -> None:
    """Epics that a query cannot name, who administers and reads, labels beyond those of a page,
    and what was left at it."""
    search = JiraSearch(site.jira_door)
    list(search.fetch([IssueKey("HBR-1")], ["parent"]))
    search.fetch_one(IssueKey("HBR-1"), ["parent"])
    CloudAdministrators(site.wiki_door).administers(BOT.account_id)
    CloudRights(site.wiki_door, lambda _: site.wiki_door).readable(
        Viewer(BOT.account_id), [PageId("131073")]
    )
    site.properties.read(PageId("131073"), PropertyKey.OKRS)
    site.wiki_door.read(Read.PAGE_LABELS, part="131073", params={"limit": 250})


def write_everything(site: Connection) -> None:
    """A property that is new, that changes, and that goes."""
    for value in ({"progress": 45}, {"progress": 50}):
        site.properties.write(PageId("131073"), PropertyKey.OKRS, value)
    site.properties.delete(PageId("131073"), PropertyKey.OKRS)


def examined(site: Connection) -> Iterator[Check]:
    doors = {"wiki_door": site.wiki_door, "jira_door": site.jira_door}
    base = "https://okr.example"
    if site.flavor == "cloud":
        return examine_cloud(**doors, wiki=site.wiki, labels=["okr"], base_url=base)
    now = site.clock.now()
    return examine_data_center(
        **doors, wiki=site.wiki, labels=["okr"], base_url=base, epic_field="", now=now
    )
