"""
What it costs to know the company: calls and points, cold and after one change.

Counted by the sandbox's own meters, so nothing here can forget a call. One other side is
`atlassian-python-api` as its manual shows it: an enhanced JQL query per key result. The other is a
careful poller: all epics in one query, a hundred issues a page, with the fields that counting
needs and without the epics known to be missing; it cannot know what changed, so it asks for
everything every time. The floor is the pages that the issues fill, at a point each and one a page.
"""

import math
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import requests
from atlassian import JiraCloud as PlainJira

from connector.cli.processes import start_sandbox
from connector.config import load_settings
from connector.core.events import IssueMoved
from connector.core.json import JsonObject
from connector.core.okr import EpicLink, IssueId, IssueKey, JqlLink
from connector.usecases.handle import handle, sweep_site
from connector.wiring import Services, connect

PAGE_SIZE = 100
FIELDS = ["summary", "status", "resolution", "parent", "issuetype"]
ISSUE, EPIC = IssueKey("HBR-29"), IssueKey("HBR-1")


def main(arguments: list[str] | None = None) -> None:
    del arguments
    with tempfile.TemporaryDirectory() as name, start_sandbox(Path(name)) as (_, site):
        services = connect(load_settings(settings_for(site, Path(name)), Path(name)))
        cold = _spent(site, lambda: sweep_site(services.site, services.ports, full=True))
        keys, queries = _epics(services), _queries(services)
        everything = [_everything(site, keys), *queries]
        changed = _spent(site, lambda: handle(_moved(services), services.ports))
        asked = [*(f"parent = {key}" for key in keys), *queries]
        each = _spent(site, lambda: _one_query_each(site, asked))
        batch = _spent(site, lambda: _poll(site, everything))
        found = [_count(site, jql) for jql in everything]
    pages = sum(max(1, math.ceil(count / PAGE_SIZE)) for count in found)
    floor = Spent(pages, pages + sum(found))
    print(f"Calls to Jira and points for {len(asked)} links of key results, {sum(found)} issues")
    for what, spent, against in (
        ("floor: the pages needed", floor, floor),
        ("cold read", cold, floor),
        ("after one change", changed, changed),
        ("one jql() per key result", each, changed),
        ("all epics in one JQL", batch, changed),
    ):
        word = "the floor" if against is floor else "ours after one change"
        print(
            f"  {what:<26} {spent.calls:4} calls {spent.points:6} points   {spent / against} {word}"
        )


@dataclass(frozen=True, slots=True)
class Spent:
    """What was asked of Jira: calls, and the points that Atlassian counts for them."""

    calls: int
    points: int

    def __truediv__(self, other: "Spent") -> str:
        return f"{self.calls / other.calls:5.1f} x, {self.points / other.points:6.1f} x"


def settings_for(site: JsonObject, folder: Path) -> dict[str, str]:
    return {
        "OKR_DATABASE_URL": f"sqlite:///{folder / 'okr.sqlite'}",
        "OKR_CONFLUENCE_URL": site["confluence"],
        "OKR_JIRA_URL": site["jira"],
        "OKR_USER": site["user"],
        "OKR_TOKEN": site["token"],
    }


def _moved(services: Services) -> IssueMoved:
    now = datetime.now(UTC)
    return IssueMoved(services.site, ISSUE, IssueId("10029"), (EPIC,), "bench", now)


def _epics(services: Services) -> list[IssueKey]:
    """The epic of every link of every key result, as somebody would write the loop."""
    feeds = services.store.links(services.site)
    return [link.key for link, keys in feeds.items() if isinstance(link, EpicLink) for _ in keys]


def _everything(site: JsonObject, keys: list[IssueKey]) -> str:
    """Every epic that is there, and what is below it."""
    there = ", ".join(key for key in sorted(set(keys)) if _exists(site, key))
    return f"parent in ({there}) OR key in ({there})"


def _exists(site: JsonObject, key: str) -> bool:
    address = f"{site['jira']}/rest/api/3/issue/{key}"
    return requests.get(address, auth=(site["user"], site["token"]), timeout=5).ok


def _queries(services: Services) -> list[str]:
    """The JQL of each key result that links one: a result page of its own each."""
    feeds = services.store.links(services.site)
    return [link.jql for link, keys in feeds.items() if isinstance(link, JqlLink) for _ in keys]


def _plain(site: JsonObject) -> PlainJira:
    return PlainJira(url=site["jira"], username=site["user"], password=site["token"])


def _count(site: JsonObject, jql: str) -> int:
    """How many issues a query finds, by Jira's own counting."""
    answer = requests.post(
        f"{site['jira']}/rest/api/3/search/approximate-count",
        json={"jql": jql},
        auth=(site["user"], site["token"]),
        timeout=5,
    )
    found: int = answer.json()["count"]
    return found


def _one_query_each(site: JsonObject, queries: list[str]) -> None:
    for jql in queries:
        _one_query(site, jql)


def _one_query(site: JsonObject, jql: str) -> None:
    try:
        _plain(site).enhanced_jql(jql, fields="status")
    except requests.HTTPError:
        return  # an epic that does not exist: refused, and counted as the call it was


def _poll(site: JsonObject, queries: list[str]) -> None:
    """Everything, page after page, in the connection that a poller would keep."""
    with requests.Session() as session:
        session.auth = (site["user"], site["token"])
        for jql in queries:
            token = None
            while True:
                asked = {"jql": jql, "fields": FIELDS, "maxResults": PAGE_SIZE}
                answer = session.post(
                    f"{site['jira']}/rest/api/3/search/jql",
                    json=asked | ({"nextPageToken": token} if token else {}),
                    timeout=5,
                )
                answer.raise_for_status()
                token = answer.json().get("nextPageToken")
                if token is None:
                    break


def _spent(site: JsonObject, do: Callable[[], object]) -> Spent:
    """What Jira was asked for while this was done, by the site's meters."""
    requests.post(f"{site['jira']}/_sandbox/reset", timeout=5).raise_for_status()
    do()
    meters = requests.get(f"{site['jira']}/_sandbox/meters", timeout=5).json()
    return Spent(_of_jira(meters["calls"]), _of_jira(meters["points"]["calls"]))


def _of_jira(counted: dict[str, int]) -> int:
    return sum(count for name, count in counted.items() if " /rest/api/3/" in name)


if __name__ == "__main__":
    main()
