"""What the tests ask of PyPI's `atlassian-python-api`, run by the Python of its own environment."""

import json
import sys
import warnings
from typing import Any

from atlassian import ConfluenceServer, ConfluenceV2, JiraCloud

Json = dict[str, Any]


class Site:
    """Both versions of Confluence's API, and Jira's; `ConfluenceServer` is the first version's."""

    def __init__(self, asked: Json) -> None:
        signed = {"username": asked["user"], "password": asked["token"]}
        # most of the library has no types
        self.v1: Any = ConfluenceServer(url=asked["confluence"], **signed)  # type: ignore[no-untyped-call]
        self.v2: Any = ConfluenceV2(url=asked["confluence"], **signed)
        self.jira: Any = JiraCloud(url=asked["jira"], **signed)


def create_by_v2(site: Site, space: str, title: str, body: str, label: str) -> Any:
    """Labels go by the first version: the second has nothing to set them with."""
    found = site.v2.get_space_by_key(space)
    page = site.v2.create_page(found["id"], title, body, representation="storage")
    site.v1.set_page_label(page["id"], label)
    return page["id"]


def update_by_v2(site: Site, page: str, title: str, body: str) -> Any:
    """Its `version` is the current one; the next is sent."""
    current = site.v2.get_page_by_id(page)["version"]["number"]
    after = site.v2.update_page(
        page, title, body, status="current", version=current, representation="storage"
    )
    return after["version"]["number"]


def read_by_v2(site: Site, page: str) -> Any:
    return site.v2.get_page_by_id(page, body_format="storage")["body"]["storage"]["value"]


def create_by_v1(site: Site, space: str, title: str, body: str, label: str) -> Any:
    page = site.v1.create_page(space, title, body)
    site.v1.set_page_label(page["id"], label)
    return page["id"]


def update_by_v1(site: Site, page: str, title: str, body: str) -> Any:
    return site.v1.update_page(page, title, body)["version"]["number"]


def read_by_v1(site: Site, page: str) -> Any:
    return site.v1.get_page_by_id(page, expand="body.storage")["body"]["storage"]["value"]


def found_by_cql(site: Site, cql: str) -> Any:
    return [one["content"]["title"] for one in site.v1.cql(cql, limit=50)["results"]]


def create_issue(site: Site, fields: Json) -> Any:
    return site.jira.create_issue(data={"fields": fields})["key"]


def move_issue(site: Site, key: str, category: str) -> Any:
    """By the first transition that leads there; the category of its status afterwards."""
    ways = site.jira.get_transitions(key)["transitions"]
    way = next(one for one in ways if one["to"]["statusCategory"]["key"] == category)
    site.jira.do_transition(key, data={"transition": {"id": way["id"]}})
    status = site.jira.get_issue(key)["fields"]["status"]
    return status["statusCategory"]["key"]


def found_by_jql(site: Site, jql: str) -> Any:
    found = site.jira.enhanced_jql_get_list_of_tickets(jql, fields="summary")
    return [[one["key"], one["fields"]["summary"]] for one in found]


STEPS = {
    step.__name__: step
    for step in (
        create_by_v2,
        update_by_v2,
        read_by_v2,
        create_by_v1,
        update_by_v1,
        read_by_v1,
        found_by_cql,
        create_issue,
        move_issue,
        found_by_jql,
    )
}


def main() -> None:
    """The site in the first argument; a step on each line of stdin, its answer on stdout."""
    warnings.simplefilter("ignore", DeprecationWarning)
    site = Site(json.loads(sys.argv[1]))
    for line in sys.stdin:
        asked = json.loads(line)
        answer = STEPS[asked["step"]](site, **asked["with"])
        print(json.dumps(answer), flush=True)  # noqa: T201 - the answer


if __name__ == "__main__":
    main()
