"""How long to wait, whoever says it and however; and what is remembered for how long."""

from datetime import UTC, datetime, timedelta

import pytest
from requests.structures import CaseInsensitiveDict

from connector.atlassian.endpoints import Read
from connector.atlassian.governor import Governor
from connector.atlassian.memory import ShortMemory
from connector.atlassian.waits import BLOCKED, BUCKET, spent, throttled
from connector.core.errors import Throttled

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "7"}, 7),
        ({"Retry-After": "7.5"}, 7.5),
        ({"Retry-After": "Mon, 23 Nov 2026 12:00:40 GMT"}, 40),
        ({"Retry-After": "soon", "X-RateLimit-Reset": "2026-11-23T12:02Z"}, 120),
        ({"X-RateLimit-Reset": "2026-11-23T12:01:00.000+0000"}, 60),
        ({"X-RateLimit-Reset": "2026-11-23T12:01:00"}, 60),
        ({"Retry-After": "7", "X-RateLimit-Reset": "2026-11-23T12:02Z"}, 7),
        ({}, 10),
        ({"Retry-After": "0"}, 1),
        ({"Retry-After": "-5"}, 1),
        ({"Retry-After": "1e300"}, 10),
        ({"Retry-After": "inf"}, 10),
        ({"Retry-After": "nan"}, 10),
        ({"Retry-After": "86400"}, 3600),
        ({"X-RateLimit-Interval-Seconds": "60", "X-RateLimit-FillRate": "10"}, 60),
        ({"X-RateLimit-Interval-Seconds": "60", "retry-after": "12"}, 12),
        ({"X-RateLimit-Interval-Seconds": "soon"}, 10),
        ({"X-RateLimit-Interval-Seconds": "99999"}, 3600),
    ],
)
def test_the_wait_is_what_the_site_says_within_reason(
    headers: dict[str, str], seconds: float
) -> None:
    told = throttled(CaseInsensitiveDict(headers), now=NOW)

    assert told.retry_after == timedelta(seconds=seconds)


def test_a_reason_is_kept_short_and_plain() -> None:
    assert throttled({"RateLimit-Reason": "jira-\x1bburst" + "x" * 99}, now=NOW).reason == (
        "jira- burst" + "x" * 49
    )


PER_ISSUE = "jira-per-issue-on-write"


@pytest.mark.parametrize(
    ("reason", "product", "endpoint", "issue"),
    [
        ("jira-quota-global-based", True, True, True),
        ("confluence-quota-tenant-based", True, True, True),
        (BUCKET, True, True, True),
        (BLOCKED, True, True, True),
        ("jira-burst-based", False, True, True),
        ("", False, True, True),
        ("jira-cost-based", False, True, True),
        (PER_ISSUE, False, False, True),
    ],
)
def test_a_pause_is_as_wide_as_its_reason(
    reason: str, product: bool, endpoint: bool, issue: bool
) -> None:
    governor = Governor(clock=lambda: 100.0)
    governor.heed(Read.ISSUE, Throttled(timedelta(seconds=30), reason), "PAY-1")

    def paused(what: Read, part: str = "") -> bool:
        try:
            governor.enter(what, part)
        except Throttled:
            return True
        return False

    found = paused(Read.ISSUE_SEARCH), paused(Read.ISSUE, "PAY-2"), paused(Read.ISSUE, "PAY-1")
    assert found == (product, endpoint, issue)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"X-RateLimit-Remaining": "0", "X-RateLimit-FillRate": "10", "Retry-After": "7"}, 7),
        (
            {
                "X-RateLimit-Remaining": "0",
                "X-RateLimit-Interval-Seconds": "60",
                "Retry-After": "0",
            },
            None,
        ),
        ({"X-RateLimit-Remaining": "0", "X-RateLimit-Interval-Seconds": "60"}, 60),
        ({"X-RateLimit-Remaining": "3", "X-RateLimit-FillRate": "10", "Retry-After": "0"}, None),
        ({"X-RateLimit-Remaining": "0"}, None),
        ({}, None),
    ],
)
def test_an_empty_bucket_is_noticed_before_the_next_refusal(
    headers: dict[str, str], seconds: int | None
) -> None:
    pause = spent(CaseInsensitiveDict(headers), now=NOW)

    assert (pause and pause.retry_after) == (seconds and timedelta(seconds=seconds))


def test_a_pause_ends() -> None:
    times = [100.0]
    governor = Governor(clock=lambda: times[0], sleep=lambda _: None)
    governor.heed(Read.ISSUES, Throttled(timedelta(seconds=30)))

    with pytest.raises(Throttled):
        governor.enter(Read.ISSUES)
    times[0] = 131.0

    governor.enter(Read.ISSUES)


def test_a_shorter_pause_does_not_cut_a_longer_one_short() -> None:
    governor = Governor(clock=lambda: 100.0)
    governor.heed(Read.ISSUES, Throttled(timedelta(seconds=30)))
    governor.heed(Read.ISSUES, Throttled(timedelta(seconds=3)))

    with pytest.raises(Throttled) as told:
        governor.enter(Read.ISSUES)

    assert told.value.retry_after == timedelta(seconds=30)


def test_memory_is_short_and_bounded() -> None:
    times = [0.0]
    memory: ShortMemory[str, int] = ShortMemory(
        lasting=timedelta(seconds=10), most=2, clock=lambda: times[0]
    )
    for number, name in enumerate("abc"):
        memory.keep(name, number)
    held = [memory.recall(name) for name in "abc"]
    memory.forget("b")
    times[0] = 11.0

    assert held == [None, 1, 2]
    assert [memory.recall(name) for name in "abc"] == [None, None, None]
