"""atlassian-python-api against the Data Center flavour, over HTTP."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import requests
from atlassian import Confluence, Jira

from sandbox.app import create_app
from sandbox.datacenter.jira.fields import EPIC_LINK, EPIC_NAME
from sandbox.directory import LI_NA
from tests.atlassian.serving import served
from tests.sandbox.data_center import account, bearer

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@dataclass(frozen=True)
class Clients:
    """The library's types leave out what its functions give."""

    wiki: Any
    jira: Any


@pytest.fixture
def clients() -> Iterator[Clients]:
    with served(create_app("company", flavor="dc").wsgi_app) as base:
        yield Clients(
            Confluence(url=f"{base}/confluence", token=_token("/confluence/")),  # type: ignore[no-untyped-call]  # it has no types
            Jira(url=f"{base}/jira", token=_token("/jira/")),
        )


def _token(path: str) -> str:
    return bearer(path)["Authorization"].removeprefix("Bearer ")


def test_pages_are_created_found_changed_and_removed(clients: Clients) -> None:
    wiki = clients.wiki

    made = wiki.create_page("HARBOUR", "By client", "<p>One</p>", parent_id="131073")
    wiki.update_page(made["id"], "By client", "<p>Two</p>")
    wiki.set_page_label(made["id"], "q4")
    found = wiki.get_page_by_id(made["id"], expand="body.storage,version,ancestors")
    by_label = wiki.cql("label = q4")["results"]
    wiki.remove_page(made["id"])

    assert found["body"]["storage"]["value"] == "<p>Two</p>"
    assert found["version"]["number"] == 2
    assert found["ancestors"][-1]["id"] == "131073"
    assert [one["content"]["id"] for one in by_label] == [made["id"]]
    assert not wiki.page_exists("HARBOUR", "By client")


def test_properties_and_comments_of_a_page(clients: Clients) -> None:
    wiki = clients.wiki

    wiki.set_page_property("131073", {"key": "okr", "value": {"a": 1}})
    wiki.update_page_property("131073", {"key": "okr", "value": {"a": 2}, "version": {"number": 2}})
    wiki.add_comment("131073", "<p>Well done</p>")

    assert wiki.get_page_property("131073", "okr")["value"] == {"a": 2}
    assert len(wiki.get_page_comments("131073")["results"]) == 1
    person = wiki.get_user_details_by_username("li.na")
    assert (person["displayName"], person["userKey"]) == (LI_NA.name, account("li.na").userkey)


def test_issues_are_found_created_changed_and_moved(clients: Clients) -> None:
    jira = clients.jira
    about = {"project": {"key": "HBR"}, "issuetype": {"name": "Task"}, "summary": "By client"}

    key = jira.create_issue(fields={**about, EPIC_LINK: "HBR-1"})["key"]
    jira.update_issue_field(key, {"summary": "Changed"})
    jira.set_issue_status(key, "Done")
    jira.issue_add_comment(key, "Done indeed")
    found = jira.jql(f'"Epic Link" = HBR-1 and key = {key}', fields="summary,status,comment")

    (issue,) = found["issues"]
    assert found["total"] == 1
    assert issue["fields"]["summary"] == "Changed"
    assert issue["fields"]["status"]["statusCategory"]["key"] == "done"
    assert issue["fields"]["comment"]["comments"][0]["body"] == "Done indeed"


def test_epics_and_fields_of_the_site(clients: Clients) -> None:
    jira = clients.jira

    names = {field["name"]: field["id"] for field in jira.get_all_fields()}
    epic = jira.issue("HBR-1")

    assert names["Epic Link"] == EPIC_LINK
    assert epic["fields"][EPIC_NAME]
    assert jira.myself()["name"] == "okr-bot"
    assert {project["key"] for project in jira.projects()} >= {"HBR", "YUN"}


@pytest.mark.engine
def test_the_first_line_of_the_server_says_where_and_who() -> None:
    command = [sys.executable, "-m", "sandbox.server", "--port", "0", "--seed", "empty"]
    command += ["--flavor", "dc", "--locale", "zh"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        ready = json.loads(process.stdout.readline())
        with requests.Session() as session:
            session.trust_env = False
            session.headers["Authorization"] = f"Bearer {ready['jira_token']}"
            myself = session.get(f"{ready['jira']}/rest/api/2/myself", timeout=10)
            status = session.get(f"{ready['jira']}/rest/api/2/status/10000", timeout=10)
            session.headers["Authorization"] = f"Bearer {ready['users'][1]['token']}"
            person = session.get(f"{ready['confluence']}/rest/api/user/current", timeout=10)
        process.send_signal(signal.SIGTERM)
        code = process.wait(timeout=10)

    assert ready["flavor"] == "dc"
    assert myself.json()["name"] == ready["users"][0]["username"]
    assert status.json()["name"] == "待办"
    assert person.json()["userKey"] == ready["users"][1]["userkey"]
    assert code == 0
