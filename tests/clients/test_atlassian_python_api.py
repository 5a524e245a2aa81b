"""PyPI's `atlassian-python-api` writes pages and issues, and the connector reads them."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from tests.clients.programs import JsonObject, Library, library
from tests.clients.reader import Reader, Told

pytestmark = pytest.mark.timeout(300)  # the first run fetches the client

PAGE = (
    "<h2>目标一：发布不再熬夜</h2><table><tbody>"
    "<tr><th>关键结果</th><th>当前值</th><th>目标值</th><th>史诗</th></tr>"
    "<tr><td>夜间发布次数</td><td>{current} 次</td><td>≤ 2 次</td><td>{epic}</td></tr>"
    "</tbody></table>"
)


@pytest.fixture(scope="module")
def api(site: JsonObject) -> Iterator[Library]:
    with library("atlassian-python-api", site) as started:
        yield started


@pytest.mark.parametrize("version", ["v1", "v2"])
def test_a_page_is_created_labelled_and_updated_twice(
    api: Library, site: JsonObject, tmp_path: Path, version: str
) -> None:
    title = f"发布组 2026Q4 OKR ({version})"
    page = api.do(
        f"create_by_{version}",
        space="HARBOUR",
        title=title,
        body=PAGE.format(current=9, epic="HBR-2"),
        label="okr",
    )

    with Reader(site, tmp_path) as reader:
        for number, current in enumerate((9, 7, 4), start=1):
            body = PAGE.format(current=current, epic="HBR-2")
            if number > 1:
                assert api.do(f"update_by_{version}", page=page, title=title, body=body) == number
                reader.sweep()

            assert api.do(f"read_by_{version}", page=page) == body
            assert reader.page(title).version == number
            assert reader.told(title) == [("发布不再熬夜", [_released(current)])]
    assert title in api.do("found_by_cql", cql='label = okr and title ~ "发布组"')


def _released(current: int) -> Told:
    return Told(
        "夜间发布次数",
        current=Fraction(current),
        target=Fraction(2),
        unit="次",
        epics=("HBR-2",),
    )


def test_an_issue_that_it_creates_and_moves_moves_the_number(
    api: Library, site: JsonObject, tmp_path: Path
) -> None:
    with Reader(site, tmp_path) as reader:
        result, epic = reader.measured_by_an_epic()
        done, total = reader.delivery(result)
        key = api.do(
            "create_issue",
            fields={
                "project": {"key": epic.partition("-")[0]},
                "issuetype": {"name": "Task"},
                "summary": "再来一个",
                "parent": {"key": epic},
            },
        )

        assert [key, "再来一个"] in api.do("found_by_jql", jql=f"parent = {epic}")
        assert api.do("move_issue", key=key, category="done") == "done"
        reader.sweep()

        assert reader.delivery(result) == (done + 1, total + 1)
