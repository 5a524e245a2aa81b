"""lint of a page that stands at the site, as an author without a file."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from connector.cli.processes import start_sandbox
from connector.core.json import JsonObject
from tests.e2e.test_preview_commands import run

pytestmark = pytest.mark.engine
PAGE = "131292"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[JsonObject]:
    with start_sandbox(tmp_path_factory.mktemp("site"), "--flavor", "cloud") as (_, found):
        yield found


def test_a_page_is_judged_where_it_stands(site: JsonObject, tmp_path: Path) -> None:
    """Its address names it in SARIF."""
    done = run(tmp_path, site, "lint", PAGE, "--format", "sarif")
    log = json.loads(done.stdout)["runs"][0]

    assert done.returncode == 1
    assert log["artifacts"][0]["location"]["uri"].startswith("http")
    assert {"O-10"} <= {one["ruleId"] for one in log["results"]}


def test_a_page_that_is_not_shown_is_told(site: JsonObject, tmp_path: Path) -> None:
    done = run(tmp_path, site, "lint", "999999")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_the_rules_of_its_space_count(site: JsonObject, tmp_path: Path) -> None:
    (tmp_path / "okr-connector.toml").write_text(
        '[policy.spaces.HARBOUR.lint]\noff = ["O-10"]\n', encoding="utf-8"
    )
    done = run(tmp_path, site, "lint", PAGE, "--format", "json")
    assert "O-10" not in {one["rule"] for one in json.loads(done.stdout)["findings"]}
