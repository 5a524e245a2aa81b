"""The fields of CQL over pages."""

from collections.abc import Callable
from functools import lru_cache

from lxml import etree

from sandbox.directory import user_by_id
from sandbox.query.tree import Call, Clause, Operand
from sandbox.query.words import finder
from sandbox.wiki.cql_terms import (
    EQUALITY,
    TEXT,
    Asking,
    CqlError,
    Field,
    SortKey,
    Test,
    among,
    dated,
    shown,
    unknown_function,
)
from sandbox.wiki.model import Page
from sandbox.wiki.storage_format import AC, RI, NotStorageFormat, is_element, parse

Values = Callable[[Page, Asking], set[str]]
MOST_VIEWED = 100
_UNSEEN = {f"{{{AC}}}parameter", f"{{{AC}}}task-id", f"{{{AC}}}task-status"}


def _named(clause: Clause, functions: dict[str, Callable[[Call], list[str]]]) -> set[str]:
    wanted: set[str] = set()
    for operand in clause.operands:
        if not isinstance(operand, Call):
            wanted.add(operand.text.casefold())
        elif operand.name in functions:
            wanted.update(text.casefold() for text in functions[operand.name](operand))
        else:
            raise unknown_function(operand)
    return wanted


def _plain(values: Values, sort: SortKey | None = None) -> Field:
    def build(clause: Clause, asking: Asking) -> Test:
        return among(clause, _named(clause, {}), lambda page: values(page, asking))

    return Field(EQUALITY, build, sort)


def _content(values: Values, sort: SortKey | None = None) -> Field:
    """Pages by id: the one where the query stands, those somebody looked at."""

    def build(clause: Clause, asking: Asking) -> Test:
        def here(call: Call) -> list[str]:
            if asking.content is None:
                raise unknown_function(call)
            return [asking.content]

        functions = {
            "currentcontent": here,
            "recentlyviewedcontent": lambda call: [str(n) for n in _viewed(call, asking)],
        }
        wanted = _named(clause, functions)
        return among(clause, wanted, lambda page: values(page, asking))

    return Field(EQUALITY, build, sort)


def _viewed(call: Call, asking: Asking) -> list[int]:
    """`recentlyViewedContent(limit, offset)`."""
    numbers = [_whole(text, call) for text in call.arguments]
    limit, offset = [*numbers, MOST_VIEWED, 0][0], (numbers[1] if len(numbers) > 1 else 0)
    return asking.pages.watches.viewed(asking.account)[offset : offset + limit]


def _whole(text: str, call: Call) -> int:
    if not text.isdecimal() or len(text) > 6:
        raise CqlError(f"A function takes whole numbers: {shown(call)}")
    return int(text)


def _space(values: Values, sort: SortKey | None = None) -> Field:
    def build(clause: Clause, asking: Asking) -> Test:
        def here(call: Call) -> list[str]:
            if asking.space is None:
                raise unknown_function(call)
            return [asking.space]

        def viewed(call: Call) -> list[str]:
            most = _whole(call.arguments[0], call) if call.arguments else MOST_VIEWED
            found = [asking.pages.find(one) for one in asking.pages.watches.viewed(asking.account)]
            return list(dict.fromkeys(page.space.key for page in found if page))[:most]

        def favourite(_call: Call) -> list[str]:
            return asking.pages.watches.targets("favourite-space", asking.account)

        functions = {
            "currentspace": here,
            "recentlyviewedspaces": viewed,
            "favouritespaces": favourite,
            "favoritespaces": favourite,
        }
        wanted = _named(clause, functions)
        return among(clause, wanted, lambda page: values(page, asking))

    return Field(EQUALITY, build, sort)


def _people(values: Values, sort: SortKey | None = None) -> Field:
    """By account id."""

    def build(clause: Clause, asking: Asking) -> Test:
        wanted = {_account(operand, asking) for operand in clause.operands}

        def there(page: Page) -> set[str]:
            return {one.casefold() for one in values(page, asking)}

        return among(clause, wanted, there)

    return Field(EQUALITY, build, sort)


def _account(operand: Operand, asking: Asking) -> str:
    if not isinstance(operand, Call):
        return asking.person(operand.text).casefold()
    if operand.name != "currentuser" or not asking.account:
        raise unknown_function(operand)
    return asking.account.casefold()


def _text(value: Callable[[Page], str]) -> Field:
    def build(clause: Clause, _asking: Asking) -> Test:
        calls = [operand for operand in clause.operands if isinstance(operand, Call)]
        if calls:
            raise unknown_function(calls[0])
        found = finder(" ".join(shown(operand) for operand in clause.operands))
        return lambda page: found(value(page)) == (clause.operator == "~")

    return Field(TEXT, build)


def _either(equal: Field, text: Field) -> Field:
    """A field that takes `=` as well as `~`."""

    def build(clause: Clause, asking: Asking) -> Test:
        return (text if clause.operator in TEXT else equal).build(clause, asking)

    return Field(equal.operators | text.operators, build, equal.sort)


def _watching(kind: str) -> Values:
    """Whether the one who asks does: of others nobody is told."""

    def values(page: Page, asking: Asking) -> set[str]:
        watches, user = asking.pages.watches, asking.account
        return {user} if user and watches.watching(kind, str(page.id), user) else set()

    return values


@lru_cache(maxsize=2048)
def _root(body: str) -> etree._Element | None:
    try:
        return parse(body)
    except NotStorageFormat:
        return None


def words_of(page: Page) -> str:
    """The words a reader sees, without what parameters say."""
    return _words(page.body)


@lru_cache(maxsize=2048)
def _words(body: str) -> str:
    root = _root(body)
    if root is None:
        return ""
    parts: list[str] = []
    for node in root.iter():
        if is_element(node) and node.tag not in _UNSEEN and node.text:
            parts.append(node.text)
        if node.tail:
            parts.append(node.tail)
    return " ".join(" ".join(parts).split())


@lru_cache(maxsize=2048)
def _macros(body: str) -> frozenset[str]:
    root = _root(body)
    if root is None:
        return frozenset()
    names = {
        node.get(f"{{{AC}}}name", "").casefold() for node in root.iter(f"{{{AC}}}structured-macro")
    }
    keys = [
        (node.text or "").rsplit("/", 1)[-1].casefold()
        for node in root.iter(f"{{{AC}}}adf-attribute")
        if node.get("key") == "extension-key"
    ]
    return frozenset(names.union(keys))


@lru_cache(maxsize=2048)
def _mentions(body: str) -> frozenset[str]:
    root = _root(body)
    if root is None:
        return frozenset()
    people = root.iter(f"{{{RI}}}user")
    return frozenset(node.get(f"{{{RI}}}account-id", "") for node in people)


def _name(account: str) -> str:
    user = user_by_id(account)
    return user.name if user else ""


def _title(page: Page) -> str:
    return page.title.casefold()


def _ids(page: Page, _asking: Asking) -> set[str]:
    return {str(page.id)}


def _above(page: Page, _asking: Asking) -> set[str]:
    return set() if page.parent_id is None else {str(page.parent_id)}


_SPACE_KEY = _space(lambda page, _: {page.space.key.casefold()}, lambda page: page.space.key)
_EVERYWHERE = _text(lambda page: f"{page.title} {words_of(page)}")
FIELDS: dict[str, Field] = {
    "ancestor": _content(lambda page, asking: {str(p.id) for p in asking.pages.ancestors(page)}),
    "container": _content(lambda _page, _asking: set()),
    "content": _content(_ids, lambda page: page.id),
    "contributor": _people(
        lambda page, asking: {one.version.author for one in asking.pages.versions(page)}
    ),
    "contributor.fullname": _text(lambda page: _name(page.version.author)),
    "created": dated(lambda page: page.created),
    "creator": _people(lambda page, _: {page.author}, lambda page: page.author),
    "creator.fullname": _text(lambda page: _name(page.author)),
    "favourite": _people(_watching("favourite")),
    "favorite": _people(_watching("favourite")),
    "id": _content(_ids, lambda page: page.id),
    "label": _plain(
        lambda page, asking: {label.name.casefold() for label in asking.pages.labels(page)}
    ),
    "lastmodified": dated(lambda page: page.version.created),
    "macro": _plain(lambda page, _: set(_macros(page.body))),
    "mention": _people(lambda page, _: set(_mentions(page.body))),
    "parent": _content(_above),
    "sitesearch": _EVERYWHERE,
    "space": _SPACE_KEY,
    "space.key": _SPACE_KEY,
    "space.title": _text(lambda page: page.space.name),
    "space.type": _plain(lambda _page, _: {"global"}),
    "text": _EVERYWHERE,
    "title": _either(_plain(lambda page, _: {_title(page)}, _title), _text(lambda p: p.title)),
    "type": _plain(lambda _page, _: {"page"}, lambda _page: "page"),
    "watcher": _people(_watching("content")),
}
