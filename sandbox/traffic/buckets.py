"""
How Data Center limits: each person has a bucket of requests that is refilled at intervals.

https://confluence.atlassian.com/conf87/_ratelimiting_httpheaders-1333822054.html
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock


@dataclass(frozen=True, slots=True)
class TokenRule:
    """`limit` requests at most; `fill` more of them every `interval` seconds."""

    limit: int
    fill: int
    interval: int


# As one real site had it: https://github.com/AtlassianPS/JiraPS/issues/505
USUAL_RULE = TokenRule(limit=50, fill=10, interval=60)


@dataclass(slots=True)
class _Bucket:
    tokens: int
    filled: datetime


@dataclass(frozen=True, slots=True)
class Taken:
    """What is left after a request; `wait` is 0 unless it was refused."""

    rule: TokenRule
    left: int
    wait: int

    def headers(self) -> dict[str, str]:
        """As every answer carries them while limits are on."""
        return {
            "X-RateLimit-Limit": str(self.rule.limit),
            "X-RateLimit-Remaining": str(self.left),
            "X-RateLimit-Interval-Seconds": str(self.rule.interval),
            "X-RateLimit-FillRate": str(self.rule.fill),
            "Retry-After": str(self.wait),
        }


class Buckets:
    def __init__(self) -> None:
        self._lock = Lock()
        self._buckets: dict[tuple[str, str], _Bucket] = {}

    def take(self, product: str, person: str, rule: TokenRule, now: datetime) -> Taken:
        """One request of this person. Whole intervals refill; a begun one gives nothing yet."""
        with self._lock:
            bucket = self._buckets.setdefault((product, person), _Bucket(rule.limit, now))
            passed = max(0.0, (now - bucket.filled).total_seconds())
            times = int(passed // rule.interval)
            if times:
                bucket.tokens = min(rule.limit, bucket.tokens + times * rule.fill)
                bucket.filled += timedelta(seconds=times * rule.interval)
                passed -= times * rule.interval
            if bucket.tokens < 1:
                return Taken(rule, 0, max(1, -int(-(rule.interval - passed) // 1)))
            bucket.tokens -= 1
            return Taken(rule, bucket.tokens, 0)
