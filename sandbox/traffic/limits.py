"""
The three systems that limit calls to a Cloud site. All are off until they are switched on.

Points are per product and clock hour, a burst is per route and method, and an issue takes so many
writes in two and in thirty seconds. On a real site points do not apply to API tokens; here they
apply to every caller, who stands in for an app.
"""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from sandbox.traffic.buckets import Buckets, TokenRule

HOUR = 3600
NEAR = 0.2
DEFAULT_RATES = {"GET": 100.0, "POST": 100.0, "PUT": 50.0, "DELETE": 50.0}
ROUTE_RATES = {
    ("GET", "/rest/api/3/issue/{issueIdOrKey}"): 150.0,
    ("GET", "/rest/api/3/issue/{issueIdOrKey}/changelog"): 200.0,
    ("POST", "/rest/api/3/search/approximate-count"): 150.0,
}
ISSUE_WINDOWS = ((20, 2), (100, 30))


@dataclass(frozen=True, slots=True)
class Rules:
    """
    What is on. `points` is the hourly quota; `scope` says whose it is: global or tenant.

    `tokens` is Data Center's, the others are Cloud's.
    """

    points: int | None = None
    scope: str = "global"
    burst: bool = False
    rates: dict[str, float] = field(default_factory=dict)
    per_issue: bool = False
    tokens: TokenRule | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A call that wants to pass. `issue` is named when the call writes to one."""

    product: str
    method: str
    route: str
    issue: str | None = None


@dataclass(frozen=True, slots=True)
class Excess:
    """Why a call does not pass, and when to come back; a quota has the name of its policy."""

    reason: str | None
    limit: int
    resets: datetime
    wait: int
    policy: str | None = None


@dataclass(slots=True)
class _Bucket:
    tokens: float
    filled: datetime


@dataclass(slots=True)
class _Hour:
    start: datetime
    used: int = 0


class Limits:
    def __init__(self, rules: Rules | None = None) -> None:
        self.rules = rules or Rules()
        self.buckets = Buckets()
        self._lock = Lock()
        self._hours: dict[str, _Hour] = {}
        self._buckets: dict[tuple[str, str], _Bucket] = {}
        self._writes: dict[str, deque[datetime]] = {}

    def excess(self, asked: Asked, now: datetime) -> Excess | None:
        """None for a call that may pass; it is then counted."""
        with self._lock:
            return (
                self._quota_excess(asked.product, now)
                or self._burst_excess(asked, now)
                or self._issue_excess(asked, now)
            )

    def charge(self, product: str, points: int, now: datetime) -> None:
        with self._lock:
            self._hour(product, now).used += points

    def headers(self, product: str, now: datetime) -> dict[str, str]:
        """What an answer says about the quota; nothing while there is none."""
        quota, scope = self.rules.points, self.rules.scope
        if quota is None:
            return {}
        with self._lock:
            left = max(0, quota - self._hour(product, now).used)
        name = _policy(scope)
        told = {
            "X-RateLimit-Limit": str(quota),
            "X-RateLimit-Remaining": str(left),
            "RateLimit-Policy": f"{name};q={quota};w={HOUR}",
        }
        if left < NEAR * quota:
            told["X-RateLimit-NearLimit"] = "true"
            told["RateLimit"] = f"{name};r={left};t={seconds_until(next_hour(now), now)}"
        return told

    def _hour(self, product: str, now: datetime) -> _Hour:
        start = now.replace(minute=0, second=0, microsecond=0)
        held = self._hours.get(product)
        if held is None or held.start != start:
            held = self._hours[product] = _Hour(start)
        return held

    def _quota_excess(self, product: str, now: datetime) -> Excess | None:
        quota = self.rules.points
        if quota is None or self._hour(product, now).used < quota:
            return None
        resets = next_hour(now)
        reason = f"{product}-quota-{self.rules.scope}-based"
        policy = _policy(self.rules.scope)
        return Excess(reason, quota, resets, seconds_until(resets, now), policy)

    def _burst_excess(self, asked: Asked, now: datetime) -> Excess | None:
        if not self.rules.burst:
            return None
        rate = self._rate(asked)
        bucket = self._buckets.setdefault((asked.method, asked.route), _Bucket(rate, now))
        gained = max(0.0, (now - bucket.filled).total_seconds()) * rate
        bucket.tokens, bucket.filled = min(rate, bucket.tokens + gained), now
        if bucket.tokens < 1:
            wait = timedelta(seconds=(1 - bucket.tokens) / rate)
            reason = "jira-burst-based" if asked.product == "jira" else None
            return Excess(reason, int(rate), now + wait, seconds_until(now + wait, now))
        bucket.tokens -= 1
        return None

    def _rate(self, asked: Asked) -> float:
        """A second's worth is also what the bucket holds: its real size is not published."""
        known = ROUTE_RATES.get((asked.method, asked.route), DEFAULT_RATES.get(asked.method, 100.0))
        return self.rules.rates.get(asked.method, known)

    def _issue_excess(self, asked: Asked, now: datetime) -> Excess | None:
        if not self.rules.per_issue or asked.issue is None:
            return None
        writes = self._writes.setdefault(asked.issue, deque())
        while writes and (now - writes[0]).total_seconds() >= ISSUE_WINDOWS[-1][1]:
            writes.popleft()
        for most, seconds in ISSUE_WINDOWS:
            recent = [at for at in writes if (now - at).total_seconds() < seconds]
            if len(recent) >= most:
                resets = recent[-most] + timedelta(seconds=seconds)
                return Excess("jira-per-issue-on-write", most, resets, seconds_until(resets, now))
        writes.append(now)
        return None


def _policy(scope: str) -> str:
    return f'"{scope}-app-quota"'


def next_hour(now: datetime) -> datetime:
    return now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


def seconds_until(moment: datetime, now: datetime) -> int:
    """Whole seconds, at least one."""
    return max(1, -int(-(moment - now).total_seconds() // 1))
