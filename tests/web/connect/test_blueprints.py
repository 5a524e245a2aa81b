"""Blueprints over HTTP: what Confluence fetches and asks when somebody creates a page."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from connector.pages.blueprints import KINDS
from tests.fakes.wiki import FakeWiki
from tests.web.connect.conftest import READER
from tests.web.hosts import ConnectHost

AT = "/connect/blueprints"
# https://developer.atlassian.com/cloud/confluence/modules/blueprint-template-context/
TOLD = {
    "addonKey": "okr-connector",
    "blueprintKey": "okr-team-en",
    "spaceKey": "OKR",
    "userKey": "ff8080",
    "userLocale": {},
}


def context(host: ConnectHost, kind: str, told: Any = TOLD) -> dict[str, str]:
    answer = host.post(f"{AT}/{kind}/context", told)
    assert answer.status_code == 200
    return {one["identifier"]: one["value"] for one in json.loads(answer.text)}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_template_is_fetched_without_any_proof(client: FlaskClient, kind: str) -> None:
    answer = client.get(f"{AT}/{kind}/template")

    assert answer.status_code == 200
    assert answer.mimetype == "application/xml"
    assert '<at:var at:name="okrcycle" />' in answer.text


def test_a_context_says_title_label_and_cycle(host: ConnectHost) -> None:
    assert context(host, "team-en") == {
        "ContentPageTitle": "Team OKRs 2026-Q4",
        "labelsString": "okr",
        "okrcycle": "2026-Q4",
    }


def test_a_persons_own_page_bears_their_name(host: ConnectHost, wiki: FakeWiki) -> None:
    wiki.people[READER] = "Li Na"

    assert "Li Na" in context(host, "individual-en")["ContentPageTitle"]
    assert "Li Na" not in context(host, "team-en")["ContentPageTitle"]


@pytest.mark.parametrize("down", [True, False])
def test_a_person_without_a_name_still_gets_a_page(
    host: ConnectHost, wiki: FakeWiki, down: bool
) -> None:
    wiki.down = down

    assert context(host, "individual-zh")["ContentPageTitle"]


@pytest.mark.parametrize("told", [None, [], "x", {"spaceKey": {"a": 1}}])
def test_what_the_host_tells_beside_its_proof_changes_nothing(host: ConnectHost, told: Any) -> None:
    assert context(host, "company-en", told) == context(host, "company-en")


def test_a_blueprint_that_there_is_not(host: ConnectHost) -> None:
    assert host.client.get(f"{AT}/team-fr/template").status_code == 404
    assert host.post(f"{AT}/team-fr/context", TOLD).status_code == 404


def test_nobody_else_asks_for_a_context(host: ConnectHost, wiki: FakeWiki) -> None:
    wiki.people[READER] = "Li Na"

    answer = host.client.post(f"{AT}/individual-en/context", json=TOLD)

    assert answer.status_code == 401
    assert "Li Na" not in answer.text


def test_the_words_of_the_descriptors_in_chinese(client: FlaskClient) -> None:
    answer = client.get("/atlassian-connect/zh-CN.json")

    assert answer.status_code == 200
    assert answer.get_json()["connect.number.name"] == "OKR 数字"
    assert {key.split(".")[0] for key in answer.get_json()} == {"connect"}
    assert client.get("/atlassian-connect/fr.json").status_code == 404
