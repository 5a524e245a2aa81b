"""The policy document as people write it → Policy. What it leaves out keeps its default."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import schemas
from connector.core.errors import ConfigError
from connector.core.json import JsonObject
from connector.core.okr import ProgressFrom
from connector.core.policy import CountingRule, Depth, Policy

# Any only here: what one value of the document becomes.
Reader = Callable[[Any], Any]


def policy_from(document: JsonObject) -> Policy:
    """
    Raises ConfigError with every problem and its path.

    >>> policy_from({"on_track_from": 0.65}).on_track_from
    Fraction(13, 20)
    """
    problems = [_told(one) for one in schemas.validate("policy", document)]
    if not problems:
        policy = Policy(**_read(_POLICY, document))
        problems = list(_problems(policy))
        if not problems:
            return policy
    raise ConfigError("; ".join(problems))


def _told(violation: schemas.Violation) -> str:
    return f"{'.'.join(filter(None, ('policy', violation.where)))}: {violation.message}"


def _read(readers: Mapping[str, Reader], document: JsonObject) -> JsonObject:
    return {name: read(document[name]) for name, read in readers.items() if name in document}


def _problems(policy: Policy) -> Iterator[str]:
    """What no single value shows."""
    if not _is_zone(policy.time_zone):
        yield f"policy.time_zone: no time zone is called {policy.time_zone!r}"
    if policy.at_risk_from > policy.on_track_from:
        yield "policy.at_risk_from: must not be above on_track_from"
    if policy.parting_low >= policy.parting_high:
        yield "policy.parting_low: must be below parting_high"


def _is_zone(name: str) -> bool:
    """A folder of zones (`America`) and a path out of them are none, each refused differently."""
    try:
        ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        return False
    return True


def _exact(number: float) -> Fraction:
    """By how it is written: 0.15 is 15/100, not the nearest binary fraction."""
    return Fraction(str(number))


def _casefolded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word.casefold() for word in words)


_COUNTING: Mapping[str, Reader] = {
    "depth": Depth,
    "excluded_resolutions": _casefolded,
    "in_progress_credit": _exact,
}
# A whole number may be written as 7.0, which JSON does not tell from 7.
_POLICY: Mapping[str, Reader] = {
    "labels": tuple,
    "counting": lambda document: CountingRule(**_read(_COUNTING, document)),
    "progress_from": ProgressFrom,
    "fiscal_year_start_month": int,
    "time_zone": str,
    "cadence_days": int,
    "pace_starts_at": _exact,
    "on_track_from": _exact,
    "at_risk_from": _exact,
    "parting_high": _exact,
    "parting_low": _exact,
}
