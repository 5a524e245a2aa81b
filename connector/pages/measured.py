"""The metric of a key result: from its columns, and from its sentence where they are silent."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from connector.core.measures import (
    Statement,
    better_when_less,
    bound_of,
    direction,
    in_unit,
    read_statement,
    same_dimension,
)
from connector.core.okr import Metric, MetricKind
from connector.core.standing import asks_for_answer, parse_answer
from connector.core.text import NUMBER, Quantity, exact, parse_quantity, parse_share, plain
from connector.pages.headers import Column

_LEVELS = frozenset({MetricKind.AT_LEAST, MetricKind.AT_MOST})
_RELATIVE = re.compile(rf"([-−+↑↓])\s?({NUMBER})\s?%")
NUMBERS = (Column.BASELINE, Column.CURRENT, Column.TARGET)


@dataclass(frozen=True, slots=True)
class Measured:
    """The metric, the columns whose words were no number, and whether the units compare."""

    metric: Metric | None
    unread: tuple[Column, ...]
    comparable: bool


def measured(title: str, written: Mapping[Column, str]) -> Measured:
    """Columns count first; a number in the sentence fills what they leave open.

    >>> measured("从 20s 降到 8s", {Column.CURRENT: "14"}).metric.current
    Fraction(14, 1)
    """
    answered = _answered(written)
    if answered is not None:
        return answered
    numbers = {column: parse_quantity(written[column]) for column in NUMBERS if column in written}
    said = read_statement(written.get(Column.TARGET, "")) if Column.TARGET in written else None
    whole = _whole(written, numbers)
    sentence = read_statement(title)
    in_target = None if numbers.get(Column.TARGET) else said
    relative = _relative(written.get(Column.TARGET, ""), numbers.get(Column.BASELINE))
    if relative is not None:
        numbers[Column.TARGET] = relative
    statement = in_target or sentence
    target = numbers.get(Column.TARGET) or whole or (statement.target if statement else None)
    baseline = numbers.get(Column.BASELINE) or _baseline(statement, target)
    target = target or _changed(statement, baseline)
    current = numbers.get(Column.CURRENT)
    unread = tuple(
        column
        for column, number in numbers.items()
        if number is None and not (column is Column.TARGET and in_target)
    )
    if target is None and baseline is None and current is None and statement is None:
        return Measured(None, unread, comparable=True)
    spoken = statement.target if statement and _same(statement, target) else None
    unit = _unit(written, target, baseline, current, spoken)
    kind = _kind(title, written, statement, baseline, target)
    metric = Metric(kind, in_unit(baseline, unit), _value(target), in_unit(current, unit), unit)
    units = [one.unit for one in (baseline, target, current) if one]
    return Measured(metric, unread, all(same_dimension(one, unit) for one in units))


def _answered(written: Mapping[Column, str]) -> Measured | None:
    """`是`, `yes` as a target, or `是/否` as a unit: met or not, 1 or 0."""
    target = written.get(Column.TARGET, "")
    asked = asks_for_answer(written.get(Column.UNIT, "")) or asks_for_answer(target)
    if not asked and parse_answer(target) is None:
        return None
    current = parse_answer(written.get(Column.CURRENT, ""))
    unread = (Column.CURRENT,) if current is None and written.get(Column.CURRENT) else ()
    now = None if current is None else Fraction(current)
    wanted = Fraction(parse_answer(target) is not False)
    metric = Metric(MetricKind.BINARY, 1 - wanted, wanted, now)
    return Measured(metric, unread, comparable=True)


def _relative(text: str, baseline: Quantity | None) -> Quantity | None:
    """`-20%` of a baseline that is no percentage itself."""
    change = _RELATIVE.fullmatch(plain(text))
    if change is None or baseline is None or baseline.unit == "%":
        return None
    sign = -1 if change[1] in "-−↓" else 1
    return Quantity(baseline.value * (1 + sign * exact(change[2]) / 100), baseline.unit)


def _whole(
    written: Mapping[Column, str], numbers: dict[Column, Quantity | None]
) -> Quantity | None:
    """`18/43` in the current column names the target too."""
    said = written.get(Column.CURRENT, "")
    if parse_share(said) is None:
        return None
    part, whole = (parse_quantity(piece) for piece in said.replace("of", "/").split("/"))
    numbers[Column.CURRENT] = part
    return whole


def _baseline(statement: Statement | None, target: Quantity | None) -> Quantity | None:
    """The sentence's own start, as long as sentence and column speak of the same target."""
    if statement is None or statement.baseline is None or statement.target is None:
        return None
    same = target is None or in_unit(statement.target, target.unit) == target.value
    return statement.baseline if same else None


def _same(statement: Statement, target: Quantity | None) -> bool:
    """Whether the sentence speaks of the target that the column names, or names it alone."""
    said = statement.target
    return said is None or target is None or in_unit(said, target.unit) == target.value


def _changed(statement: Statement | None, baseline: Quantity | None) -> Quantity | None:
    if statement is None or statement.change is None or baseline is None:
        return None
    return Quantity(statement.change.of(baseline.value), baseline.unit)


def _unit(written: Mapping[Column, str], *numbers: Quantity | None) -> str:
    own = written.get(Column.UNIT, "")
    return own or next((one.unit for one in numbers if one and one.unit), "")


def _kind(
    title: str,
    written: Mapping[Column, str],
    statement: Statement | None,
    baseline: Quantity | None,
    target: Quantity | None,
) -> MetricKind:
    bound = bound_of(written.get(Column.TARGET, ""))
    if bound is None and statement and statement.kind in _LEVELS and _same(statement, target):
        bound = statement.kind
    if baseline and target and (start := in_unit(baseline, target.unit)) is not None:
        return MetricKind.DECREASE if target.value < start else MetricKind.INCREASE
    if bound is None and target and target.value == 0:
        return MetricKind.AT_MOST
    spoken = statement.kind if statement and _same(statement, target) else None
    # without a start, the target of what should shrink is a limit
    unsaid = MetricKind.AT_MOST if better_when_less(title) else direction(title)
    return bound or spoken or unsaid


def _value(quantity: Quantity | None) -> Fraction | None:
    return quantity.value if quantity else None
