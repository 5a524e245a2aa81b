"""Time as the two products write it."""

from datetime import UTC, datetime

JIRA_FORMAT = "%Y-%m-%dT%H:%M:%S.%f"


def utc_now() -> datetime:
    return datetime.now(UTC)


def jira_time(moment: datetime) -> str:
    """
    Jira writes milliseconds and an offset without a colon.

    >>> jira_time(datetime(2026, 11, 23, 9, 5, tzinfo=UTC))
    '2026-11-23T09:05:00.000+0000'
    """
    return moment.astimezone(UTC).strftime(JIRA_FORMAT)[:-3] + "+0000"


def wiki_time(moment: datetime) -> str:
    """
    Confluence writes milliseconds and a Z.

    >>> wiki_time(datetime(2026, 11, 23, 9, 5, tzinfo=UTC))
    '2026-11-23T09:05:00.000Z'
    """
    return moment.astimezone(UTC).strftime(JIRA_FORMAT)[:-3] + "Z"


def epoch_ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
