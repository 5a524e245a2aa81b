"""CQL over pages: what they are, where they are, whose they are, when they changed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sandbox.directory import User
from sandbox.query.borders import NAMES as BORDERS
from sandbox.query.borders import border
from sandbox.query.dates import moment, relative
from sandbox.query.parse import QuerySyntaxError, parse
from sandbox.query.tree import AllOf, AnyOf, Call, Clause, Condition, Operand, Sort
from sandbox.wiki.model import Page
from sandbox.wiki.store import PageStore

Test = Callable[[Page], bool]
_EQUAL = {"=", "in"}
_SETS = {"=", "!=", "in", "not in"}
_TEXT = {"~", "!~"}
_PEOPLE = {"creator", "contributor", "watcher"}
_DATES = {"=", "!=", "<", ">", "<=", ">="}

_MOMENTS: dict[str, Callable[[Page], datetime]] = {
    "lastmodified": lambda page: page.version.created,
    "created": lambda page: page.created,
}
_VALUES: dict[str, Callable[[Page], set[str]]] = {
    "type": lambda _page: {"page"},
    "space": lambda page: {page.space.key.casefold()},
    "space.key": lambda page: {page.space.key.casefold()},
    "space.type": lambda _page: {"global"},
    "creator": lambda page: {page.author},
    "parent": lambda page: set() if page.parent_id is None else {str(page.parent_id)},
    "id": lambda page: {str(page.id)},
    "content": lambda page: {str(page.id)},
    "title": lambda page: {page.title.casefold()},
}


_TEXTS: dict[str, Callable[[Page], str]] = {
    "title": lambda page: page.title,
    "text": lambda page: f"{page.title} {page.body}",
    "space.title": lambda page: page.space.name,
}
_STRANGERS_ZONE = ZoneInfo("Etc/UTC")


class CqlError(ValueError):
    """What is wrong with a query, in one sentence."""


@dataclass(frozen=True, slots=True)
class CqlSearch:
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
        if clause.operator in _TEXT and name in _TEXTS:
            return _contains(clause)
        if name in _MOMENTS:
            return self._dated(clause, _MOMENTS[name])
        values = _VALUES.get(name) or self._stored().get(name)
        if values is not None:
            return self._among(clause, values)
        raise CqlError(f"No field exists with name: {clause.field}")

    def _stored(self) -> dict[str, Callable[[Page], set[str]]]:
        pages, user = self.pages, self.account
        return {
            "label": lambda page: {label.name for label in pages.labels(page)},
            "ancestor": lambda page: {str(above.id) for above in pages.ancestors(page)},
            "contributor": lambda page: {one.version.author for one in pages.versions(page)},
            "watcher": lambda page: (
                {user} if pages.watches.watching("content", str(page.id), user) else set()
            ),
        }

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
        found = self._of_call(operand) if isinstance(operand, Call) else self._moment(operand.text)
        if found is None:
            raise CqlError(f"Could not parse the date '{_shown(operand)}'")
        return found.astimezone(UTC)

    def _moment(self, text: str) -> datetime | None:
        return moment(text, now=self.now, zone=self.zone)

    def _of_call(self, call: Call) -> datetime | None:
        step = call.arguments[0] if call.arguments else None
        if call.name in BORDERS:
            return border(call.name, step, now=self.now, zone=self.zone)
        if call.name != "now":
            raise CqlError(f"Unknown function: {_shown(call)}")
        if step is None:
            return self.now
        return None if relative(step) is None else self._moment(step)

    def _among(self, clause: Clause, values: Callable[[Page], set[str]]) -> Test:
        if clause.operator not in _SETS:
            raise _wrong_operator(clause)
        named = self._account_of if clause.field.casefold() in _PEOPLE else self._text
        wanted = {named(operand) for operand in clause.operands}
        if clause.operator in _EQUAL:
            return lambda page: bool(values(page) & wanted)
        return lambda page: not values(page) & wanted

    def _account_of(self, operand: Operand) -> str:
        text = self._text(operand)
        return text if isinstance(operand, Call) else self.person(text).casefold()

    def _text(self, operand: Operand) -> str:
        if not isinstance(operand, Call):
            return operand.text.casefold()
        known = {
            "currentuser": self.account,
            "currentspace": self.space,
            "currentcontent": self.content,
        }
        text = known.get(operand.name)
        if text is None:
            raise CqlError(f"Unknown function: {_shown(operand)}")
        return text.casefold()


def _shown(operand: Operand) -> str:
    if isinstance(operand, Call):
        return f"{operand.name}({', '.join(operand.arguments)})"
    return operand.text


def _contains(clause: Clause) -> Test:
    calls = [operand for operand in clause.operands if isinstance(operand, Call)]
    if calls:
        raise CqlError(f"Unknown function: {_shown(calls[0])}")
    words = [word.strip("*") for o in clause.operands for word in _shown(o).casefold().split()]
    found, text = clause.operator == "~", _TEXTS[clause.field.casefold()]
    return lambda page: all(word in text(page).casefold() for word in words) == found


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
