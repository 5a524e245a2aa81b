"""Paragraphs, lists, tables, panels and layouts of a document as storage format."""

from collections.abc import Callable
from xml.sax.saxutils import escape, quoteattr

from sandbox.wiki.adf import model
from sandbox.wiki.adf.words import Unknown, children, inline, legacy_text
from sandbox.wiki.adf.written_macros import adf_attributes, attribute, core_macro, macro, plain_body
from sandbox.wiki.adf.written_shapes import attrs_of, column_widths, nearest_layout
from sandbox.wire import JsonObject, as_object, as_text


def block_storage(block: JsonObject) -> str:
    kind = as_text(block.get("type"))
    write = _WRITERS.get(kind)
    if write is None:
        raise Unknown(f"A node of type '{kind}' cannot be stored")
    return write(block)


def _inside(block: JsonObject) -> str:
    return "".join(block_storage(child) for child in children(block))


def _local(block: JsonObject, name: str = "ac:local-id") -> str:
    return attribute(name, attrs_of(block).get("localId"))


def _style(block: JsonObject) -> str:
    for one in children(block, "marks"):
        told = as_object(one.get("attrs"))
        if one.get("type") == "alignment":
            return f' style="text-align: {"center" if told.get("align") == "center" else "right"};"'
        if one.get("type") == "indentation" and isinstance(told.get("level"), int):
            return f' style="margin-left: {told["level"] * 30}.0px;"'
    return ""


def _paragraph(block: JsonObject) -> str:
    return f"<p{_local(block, 'local-id')}{_style(block)}>{inline(block)}</p>"


def _heading(block: JsonObject) -> str:
    level = attrs_of(block).get("level")
    if not isinstance(level, int) or not 1 <= level <= 6:
        raise Unknown("A heading has a level from 1 to 6")
    return f"<h{level}{_local(block, 'local-id')}{_style(block)}>{inline(block)}</h{level}>"


def _list(block: JsonObject) -> str:
    tag = "ol" if block.get("type") == "orderedList" else "ul"
    start = attribute("start", attrs_of(block).get("order"))
    return f"<{tag}{_local(block)}{start}>{_inside(block)}</{tag}>"


def _item(block: JsonObject) -> str:
    return f"<li{_local(block)}>{_inside(block)}</li>"


def _quote(block: JsonObject) -> str:
    return f"<blockquote{_local(block)}>{_inside(block)}</blockquote>"


def _table(block: JsonObject) -> str:
    told = attrs_of(block)
    opening = "".join(
        attribute(name, told.get(source))
        for name, source in (
            ("data-table-width", "width"),
            ("data-layout", "layout"),
            ("data-table-display-mode", "displayMode"),
            ("ac:local-id", "localId"),
        )
    )
    columns = "".join(f'<col style="width: {float(width)}px;" />' for width in column_widths(block))
    group = f"<colgroup>{columns}</colgroup>" if columns else ""
    return f"<table{opening}>{group}<tbody>{_inside(block)}</tbody></table>"


def _row(block: JsonObject) -> str:
    return f"<tr{_local(block)}>{_inside(block)}</tr>"


def _cell(block: JsonObject) -> str:
    tag, told = "th" if block.get("type") == "tableHeader" else "td", attrs_of(block)
    reach = "".join(
        attribute(name, told.get(name))
        for name in ("colspan", "rowspan")
        if told.get(name) not in (None, 1)
    )
    colour = attribute("data-highlight-colour", told.get("background"))
    valign = attribute("data-valign", told.get("valign"))
    return f"<{tag}{colour}{reach}{valign}{_local(block)}>{_inside(block)}</{tag}>"


_PANEL_MACROS = {kind: name for name, kind in model.PANELS.items()}
_CUSTOM = {
    "panelIcon": "panelIcon",
    "panelIconId": "panelIconId",
    "panelIconText": "panelIconText",
    "panelColor": "bgColor",
}


def _panel(block: JsonObject) -> str:
    told = attrs_of(block)
    kind = as_text(told.get("panelType"))
    if kind == "custom":
        given = {_CUSTOM[name]: as_text(told[name]) for name in _CUSTOM if name in told}
        return macro("panel", given, _inside(block), _local(block))
    if kind in _PANEL_MACROS:
        return macro(_PANEL_MACROS[kind], {}, _inside(block), _local(block))
    return (
        '<ac:adf-extension><ac:adf-node type="panel">'
        f"{adf_attributes(told)}<ac:adf-content>{_inside(block)}</ac:adf-content>"
        "</ac:adf-node></ac:adf-extension>"
    )


def _expand(block: JsonObject) -> str:
    title = as_text(attrs_of(block).get("title"))
    return macro("expand", {"title": title} if title else {}, _inside(block), _local(block))


def _code(block: JsonObject) -> str:
    words = "".join(as_text(child.get("text")) for child in children(block))
    language = as_text(attrs_of(block).get("language"))
    given = f'<ac:parameter ac:name="language">{escape(language)}</ac:parameter>'
    return (
        f'<ac:structured-macro ac:name="code" ac:schema-version="1"{_local(block)}>'
        f"{given if language else ''}{plain_body(words)}</ac:structured-macro>"
    )


def _layout(block: JsonObject) -> str:
    columns = children(block)
    shares = [attrs_of(column).get("width") for column in columns]
    nearest = nearest_layout(shares)
    mode = next(
        (as_object(one.get("attrs")).get("mode") for one in children(block, "marks")), "default"
    )
    cells = "".join(f"<ac:layout-cell>{_inside(column)}</ac:layout-cell>" for column in columns)
    return (
        f'<ac:layout-section ac:type="{nearest}"{attribute("ac:breakout-mode", mode)}'
        f"{_local(block)}>{cells}</ac:layout-section>"
    )


def _tasks(block: JsonObject) -> str:
    listed = attribute("ac:task-list-id", attrs_of(block).get("localId"))
    items = "".join(
        _tasks(child) if child.get("type") == "taskList" else _task(child)
        for child in children(block)
    )
    return f"<ac:task-list{listed}>{items}</ac:task-list>"


def _task(block: JsonObject) -> str:
    told = attrs_of(block)
    local = as_text(told.get("localId"))
    status = "complete" if told.get("state") == "DONE" else "incomplete"
    number = f"<ac:task-id>{escape(local)}</ac:task-id>" if local else ""
    return (
        f"<ac:task>{number}<ac:task-status>{status}</ac:task-status>"
        f"<ac:task-body>{inline(block)}</ac:task-body></ac:task>"
    )


def _decisions(block: JsonObject) -> str:
    items = "".join(
        f'<ac:adf-node type="decision-item">{adf_attributes(attrs_of(item))}'
        f"<ac:adf-content>{inline(item)}</ac:adf-content></ac:adf-node>"
        for item in children(block)
    )
    return (
        '<ac:adf-extension><ac:adf-node type="decision-list">'
        f"{adf_attributes(attrs_of(block))}{items}</ac:adf-node></ac:adf-extension>"
    )


def _extension(block: JsonObject) -> str:
    told = attrs_of(block)
    carried = legacy_text(told)
    if carried is not None:
        return carried
    if told.get("extensionType") != model.CORE:
        return (
            f'<ac:adf-extension><ac:adf-node type="extension">{adf_attributes(told)}'
            "</ac:adf-node></ac:adf-extension>"
        )
    rich = _inside(block) if block.get("type") == "bodiedExtension" else None
    return core_macro(told, rich)


def _card(block: JsonObject) -> str:
    told = attrs_of(block)
    url, kind = as_text(told.get("url")), block.get("type")
    if not url:
        raise Unknown("A card without an address cannot be stored")
    appearance = "block" if kind == "blockCard" else "embed"
    layout = attribute("data-layout", told.get("layout")) if kind == "embedCard" else ""
    opening = f'<a href={quoteattr(url)} data-card-appearance="{appearance}"{layout}>'
    return f"<p>{opening}{escape(url)}</a></p>"


def _media(block: JsonObject) -> str:
    """Media are known by file name here; a caption is not stored."""
    media = next((one for one in children(block) if one.get("type") == "media"), {})
    told, layout = attrs_of(media), attribute("ac:layout", attrs_of(block).get("layout"))
    shown = "".join(attribute(f"ac:{name}", told.get(name)) for name in ("alt", "width", "height"))
    if told.get("type") == "external":
        source = f"<ri:url{attribute('ri:value', told.get('url'))} />"
    else:
        source = f"<ri:attachment{attribute('ri:filename', told.get('id'))} />"
    return f"<ac:image{layout}{shown}>{source}</ac:image>"


_WRITERS: dict[str, Callable[[JsonObject], str]] = {
    "paragraph": _paragraph,
    "heading": _heading,
    "bulletList": _list,
    "orderedList": _list,
    "listItem": _item,
    "blockquote": _quote,
    "rule": lambda block: f"<hr{_local(block)} />",
    "table": _table,
    "tableRow": _row,
    "tableCell": _cell,
    "tableHeader": _cell,
    "panel": _panel,
    "expand": _expand,
    "nestedExpand": _expand,
    "codeBlock": _code,
    "layoutSection": _layout,
    "taskList": _tasks,
    "decisionList": _decisions,
    "extension": _extension,
    "bodiedExtension": _extension,
    "blockCard": _card,
    "embedCard": _card,
    "mediaSingle": _media,
    "mediaGroup": lambda block: "".join(_media({"content": [one]}) for one in children(block)),
}
