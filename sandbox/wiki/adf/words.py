"""The inline nodes of a document as storage format."""

from collections.abc import Callable
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

from sandbox.wiki.adf import model
from sandbox.wiki.adf.written_macros import core_macro
from sandbox.wire import JsonObject, as_object, as_text

_TAGS = {"strong": "strong", "em": "em", "underline": "u", "strike": "del", "code": "code"}
_COLOURS = {name: colour.title() for colour, name in model.STATUS_COLOURS.items()}


class Unknown(ValueError):
    """A node that cannot be stored; the message says which."""


def children(block: JsonObject, name: str = "content") -> list[JsonObject]:
    """The nodes (or marks) below a node, whatever else the client put there."""
    held = block.get(name)
    return [one for one in held if isinstance(one, dict)] if isinstance(held, list) else []


def inline(block: JsonObject) -> str:
    return "".join(_one(child) for child in children(block))


def legacy_text(told: JsonObject) -> str | None:
    """The storage format that a legacy extension carries; None for another extension."""
    if told.get("extensionType") != model.LEGACY:
        return None
    carried = as_object(told.get("parameters")).get("cxhtml")
    if not isinstance(carried, str):
        raise Unknown("Legacy content without its storage format cannot be stored")
    return carried


def _one(child: JsonObject) -> str:
    kind, told = as_text(child.get("type")), as_object(child.get("attrs"))
    if kind == "text":
        return _text(child)
    write = _WRITERS.get(kind)
    if write is None:
        raise Unknown(f"A node of type '{kind}' cannot be stored")
    return write(told)


def _text(child: JsonObject) -> str:
    written = escape(as_text(child.get("text")))
    for mark in reversed(children(child, "marks")):
        written = _marked(as_text(mark.get("type")), as_object(mark.get("attrs")), written)
    return written


def _marked(kind: str, told: JsonObject, inside: str) -> str:
    if kind in _TAGS:
        return f"<{_TAGS[kind]}>{inside}</{_TAGS[kind]}>"
    match kind:
        case "subsup":
            tag = "sup" if told.get("type") == "sup" else "sub"
            return f"<{tag}>{inside}</{tag}>"
        case "link":
            return f"<a href={quoteattr(as_text(told.get('href')))}>{inside}</a>"
        case "textColor" | "backgroundColor":
            name = "color" if kind == "textColor" else "background-color"
            return f'<span style="{name}: {_rgb(as_text(told.get("color")))};">{inside}</span>'
        case "annotation":
            reference = quoteattr(as_text(told.get("id")))
            return (
                f"<ac:inline-comment-marker ac:ref={reference}>{inside}</ac:inline-comment-marker>"
            )
    raise Unknown(f"A mark of type '{kind}' cannot be stored")


def _rgb(colour: str) -> str:
    try:
        parts = [int(colour[place : place + 2], 16) for place in (1, 3, 5)]
    except ValueError as error:
        raise Unknown(f"'{colour}' is no colour") from error
    return f"rgb({','.join(map(str, parts))})"


def _status(told: JsonObject) -> str:
    colour = _COLOURS.get(as_text(told.get("color")), "Grey")
    title = escape(as_text(told.get("text")))
    subtle = '<ac:parameter ac:name="subtle">true</ac:parameter>'
    local = as_text(told.get("localId"))
    known = f" ac:local-id={quoteattr(local)}" if local else ""
    return (
        f'<ac:structured-macro ac:name="status" ac:schema-version="1"{known}>'
        f'<ac:parameter ac:name="title">{title}</ac:parameter>'
        f'<ac:parameter ac:name="colour">{colour}</ac:parameter>'
        f"{subtle if told.get('style') == 'subtle' else ''}</ac:structured-macro>"
    )


def _date(told: JsonObject) -> str:
    try:
        moment = datetime.fromtimestamp(int(as_text(told.get("timestamp"))) / 1000, UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise Unknown("A date has a timestamp in milliseconds") from error
    return f'<time datetime="{moment.date().isoformat()}" />'


def _mention(told: JsonObject) -> str:
    account = quoteattr(as_text(told.get("id")))
    return f"<ac:link><ri:user ri:account-id={account} /></ac:link>"


def _emoji(told: JsonObject) -> str:
    short = as_text(told.get("shortName"))
    parts = {"ac:name": short.strip(":"), "ac:emoji-shortname": short}
    parts |= {
        f"ac:emoji-{target}": as_text(told[name])
        for name, target in (("id", "id"), ("text", "fallback"))
        if name in told
    }
    return f"<ac:emoticon{''.join(f' {k}={quoteattr(v)}' for k, v in parts.items())} />"


def _card(told: JsonObject) -> str:
    url = as_text(told.get("url"))
    if not url:
        raise Unknown("A card without an address cannot be stored")
    return f'<a href={quoteattr(url)} data-card-appearance="inline">{escape(url)}</a>'


def _extension(told: JsonObject) -> str:
    carried = legacy_text(told)
    return carried if carried is not None else core_macro(told, None)


def _media(told: JsonObject) -> str:
    alt = as_text(told.get("alt"))
    shown = f" ac:alt={quoteattr(alt)}" if alt else ""
    name = quoteattr(as_text(told.get("id")))
    return f'<ac:image ac:inline="true"{shown}><ri:attachment ri:filename={name} /></ac:image>'


_WRITERS: dict[str, Callable[[JsonObject], str]] = {
    "hardBreak": lambda _told: "<br />",
    "status": _status,
    "date": _date,
    "mention": _mention,
    "emoji": _emoji,
    "inlineCard": _card,
    "inlineExtension": _extension,
    "mediaInline": _media,
    "placeholder": lambda told: (
        f"<ac:placeholder>{escape(as_text(told.get('text')))}</ac:placeholder>"
    ),
}
