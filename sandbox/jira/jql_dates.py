"""Date fields of JQL: absolute dates, offsets from now, and the functions that give dates."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time

from sandbox.jira.jql_terms import COMPARISONS, ORDERED, Asking, Field, JqlError, Test, last
from sandbox.jira.model import Issue
from sandbox.query.borders import NAMES, border
from sandbox.query.dates import moment, relative
from sandbox.query.tree import Call, Clause, Operand

_FORMATS = (
    "Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', "
    "or a period format e.g. '-5d', '4w 2d'."
)


def date_field(value: Callable[[Issue], datetime | date | None], *, whole_days: bool) -> Field:
    """`whole_days`: the field holds days of the reader's calendar, and so do the values."""

    def build(clause: Clause, asking: Asking) -> Test:
        if clause.operator in {"is", "is not"}:
            return lambda issue: (value(issue) is None) == (clause.operator == "is")
        borders = [_border(clause.field, operand, asking) for operand in clause.operands]
        if whole_days:
            borders = [_instant(at.astimezone(asking.zone).date(), asking) for at in borders]
        fits = date_test(clause.operator, borders, asking)
        return lambda issue: (actual := value(issue)) is not None and fits(actual)

    def sort(issue: Issue) -> tuple[bool, float | str]:
        actual = value(issue)
        return last(actual.isoformat() if actual else None)

    return Field(ORDERED, build, sort, kind="date")


def date_test(
    operator: str, moments: Iterable[datetime], asking: Asking
) -> Callable[[datetime | date], bool]:
    """Whether an instant or a day stands to the moments as the operator wants."""
    borders = [moment.timestamp() for moment in moments]
    compare = COMPARISONS[{"in": "=", "not in": "!="}.get(operator, operator)]
    combined = all if operator in {"!=", "not in"} else any

    def fits(value: datetime | date) -> bool:
        at = _instant(value, asking).timestamp()
        return combined(compare(at, border) for border in borders)

    return fits


def instant(field: str, operand: Operand, asking: Asking) -> datetime:
    """The instant that a value of a date field or of a history predicate means."""
    return _border(field, operand, asking)


def _instant(value: datetime | date, asking: Asking) -> datetime:
    if isinstance(value, datetime):
        return value
    return datetime.combine(value, time(), tzinfo=asking.zone)


def _border(field: str, operand: Operand, asking: Asking) -> datetime:
    if isinstance(operand, Call):
        return _called(field, operand, asking)
    found = moment(operand.text, now=asking.now, zone=asking.zone)
    if found is None:
        raise JqlError(f"Date value '{operand.text}' for field '{field}' is invalid. {_FORMATS}")
    return found


def _called(field: str, call: Call, asking: Asking) -> datetime:
    step = call.arguments[0] if call.arguments else None
    found: datetime | None = None
    if call.name in NAMES:
        found = border(call.name, step, now=asking.now, zone=asking.zone)
    elif call.name == "now":
        offset = step or "0m"
        if relative(offset) is not None:
            found = moment(offset, now=asking.now, zone=asking.zone)
    else:
        raise unsuitable(field, call)
    if found is None or len(call.arguments) > 1:
        raise JqlError(f"'{step}' is not a valid offset for the function '{call.name}'.")
    return found


def unsuitable(field: str, call: Call) -> JqlError:
    return JqlError(f"A value provided by the function '{call.name}' is invalid for '{field}'.")
