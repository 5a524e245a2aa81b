"""PyPI's `jira` works with the sandbox, and what it does moves the connector's numbers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.clients.programs import JsonObject, Library, library
from tests.clients.reader import Reader

pytestmark = pytest.mark.timeout(300)  # the first run fetches the client


@pytest.fixture(scope="module")
def jira(site: JsonObject) -> Iterator[Library]:
    with library("jira", site) as started:
        yield started


def test_it_reads_every_page_of_a_search(jira: Library) -> None:
    found = jira.do("found", jql="project = HBR ORDER BY key")

    assert len({key for key, _, _ in found}) == len(found) == jira.do("counted", jql="project=HBR")
    assert len(found) > 50


def test_it_edits_an_issue(jira: Library) -> None:
    (key, before, _), *_ = jira.do("found", jql="project = YUN AND parent is not EMPTY")

    after, change = jira.do("renamed", key=key, summary="另一个名字")

    assert after == "另一个名字"
    assert change == [["summary", before, "另一个名字"]]


def test_an_issue_that_it_moves_moves_the_number(
    jira: Library, site: JsonObject, tmp_path: Path
) -> None:
    """One more issue below the epic, first open, then done."""
    with Reader(site, tmp_path) as reader:
        result, epic = reader.measured_by_an_epic()
        done, total = reader.delivery(result)

        key = jira.do(
            "created", project=epic.partition("-")[0], kind="Task", summary="One more", parent=epic
        )
        reader.sweep()
        assert reader.delivery(result) == (done, total + 1)

        assert jira.do("moved", key=key, category="done")
        reader.sweep()
        assert reader.delivery(result) == (done + 1, total + 1)
