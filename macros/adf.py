"""A document in the Atlassian Document Format: what a Forge macro's export function answers with.

Nothing folds here, for nobody can click on paper, and there are no pictures: media would have to be
uploaded first. https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/
"""

from collections.abc import Iterator

from connector.core.json import JsonObject
from macros.document import (
    Banner,
    Block,
    Bullets,
    Cell,
    Code,
    Document,
    Fold,
    Inline,
    Lozenge,
    Paragraph,
    Reference,
    Table,
    Text,
    printable,
)

_COLOURS = {
    "on_track": "green",
    "done": "green",
    "at_risk": "yellow",
    "off_track": "red",
    "stale": "purple",
    "too_early": "blue",
}
_PANELS = {"info": "info", "warning": "warning", "danger": "error"}


def adf(document: Document) -> JsonObject:
    """The whole document, ready to be JSON."""
    content = [node for one in document for node in _block(one)]
    return {"version": 1, "type": "doc", "content": content}


def _block(one: Block) -> Iterator[JsonObject]:
    match one:
        case Paragraph():
            yield _paragraph(one)
        case Banner(tone=tone, paragraphs=paragraphs):
            content = [_paragraph(part) for part in paragraphs]
            yield _node("panel", content, panelType=_PANELS[tone])
        case Table():
            yield _table(one)
        case Fold(title=title, tables=tables):
            yield _paragraph(Paragraph((Text(title, strong=True),)))
            yield from map(_table, tables)


def _paragraph(one: Paragraph) -> JsonObject:
    return _node("paragraph", [node for part in one.parts for node in _inline(part)])


def _inline(one: Inline) -> Iterator[JsonObject]:
    """Nothing for an empty text: the format knows none."""
    text = printable(one.text)
    if not text:
        return
    match one:
        case Lozenge(tone=tone):
            color = _COLOURS.get(tone, "neutral")
            yield {"type": "status", "attrs": {"text": text, "color": color}}
        case Text(strong=True):
            yield _text(text, {"type": "strong"})
        case Code():
            yield _text(text, {"type": "code"})
        case Reference(url=url) if url:
            yield _text(text, {"type": "link", "attrs": {"href": printable(url)}})
        case _:
            yield _text(text)


def _text(text: str, *marks: JsonObject) -> JsonObject:
    return {"type": "text", "text": text} | ({"marks": list(marks)} if marks else {})


def _table(one: Table) -> JsonObject:
    rows = [_node("tableRow", [_cell(cell) for cell in row]) for row in one.rows]
    return _node("table", rows)


def _cell(one: Cell) -> JsonObject:
    content = [
        _bullets(block) if isinstance(block, Bullets) else _paragraph(block)
        for block in one.blocks or (Paragraph(()),)
    ]
    span = {"colspan": one.span} if one.span > 1 else {}
    return _node("tableHeader" if one.head else "tableCell", content, **span)


def _bullets(one: Bullets) -> JsonObject:
    return _node("bulletList", [_node("listItem", [_paragraph(item)]) for item in one.items])


def _node(kind: str, content: list[JsonObject], **attrs: str | int) -> JsonObject:
    return {"type": kind, "content": content} | ({"attrs": attrs} if attrs else {})
