"""A document in Confluence's storage format, with nothing in it that only one editor knows.

Static macros answer with it, and the PDF, Word and e-mail renderings of dynamic ones. Pictures are
left out: the format holds no SVG, and an `ac:image` would need an address that answers without
proof of who is looking. So progress is said in words and colours.
https://confluence.atlassian.com/doc/confluence-storage-format-790796544.html
"""

from html import escape

from macros.document import (
    DRAWN,
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

# Grey is what a lozenge without a colour is.
_COLOURS = {
    "on_track": "Green",
    "done": "Green",
    "at_risk": "Yellow",
    "off_track": "Red",
    "stale": "Purple",
    "too_early": "Blue",
}
_PANELS = {"info": "info", "warning": "note", "danger": "warning"}


def storage(document: Document) -> str:
    """The whole document, one block a line."""
    return "".join(f"{_block(one)}\n" for one in document)


def inline_storage(parts: tuple[Inline, ...]) -> str:
    """What a macro in the run of a sentence shows: no block around it."""
    return "".join(_inline(one) for one in parts)


def _block(one: Block) -> str:
    match one:
        case Paragraph():
            return _paragraph(one)
        case Banner(tone=tone, paragraphs=paragraphs):
            return _macro(_PANELS[tone], "".join(map(_paragraph, paragraphs)))
        case Table():
            return _table(one)
        case Fold(title=title, tables=tables):
            return _macro("expand", "".join(map(_table, tables)), title=title)


def _paragraph(one: Paragraph, lead: str = "") -> str:
    return f"<p>{lead}{inline_storage(one.parts)}</p>"


def _bullets(one: Bullets, lead: str = "") -> str:
    items = "".join(f"<li>{_paragraph(item)}</li>" for item in one.items)
    return f"{lead}<ul>{items}</ul>"


def _inline(one: Inline) -> str:
    match one:
        case Text(text=text, strong=strong):
            return f"<strong>{_safe(text)}</strong>" if strong else _safe(text)
        case Code(text=text):
            return f"<code>{_safe(text)}</code>"
        case Reference(text=text, url=url):
            return f'<a href="{_safe(url)}">{_safe(text)}</a>' if url else _safe(text)
        case Lozenge(text=text, tone=tone):
            colour = {"colour": _COLOURS[tone]} if tone in _COLOURS else {}
            return _macro("status", **colour, title=text)


def _table(one: Table) -> str:
    """The mark stands before the first word."""
    mark = _macro("anchor", **{"": f"{DRAWN}{one.mark}"})
    first, *others = one.rows
    rows = (_row(first, mark), *map(_row, others))
    return f"<table><tbody>{''.join(rows)}</tbody></table>"


def _row(cells: tuple[Cell, ...], lead: str = "") -> str:
    first, *others = cells
    return f"<tr>{_cell(first, lead)}{''.join(map(_cell, others))}</tr>"


def _cell(one: Cell, lead: str = "") -> str:
    tag = "th" if one.head else "td"
    span = f' colspan="{one.span}"' if one.span > 1 else ""
    first, *others = one.blocks or (Paragraph(()),)
    blocks = (_in_cell(first, lead), *map(_in_cell, others))
    return f"<{tag}{span}>{''.join(blocks)}</{tag}>"


def _in_cell(one: Paragraph | Bullets, lead: str = "") -> str:
    return _bullets(one, lead) if isinstance(one, Bullets) else _paragraph(one, lead)


def _macro(name: str, body: str = "", **parameters: str) -> str:
    said = "".join(
        f'<ac:parameter ac:name="{key}">{_safe(value)}</ac:parameter>'
        for key, value in parameters.items()
    )
    inside = f"<ac:rich-text-body>{body}</ac:rich-text-body>" if body else ""
    return (
        f'<ac:structured-macro ac:name="{name}" ac:schema-version="1">'
        f"{said}{inside}</ac:structured-macro>"
    )


def _safe(text: str) -> str:
    return escape(printable(text))
