"""What the fields of JQL are made of: who asks, how values are compared, what goes wrong."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from sandbox.directory import User
from sandbox.jira.model import Issue
from sandbox.jira.store import IssueStore
from sandbox.query.tree import Clause

_ANONYMOUS_ZONE = ZoneInfo("Etc/UTC")

Test: TypeAlias = Callable[[Issue], bool]
SortKey: TypeAlias = Callable[[Issue], tuple[bool, float | str]]
Values: TypeAlias = Callable[[Issue], frozenset[str]]

CHOICE = frozenset({"=", "!=", "in", "not in", "is", "is not"})
ORDERED = CHOICE | {"<", ">", "<=", ">="}
TEXT = frozenset({"~", "!~", "is", "is not"})
HISTORY = frozenset({"was", "was not", "was in", "was not in", "changed", "not changed"})
# What stands for "no value" among the values a clause asks for.
NONE = ""

COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b,
}


class JqlError(ValueError):
    """The query is grammatical but asks about something that is not there."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks, when, and of what; search is not late about the issues in `fresh`."""

    user: User | None
    now: datetime
    store: IssueStore
    fresh: frozenset[int] = frozenset()

    @property
    def zone(self) -> ZoneInfo:
        return self.user.zone if self.user else _ANONYMOUS_ZONE

    def around(self, fact: str) -> Mapping[int, Any]:
        """What hangs on issues, by issue id: one of `surroundings.FACETS`."""
        return self.store.surroundings.fact(fact, now=self.now, fresh=self.fresh)

    def properties(self, key: str) -> Mapping[int, Any]:
        return self.store.surroundings.properties(key, now=self.now, fresh=self.fresh)

    def readable(self, id_or_key: str) -> Issue | None:
        issue = self.store.find(id_or_key)
        return issue if issue is not None and self.store.may_read(issue, self.user) else None


Resolve: TypeAlias = Callable[[str, str, Asking], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Field:
    """
    `kind` says which functions the field takes. `history` is its name in changelogs, for fields
    that `WAS` and `CHANGED` may ask about; `values` and `resolve` are of fields with known values.
    `many`: the field may hold several at once, and its changelog tells of each.
    """

    operators: frozenset[str]
    build: Callable[[Clause, Asking], Test]
    sort: SortKey | None = None
    kind: str = ""
    values: Values | None = None
    resolve: Resolve | None = None
    history: str | None = None
    many: bool = False


def missing(name: str, text: str) -> JqlError:
    return JqlError(f"The value '{text}' does not exist for the field '{name}'.")


def last(value: str | float | None) -> tuple[bool, float | str]:
    """Empty values sort behind all others."""
    return (True, "") if value is None else (False, value)


def one(value: str | int | None) -> frozenset[str]:
    return frozenset() if value is None else frozenset({str(value)})


def many(values: Iterable[int]) -> frozenset[str]:
    return frozenset(map(str, values))


def single(clause: Clause, texts: list[str]) -> str:
    """The one value of a comparison. Raises `JqlError` when a function gave none or several."""
    if len(texts) != 1:
        raise JqlError(
            f"The operator '{clause.operator}' does not support a list of values for the field "
            f"'{clause.field}'."
        )
    return texts[0]
