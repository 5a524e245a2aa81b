"""What CQL is built of: a searcher, fields, tests on pages."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sandbox.directory import User
from sandbox.query.borders import NAMES as BORDERS
from sandbox.query.borders import border
from sandbox.query.dates import moment, relative
from sandbox.query.tree import Call, Clause, Operand
from sandbox.wiki.model import Page
from sandbox.wiki.store import PageStore

Test = Callable[[Page], bool]
EQUALITY = frozenset(("=", "!=", "in", "not in"))
TEXT = frozenset(("~", "!~"))
ORDER = frozenset(("=", "!=", "<", ">", "<=", ">="))
_STRANGERS_ZONE = ZoneInfo("Etc/UTC")


class CqlError(ValueError):
    """What is wrong with a query, in one sentence."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks, when, where; `person` finds the account that a query means by a name."""

    user: User | None
    now: datetime
    pages: PageStore
    space: str | None = None
    content: str | None = None
    person: Callable[[str], str] = str

    @property
    def zone(self) -> ZoneInfo:
        return self.user.zone if self.user else _STRANGERS_ZONE

    @property
    def account(self) -> str:
        return self.user.account_id if self.user else ""

    def instant(self, operand: Operand) -> datetime:
        found = self._called(operand) if isinstance(operand, Call) else self._moment(operand.text)
        if found is None:
            raise CqlError(f"Could not parse the date '{shown(operand)}'")
        return found.astimezone(UTC)

    def _moment(self, text: str) -> datetime | None:
        return moment(text, now=self.now, zone=self.zone)

    def _called(self, call: Call) -> datetime | None:
        step = call.arguments[0] if call.arguments else None
        if call.name in BORDERS:
            return border(call.name, step, now=self.now, zone=self.zone)
        if call.name != "now":
            raise unknown_function(call)
        if step is None:
            return self.now
        return None if relative(step) is None else self._moment(step)


Builder = Callable[[Clause, Asking], Test]
SortKey = Callable[[Page], float | str]


@dataclass(frozen=True, slots=True)
class Field:
    """One field: the operators it takes, the test of a clause, the key to sort by if it sorts."""

    operators: frozenset[str]
    build: Builder
    sort: SortKey | None = None


def dated(value: Callable[[Page], datetime]) -> Field:
    """Equality means the same day, as in Confluence's own examples."""

    def build(clause: Clause, asking: Asking) -> Test:
        (operand,) = clause.operands
        wanted = asking.instant(operand)
        return lambda page: compared(clause.operator, value(page), wanted)

    return Field(ORDER, build, lambda page: value(page).timestamp())


def compared(operator: str, value: datetime, wanted: datetime) -> bool:
    match operator:
        case "<":
            return value < wanted
        case "<=":
            return value <= wanted
        case ">":
            return value > wanted
        case ">=":
            return value >= wanted
    return (value.date() == wanted.date()) == (operator == "=")


def among(clause: Clause, wanted: set[str], values: Callable[[Page], set[str]]) -> Test:
    if clause.operator in {"=", "in"}:
        return lambda page: bool(values(page) & wanted)
    return lambda page: not values(page) & wanted


def unknown_function(call: Call) -> CqlError:
    return CqlError(f"Unknown function: {shown(call)}")


def shown(operand: Operand) -> str:
    if isinstance(operand, Call):
        return f"{operand.name}({', '.join(operand.arguments)})"
    return operand.text
