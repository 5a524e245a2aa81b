"""CQL, as far as the connector asks: pages by label, space, title, id, type and last change."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from sandbox.directory import User
from sandbox.query.dates import moment, relative
from sandbox.query.parse import QuerySyntaxError, parse
from sandbox.query.tree import AllOf, AnyOf, Call, Clause, Condition, Operand, Sort
from sandbox.wiki.model import Page
from sandbox.wiki.store import PageStore

Test = Callable[[Page], bool]
_EQUAL = {"=", "in"}
_SETS = {"=", "!=", "in", "not in"}
_TEXT = {"~", "!~"}
_DATES = {"=", "!=", "<", ">", "<=", ">="}

_MOMENTS: dict[str, Callable[[Page], datetime]] = {
    "lastmodified": lambda page: page.version.created,
    "created": lambda page: page.created,
}
_VALUES: dict[str, Callable[[Page], set[str]]] = {
    "type": lambda _page: {"page"},
    "space": lambda page: {page.space.key.casefold()},
    "space.key": lambda page: {page.space.key.casefold()},
    "id": lambda page: {str(page.id)},
    "content": lambda page: {str(page.id)},
    "title": lambda page: {page.title.casefold()},
}


class CqlError(ValueError):
    """What is wrong with a query, in one sentence."""


@dataclass(frozen=True, slots=True)
class CqlSearch:
    user: User
    now: datetime
    pages: PageStore

    def find(self, cql: str) -> list[Page]:
        """Readable current pages, in the query's order. Raises `CqlError`."""
        try:
            query = parse(cql)
        except QuerySyntaxError as error:
            raise CqlError(f"Could not parse cql : {cql}") from error
        if query.where is None:
            raise CqlError(f"Could not parse cql : {cql}")
        test = self._test(query.where)
        found = [
            page
            for page in self.pages.all()
            if page.status == "current" and self.pages.may_read(page, self.user) and test(page)
        ]
        for sort in reversed(query.order):
            found.sort(key=_sort_key(sort), reverse=sort.descending)
        return found

    def _test(self, condition: Condition) -> Test:
        match condition:
            case Clause():
                return self._clause(condition)
            case AllOf(parts):
                all_tests = [self._test(part) for part in parts]
                return lambda page: all(test(page) for test in all_tests)
            case AnyOf(parts):
                any_tests = [self._test(part) for part in parts]
                return lambda page: any(test(page) for test in any_tests)

    def _clause(self, clause: Clause) -> Test:
        name = clause.field.casefold()
        if clause.operator in _TEXT and name in {"title", "text"}:
            return _contains(clause)
        if name in _MOMENTS:
            return self._dated(clause, _MOMENTS[name])
        if name == "label":
            return _among(clause, lambda page: {lb.name for lb in self.pages.labels(page)})
        if name in _VALUES:
            return _among(clause, _VALUES[name])
        raise CqlError(f"No field exists with name: {clause.field}")

    def _dated(self, clause: Clause, value: Callable[[Page], datetime]) -> Test:
        if clause.operator not in _DATES:
            raise _wrong_operator(clause)
        (operand,) = clause.operands
        border = self._instant(operand)
        match clause.operator:
            case "<":
                return lambda page: value(page) < border
            case "<=":
                return lambda page: value(page) <= border
            case ">":
                return lambda page: value(page) > border
            case ">=":
                return lambda page: value(page) >= border
            case "=":
                return lambda page: value(page).date() == border.date()
        return lambda page: value(page).date() != border.date()

    def _instant(self, operand: Operand) -> datetime:
        text = operand.arguments[0] if isinstance(operand, Call) and operand.arguments else "0m"
        if isinstance(operand, Call):
            if operand.name != "now" or relative(text) is None:
                raise CqlError(f"Unknown function or argument: {operand.name}({text})")
        else:
            text = operand.text
        found = moment(text, now=self.now, zone=self.user.zone)
        if found is None:
            raise CqlError(f"Could not parse the date '{text}'")
        return found.astimezone(UTC)


def _texts(clause: Clause) -> set[str]:
    calls = [operand.name for operand in clause.operands if isinstance(operand, Call)]
    if calls:
        raise CqlError(f"Unknown function: {calls[0]}()")
    return {o.text.casefold() for o in clause.operands if not isinstance(o, Call)}


def _among(clause: Clause, values: Callable[[Page], set[str]]) -> Test:
    if clause.operator not in _SETS:
        raise _wrong_operator(clause)
    wanted = _texts(clause)
    if clause.operator in _EQUAL:
        return lambda page: bool(values(page) & wanted)
    return lambda page: not values(page) & wanted


def _contains(clause: Clause) -> Test:
    words = [word.strip("*") for text in _texts(clause) for word in text.split()]
    found = clause.operator == "~"
    if clause.field.casefold() == "title":
        return lambda page: all(word in page.title.casefold() for word in words) == found
    return lambda page: (
        all(word in f"{page.title} {page.body}".casefold() for word in words) == found
    )


def _wrong_operator(clause: Clause) -> CqlError:
    return CqlError(f"The operator '{clause.operator}' is not supported by '{clause.field}'")


def _sort_key(sort: Sort) -> Callable[[Page], float | str]:
    match sort.field.casefold():
        case "lastmodified":
            return lambda page: page.version.created.timestamp()
        case "created":
            return lambda page: page.created.timestamp()
        case "title":
            return lambda page: page.title.casefold()
        case "id":
            return lambda page: page.id
    raise CqlError(f"Cannot order by: {sort.field}")
