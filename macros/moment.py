"""Points in time as a reader sees them: how long ago, and the exact moment behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from connector.core.words import Words

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_LONG_AGO = timedelta(days=30)
_KEYS = ("now", "minute", "minutes", "hour", "hours", "day", "days")


@dataclass(frozen=True, slots=True)
class Moment:
    """`iso` is UTC; `absolute` the site's local time in words; `age` as of the
    rendering, from 30 days on the date instead."""

    iso: str
    absolute: str
    age: str


@dataclass(frozen=True, slots=True)
class Moments:
    """The clock of one rendering: the same now, zone and language for every number."""

    words: Words
    now: datetime
    zone: ZoneInfo

    def of(self, value: datetime) -> Moment:
        local = value.astimezone(self.zone)
        age = self.now - value
        return Moment(
            iso(value),
            self.words.moment(local),
            self._age(age) if age < _LONG_AGO else self.words.day(local.date()),
        )

    def _age(self, age: timedelta) -> str:
        for unit, name in ((_DAY, "day"), (_HOUR, "hour"), (_MINUTE, "minute")):
            if age >= unit:
                count = age // unit
                key = f"age.{name}" if count == 1 else f"age.{name}s"
                return self.words.say(key, count=str(count))
        return self.words.say("age.now")


def iso(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def age_patterns(words: Words) -> Mapping[str, str]:
    """The same phrases for the page's script, `{count}` left in, so ages go on counting."""
    return {name: words.say(f"age.{name}", count="{count}") for name in _KEYS}
