"""A Data Center that gives an account ten requests a minute: slow, and nothing is lost."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Lock

import pytest

from connector.atlassian.governor import PATIENCE_WITH_BUCKETS, Governor
from connector.core.okr import SiteId
from connector.core.policy import Policy
from connector.usecases.handle import Ports, sweep_site
from sandbox.directory import TOM
from sandbox.wiki.changes import create_page
from tests.atlassian.planted import Connection, planted
from tests.fakes.store import FakeStore
from tests.usecases.world import NoTurns

SITE = SiteId("wiki.example")
LIMITS: dict[str, object] = {"tokens": {"limit": 10, "fill": 10, "interval": 60}}
BODY = """<h2>Objective: Customers pay without a second thought</h2><table><tbody>
<tr><th>Key Result</th><th>Target</th><th>Epic</th></tr>
<tr><td>Checkout is quick</td><td>40%</td><td>HBR-1</td></tr></tbody></table>"""


@dataclass
class PatientClock:
    """Time passes only while somebody waits."""

    moment: datetime = datetime(2027, 6, 1, 12, tzinfo=UTC)
    waited: float = 0.0

    def __post_init__(self) -> None:
        self._lock = Lock()

    def now(self) -> datetime:
        return self.moment

    def monotonic(self) -> float:
        return self.moment.timestamp()

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.moment += timedelta(seconds=seconds)
            self.waited += seconds


def ports(connection: Connection, store: FakeStore) -> Ports:
    return Ports(
        wiki=connection.wiki,
        tracker=connection.jira,
        store=store,
        clock=connection.clock,
        policy=Policy(),
        turns=NoTurns(),
    )


@pytest.mark.parametrize("pages", [0, 600])
def test_a_full_sweep_comes_to_its_end(pages: int) -> None:
    """Calls grow with the pages by fifties, and each minute gives ten of them."""
    clock, store = PatientClock(), FakeStore()

    def governor() -> Governor:
        patience = PATIENCE_WITH_BUCKETS
        return Governor(patience=patience, clock=clock.monotonic, sleep=clock.sleep)

    with planted(
        "company", clock=clock, flavor="dc", governor=governor, limits=LIMITS
    ) as connection:
        site = connection.site
        space = site.pages.spaces()[0]
        for number in range(pages):
            title = f"Team {number} OKRs"
            page = create_page(
                site, space=space, title=title, body=BODY, parent_id=None, author=TOM
            )
            site.pages.add_label(page, "okr")

        swept = sweep_site(SITE, ports(connection, store), full=True)
        statuses = [call.status for call in connection.calls]
        calls = connection.spent()

    assert len(swept.pages) > 5 + pages
    assert swept.measured > 30
    assert statuses.count(429) <= len(statuses) / 8
    assert clock.waited <= 60 * (sum(calls.values()) / 10 + 1)
    assert calls["dc_content_search"] <= 3 + pages / 35
    assert calls["dc_issue_search"] < 10
