"""The policy document as people write it → Policy. What it leaves out keeps its default."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import schemas
from connector.core.errors import ConfigError
from connector.core.json import JsonObject
from connector.core.lint.rule import Limits, LintPolicy
from connector.core.okr import ProgressFrom
from connector.core.policy import CountingRule, Depth, Policy
from connector.core.publishing import Publish

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
        policy = Policy(**_read(_POLICY, document), spaces=_in_spaces(document))
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
    yield from _out_of_order("policy.lint", policy.lint.limits)
    for space, lint in policy.spaces.items():
        yield from _out_of_order(f"policy.spaces.{space}.lint", lint.limits)


def _out_of_order(where: str, limits: Limits) -> Iterator[str]:
    for name in ("title_words", "title_characters", "key_results"):
        least, most = getattr(limits, name)
        if least > most:
            yield f"{where}.{name}: {least} is above {most}"
    if limits.objectives_fine > limits.objectives_most:
        yield f"{where}.objectives_fine: must not be above objectives_most"
    if limits.confidence_low > limits.confidence_high:
        yield f"{where}.confidence_low: must not be above confidence_high"


def _in_spaces(document: JsonObject) -> dict[str, LintPolicy]:
    """What a space says replaces what the site says, name by name."""
    everywhere = document.get("lint", {})
    spaces = document.get("spaces", {})
    return {key: _lint({**everywhere, **one.get("lint", {})}) for key, one in spaces.items()}


def _lint(document: JsonObject) -> LintPolicy:
    return LintPolicy(frozenset(document.get("off", ())), Limits(**_read(_LIMITS, document)))


def _span(bounds: Iterable[float]) -> tuple[int, ...]:
    return tuple(int(one) for one in bounds)


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
_LIMITS: Mapping[str, Reader] = {
    "title_words": _span,
    "title_characters": _span,
    "key_results": _span,
    "objectives_fine": int,
    "objectives_most": int,
    "near_duplicate": _exact,
    "confidence_low": _exact,
    "confidence_high": _exact,
    "fantasy_below": _exact,
    "sandbagging_above": _exact,
    "confidence_worry": _exact,
    "unchanged_weeks": int,
    "aspirational_mean": _exact,
    "levels": tuple,
}
# A whole number may be written as 7.0, which JSON does not tell from 7.
_POLICY: Mapping[str, Reader] = {
    "labels": tuple,
    "counting": lambda document: CountingRule(**_read(_COUNTING, document)),
    "progress_from": ProgressFrom,
    "fiscal_year_start_month": int,
    "time_zone": str,
    "cadence_days": int,
    "keep_after_uninstall_days": int,
    "publish": Publish,
    "publish_every_seconds": int,
    "requests_per_minute": int,
    "pace_starts_at": _exact,
    "on_track_from": _exact,
    "at_risk_from": _exact,
    "parting_high": _exact,
    "parting_low": _exact,
    "lint": _lint,
}
