"""preview on the command line: of Cloud and of Data Center, as an author without a browser."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from connector.cli.processes import start_sandbox
from connector.core.json import JsonObject

pytestmark = pytest.mark.engine
TITLE = "Data Platform OKRs 2026-Q4"


@pytest.fixture(scope="module", params=["cloud", "dc"])
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[JsonObject]:
    with start_sandbox(tmp_path_factory.mktemp("site"), "--flavor", request.param) as (_, found):
        yield found


@pytest.fixture(scope="module")
def folder(site: JsonObject, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("work")


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


@pytest.mark.parametrize(
    "address",
    [
        "131292",
        "{confluence}/pages/viewpage.action?pageId=131292",
        "{confluence}/spaces/HARBOUR/pages/131292/x",
        "{confluence}/display/HARBOUR/Data+Platform+OKRs+2026-Q4",
    ],
)
def test_every_address_of_a_page_shows_it(folder: Path, site: JsonObject, address: str) -> None:
    ended = run(folder, site, "preview", address.format(**site))

    assert ended.returncode in (0, 1), ended.stderr
    assert TITLE in ended.stdout
    assert "nothing was kept or written" in ended.stdout
    assert "Traceback" not in ended.stderr


def test_a_page_is_linked_and_unlinked(folder: Path, site: JsonObject) -> None:
    linked = run(folder, site, "preview", "131292", "--link")
    again = run(folder, site, "preview", "131292", "--format", "json")
    unlinked = run(folder, site, "preview", "131292", "--unlink")
    twice = run(folder, site, "preview", "131292", "--unlink")

    assert "takes part from now on" in linked.stderr
    assert '"131292-1"' in again.stdout
    assert "is not linked any more" in unlinked.stdout
    assert (unlinked.returncode, twice.returncode) == (0, 1)


@pytest.mark.parametrize("address", ["999999", "{confluence}/display/HARBOUR/No+such+page"])
def test_what_is_not_shown_to_us_is_a_failure_in_words(
    folder: Path, site: JsonObject, address: str
) -> None:
    ended = run(folder, site, "preview", address.format(**site))

    assert (ended.returncode, ended.stdout) == (1, "")
    assert "Traceback" not in ended.stderr
