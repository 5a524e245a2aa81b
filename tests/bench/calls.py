"""Calls to Jira: cold, and after one change, against one `jql()` per key result.

Counted by the sandbox's own meters, so nothing here can forget a call. The other side is
`atlassian-python-api` as its manual shows it: one enhanced JQL query per key result.
"""

import math
import tempfile
from collections.abc import Callable
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
ISSUE, EPIC = IssueKey("HBR-29"), IssueKey("HBR-1")


def main(arguments: list[str] | None = None) -> None:
    del arguments
    with tempfile.TemporaryDirectory() as name, start_sandbox(Path(name)) as (_, site):
        services = connect(load_settings(settings_for(site, Path(name)), Path(name)))
        cold = _calls(site, lambda: sweep_site(services.site, services.ports, full=True))
        keys = _epics(services)
        found = _count(site, _everything(services))
        queries = _queries(services)
        pages = math.ceil(found / PAGE_SIZE) + len(queries)
        changed = _calls(site, lambda: handle(_moved(services), services.ports))
        asked = [*(f"parent = {key}" for key in keys), *queries]
        naive = _calls(site, lambda: _one_query_each(site, asked))
    print(f"Calls to Jira for {len(asked)} linked key results and {found} issues")
    print(f"  cold read                  {cold}: {cold / pages:.2f} x the {pages} pages needed")
    print(f"  after one change           {changed}")
    print(f"  one jql() per key result   {naive}: {naive / changed:.0f} x as many")


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
    return IssueMoved(services.site, ISSUE, IssueId("10100"), (EPIC,), "bench", now)


def _epics(services: Services) -> list[IssueKey]:
    """The epic of every link of every key result, as somebody would write the loop."""
    feeds = services.store.links(services.site)
    return [link.key for link, keys in feeds.items() if isinstance(link, EpicLink) for _ in keys]


def _everything(services: Services) -> str:
    """Everything that a cold read must bring: the epics and what is below them."""
    keys = ", ".join(sorted(set(_epics(services)) - {IssueKey("HBR-999")}))
    return f"parent in ({keys}) OR key in ({keys})"


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


def _calls(site: JsonObject, do: Callable[[], object]) -> int:
    """Calls to Jira while this is done, by the site's meters."""
    requests.post(f"{site['jira']}/_sandbox/reset", timeout=5).raise_for_status()
    do()
    meters = requests.get(f"{site['jira']}/_sandbox/meters", timeout=5).json()
    return sum(count for name, count in meters["calls"].items() if "/rest/api/3/" in name)


if __name__ == "__main__":
    main()
