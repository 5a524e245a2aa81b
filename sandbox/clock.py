"""Time as the two products write it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

JIRA_FORMAT = "%Y-%m-%dT%H:%M:%S.%f"


def utc_now() -> datetime:
    return datetime.now(UTC)


class SettableClock:
    """A clock that can be set, moved and stopped; it starts as the one beneath it."""

    def __init__(self, beneath: Callable[[], datetime] = utc_now) -> None:
        self._beneath = beneath
        self._ahead = timedelta()
        self._stopped: datetime | None = None

    def __call__(self) -> datetime:
        return self._stopped or self._beneath() + self._ahead

    @property
    def stopped(self) -> bool:
        return self._stopped is not None

    def set(self, moment: datetime) -> None:
        if self._stopped is None:
            self._ahead = moment - self._beneath()
        else:
            self._stopped = moment

    def stop(self) -> None:
        self._stopped = self()

    def go_on(self) -> None:
        """From where it was stopped."""
        if self._stopped is not None:
            self._ahead, self._stopped = self._stopped - self._beneath(), None

    def reset(self) -> None:
        self._ahead, self._stopped = timedelta(), None


def jira_time(moment: datetime) -> str:
    """
    Jira writes milliseconds and an offset without a colon.

    >>> jira_time(datetime(2026, 11, 23, 9, 5, tzinfo=UTC))
    '2026-11-23T09:05:00.000+0000'
    """
    return _milliseconds(moment) + "+0000"


def wiki_time(moment: datetime) -> str:
    """
    Confluence writes milliseconds and a Z.

    >>> wiki_time(datetime(2026, 11, 23, 9, 5, tzinfo=UTC))
    '2026-11-23T09:05:00.000Z'
    """
    return _milliseconds(moment) + "Z"


def reset_time(moment: datetime) -> str:
    """
    The minute in which a rate limit ends, as `X-RateLimit-Reset` tells it.

    >>> reset_time(datetime(2026, 11, 23, 10, tzinfo=UTC))
    '2026-11-23T10:00Z'
    """
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")


def _milliseconds(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00")


def epoch_ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
