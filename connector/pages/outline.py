"""A page as the flat run of headings, paragraphs, lists and tables that a reader meets.

Layouts, panels, expands, excerpts and page properties are only wrappings around those.
"""

from collections.abc import Iterator
from typing import NamedTuple

from connector.core.text import plain
from connector.pages.marks import split_objective
from connector.pages.positions import Element
from connector.pages.source import AC, words_in
from macros.document import DRAWN

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
TASKS = f"{{{AC}}}task-list"
LISTS = frozenset({"ul", "ol", TASKS})
PARAMETER = f"{{{AC}}}parameter"
_PANEL = 6
_MACRO = f"{{{AC}}}structured-macro"
_NAME = f"{{{AC}}}name"
_NESTED = frozenset({"ul", "ol"})
_ITEMS = frozenset({"li", f"{{{AC}}}task"})
_SKIPPED = frozenset(
    f"{{{AC}}}{name}"
    for name in (
        "parameter",
        "plain-text-body",
        "placeholder",
        "adf-attribute",
        "adf-fallback",
        "image",
        "link",
    )
)


class Heading(NamedTuple):
    element: Element
    level: int


class Paragraph(NamedTuple):
    element: Element


class Items(NamedTuple):
    element: Element


class Table(NamedTuple):
    """`number` counts the tables of the page from 1; `details` are those of page properties.

    One that we drew holds no OKRs of its own: it repeats those of a page.
    """

    element: Element
    number: int
    details: bool
    drawn: bool = False


Block = Heading | Paragraph | Items | Table


def outline(root: Element) -> list[Block]:
    found: list[Block] = []
    _gather(root, found, details=False)
    return found


def _gather(parent: Element, found: list[Block], *, details: bool, inside_p: bool = False) -> None:
    """Depth first. A paragraph inside a paragraph is part of its words, not another one."""
    for one in parent:
        tag = one.tag
        if not isinstance(tag, str) or tag in _SKIPPED:
            continue
        if tag in _HEADINGS:
            found.append(Heading(one, _HEADINGS[tag]))
        elif tag in LISTS:
            found.append(Items(one))
        elif tag == "table":
            found.append(Table(one, _tables(found) + 1, details, _is_drawn(one)))
        else:
            if tag == "p" and not inside_p:
                found.append(Paragraph(one))
            elif tag == _MACRO and (title := _panel_title(one)) is not None:
                found.append(Heading(title, _PANEL))
            if len(one):
                inside = details or (tag == _MACRO and one.get(_NAME) == "details")
                _gather(one, found, details=inside, inside_p=inside_p or tag == "p")


def _is_drawn(table: Element) -> bool:
    """Whether its first cell itself bears the mark of what we draw, wherever it was copied to."""
    first = next(table.iter("td", "th"), None)
    marks = () if first is None else first.iter(_MACRO)
    return any(
        words_in(name).strip().startswith(DRAWN)
        for macro in marks
        if macro.get(_NAME) == "anchor"
        if next(macro.iterancestors("td", "th"), None) is first
        for name in macro.iterchildren(PARAMETER)
    )


def _panel_title(macro: Element) -> Element | None:
    """The title of a panel or an expand, where it is that of an objective."""
    if macro.get(_NAME) == "status":
        return None
    titles = (one for one in macro if one.tag == PARAMETER and one.get(_NAME) == "title")
    title = next(titles, None)
    return title if title is not None and split_objective(plain(title.text or ""))[2] else None


def items_of(ordered: Element) -> Iterator[Element]:
    return (one for one in ordered if one.tag in _ITEMS)


def nested_lists(item: Element) -> list[Element]:
    """Lists directly inside an item, not those deeper down."""
    return [one for one in item if one.tag in _NESTED]


def _tables(found: list[Block]) -> int:
    return next((b.number for b in reversed(found) if isinstance(b, Table)), 0)
