"""publish and unpublish on the command line, against Cloud and Data Center; and the keys of a page
after the database is gone."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from connector.cli.processes import start_sandbox
from connector.core.json import JsonObject

pytestmark = pytest.mark.engine
PAGE = "131292"


@pytest.fixture(scope="module", params=["cloud", "dc"])
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[JsonObject]:
    with start_sandbox(tmp_path_factory.mktemp("site"), "--flavor", request.param) as (_, found):
        yield found


@pytest.fixture
def agreed(tmp_path: Path) -> Path:
    """A folder in which somebody agreed."""
    (tmp_path / "okr-connector.toml").write_text('[policy]\npublish = "properties"\n', "utf-8")
    return tmp_path


def run(folder: Path, site: JsonObject, *command: str) -> "subprocess.CompletedProcess[str]":
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OKR_")}
    settings = {
        "OKR_CONFLUENCE_URL": site["confluence"],
        "OKR_JIRA_URL": site["jira"],
        "OKR_TOKEN": site["token"],
        "OKR_JIRA_TOKEN": site.get("jira_token", site["token"]),
        "OKR_USER": "" if "jira_token" in site else site["user"],
        "OKR_DEPLOYMENT": "datacenter" if "jira_token" in site else "cloud",
    }
    return subprocess.run(
        [sys.executable, "-m", "connector.cli", *command],
        cwd=folder,
        env={**kept, **settings, "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def ask(site: JsonObject, method: str, path: str, body: Any = None) -> Any:
    """As anybody with the token may."""
    dc = "jira_token" in site
    headers = {"Authorization": f"Bearer {site['token']}"} if dc else {}
    auth = None if dc else (site["user"], site["token"])
    answer = requests.request(
        method, f"{site['confluence']}{path}", json=body, headers=headers, auth=auth, timeout=10
    )
    answer.raise_for_status()
    return answer.json() if answer.content else None


def at_the_page(site: JsonObject) -> dict[str, Any]:
    """Every property of the page, as the site says it."""
    path = f"/rest/api/content/{PAGE}/property"
    return {one["key"]: one["value"] for one in ask(site, "GET", path)["results"]}


def version(site: JsonObject) -> int:
    return int(ask(site, "GET", f"/rest/api/content/{PAGE}?expand=version")["version"]["number"])


def move_the_rows(site: JsonObject) -> None:
    """Somebody turns every table of the page upside down, but for its header."""
    page = ask(site, "GET", f"/rest/api/content/{PAGE}?expand=body.storage,version,space")
    storage = page["body"]["storage"]["value"]
    body = re.sub(r"<tbody>.*?</tbody>", turned, storage, flags=re.DOTALL)
    assert body != storage
    number = page["version"]["number"] + 1
    change = {
        "id": PAGE,
        "type": "page",
        "title": page["title"],
        "space": {"key": page["space"]["key"]},
        "version": {"number": number},
        "body": {"storage": {"value": body, "representation": "storage"}},
    }
    ask(site, "PUT", f"/rest/api/content/{PAGE}", change)


def turned(table: "re.Match[str]") -> str:
    head, *rows = re.findall(r"<tr.*?</tr>", table[0], re.DOTALL)
    return "".join(["<tbody>", head, *reversed(rows), "</tbody>"])


def keys(folder: Path, site: JsonObject) -> list[tuple[str, str]]:
    """Titles and keys of the page's key results, in its order."""
    exported = json.loads(run(folder, site, "export").stdout)
    return [
        (row["title"], row["key"])
        for one in exported["objectives"]
        for row in one["key_results"]
        if row["key"].startswith(PAGE)
    ]


def test_nothing_is_written_until_somebody_agrees(tmp_path: Path, site: JsonObject) -> None:
    assert run(tmp_path, site, "sync", PAGE).returncode in (0, 1)
    before = at_the_page(site)

    shown = run(tmp_path, site, "publish", PAGE, "--dry-run")
    refused = run(tmp_path, site, "publish", PAGE)

    assert shown.returncode == 0
    assert f'+  "page": "{PAGE}",' in shown.stdout
    assert "nothing was written" in shown.stdout
    assert refused.returncode == 2
    assert 'publish = "properties"' in refused.stderr
    assert at_the_page(site) == before


def test_what_was_shown_is_written_and_taken_away_again(agreed: Path, site: JsonObject) -> None:
    run(agreed, site, "sync", PAGE)
    before, number = at_the_page(site), version(site)
    planned = json.loads(run(agreed, site, "publish", PAGE, "--dry-run", "--format", "json").stdout)

    done = run(agreed, site, "publish", PAGE)
    again = run(agreed, site, "publish", PAGE)

    assert (done.returncode, "okrconnector: written" in done.stdout) == (0, True), done.stderr
    assert "has it already" in again.stdout
    (change,) = planned["changes"]
    assert at_the_page(site) == before | {"okrconnector": change["after"]}
    assert version(site) == number

    gone = run(agreed, site, "unpublish", "--all")

    assert gone.returncode == 0, gone.stderr
    assert "1 pages" in gone.stdout
    assert "still on" in gone.stderr
    assert at_the_page(site) == before
    assert version(site) == number


def test_keys_are_the_same_after_the_database_is_gone(agreed: Path, site: JsonObject) -> None:
    """Rows were moved before and after, so nothing but the page itself knows which is which."""
    run(agreed, site, "sync", PAGE)
    first = keys(agreed, site)
    move_the_rows(site)
    run(agreed, site, "sync", PAGE)
    moved = keys(agreed, site)
    assert sorted(moved) == sorted(first)
    assert moved != first
    run(agreed, site, "publish", PAGE)
    for file in agreed.glob("okr-connector*.sqlite*"):
        file.unlink()

    run(agreed, site, "sync", PAGE)

    assert keys(agreed, site) == moved
    assert run(agreed, site, "publish", PAGE).stdout.count("has it already") == 1


def test_a_page_that_is_not_kept_is_not_published(agreed: Path, site: JsonObject) -> None:
    ended = run(agreed, site, "publish", PAGE)

    assert ended.returncode == 1
    assert f"sync {PAGE}" in ended.stderr
    assert run(agreed, site, "unpublish").returncode == 2
