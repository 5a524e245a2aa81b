"""Paragraphs, lists, tables, panels and layouts of storage format as nodes of a document."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from sandbox.wiki.adf import model
from sandbox.wiki.adf.block_parts import (
    TABLE_LAYOUTS,
    block_marks,
    code,
    code_block,
    image,
    is_count,
    layout_of,
    local_id,
    may_carry,
    only_card,
    only_text,
    rich_body,
)
from sandbox.wiki.adf.cells import spans, widths
from sandbox.wiki.adf.extensions import adf_attributes, macro_attributes
from sandbox.wiki.adf.inline import Inline, run
from sandbox.wiki.adf.model import mark, node
from sandbox.wiki.adf.task_lists import task_list
from sandbox.wiki.macros import macro_parameters
from sandbox.wiki.storage_format import AC, as_storage, is_element
from sandbox.wire import JsonObject

Blocks = list[JsonObject]
_INLINE_MACROS = {"status", "anchor"}
_INLINE_AC = {"link", "emoticon", "placeholder", "inline-comment-marker"}
_BLOCKS = frozenset(
    ("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "table", "tbody", "tr", "td", "hr")
) | {"blockquote", "pre", "div", "section"}
_FLAT = {"div", "section", "article", "center"}


@dataclass(frozen=True, slots=True)
class BlockReader:
    inline: Inline

    def content(self, parent: etree._Element, place: str, *, least: int = 1) -> Blocks:
        """Everything below an element as blocks that may stand in `place`."""
        found = [self._fitting(block, source, place) for block, source in self._below(parent)]
        if len(found) < least:
            found.append(node("paragraph", []))
        return found

    def _below(self, parent: etree._Element) -> Iterator[tuple[JsonObject, etree._Element]]:
        """Blocks with the elements they come from; loose words become paragraphs."""
        words = self.inline.children(only_text(parent.text), [])
        for child in parent:
            if self._is_block(child):
                yield from self._paragraph_of(words, parent)
                words = []
                yield from self._blocks(child)
            else:
                words += self.inline.element(child, [])
            words += self.inline.children(only_text(child.tail), [])
        yield from self._paragraph_of(words, parent)

    def _paragraph_of(
        self, words: Blocks, parent: etree._Element
    ) -> Iterator[tuple[JsonObject, etree._Element]]:
        inside = run(words)
        if inside:
            yield node("paragraph", inside), parent

    def _is_block(self, found: etree._Element) -> bool:
        if not is_element(found):
            return False
        name = etree.QName(found)
        if name.namespace != AC:
            return name.localname in _BLOCKS | _FLAT
        if name.localname in {"structured-macro", "macro"}:
            return found.get(f"{{{AC}}}name") not in _INLINE_MACROS
        return name.localname not in _INLINE_AC

    def _blocks(self, found: etree._Element) -> Iterator[tuple[JsonObject, etree._Element]]:
        name = etree.QName(found).localname
        if name in _FLAT or name in {"layout", "adf-content"}:
            yield from self._below(found)
        elif name == "layout-section" and layout_of(found) is None:
            cells = found.findall(f"{{{AC}}}layout-cell")
            if found.get(f"{{{AC}}}type") in model.SINGLE and cells:
                yield from self._below(cells[0])
            else:
                yield model.legacy("extension", as_storage(found)), found
        else:
            made = self._block(found, name)
            yield made or model.legacy("extension", as_storage(found)), found

    def _block(self, found: etree._Element, name: str) -> JsonObject | None:
        if name in _READERS:
            return _READERS[name](self, found)
        if re.fullmatch("h[1-6]", name):
            attrs = {"level": int(name[1])} | local_id(found)
            return node("heading", self._run(found), attrs, block_marks(found))
        return None

    def _fitting(self, block: JsonObject, source: etree._Element, place: str) -> JsonObject:
        """The block as `place` takes it; what it does not take is carried as storage format."""
        kind = block["type"]
        if kind == "expand" and "nestedExpand" in model.ALLOWED[place]:
            title = block.get("attrs", {}).get("title", "")
            inside = self.content(rich_body(source), "nestedExpand")
            return node("nestedExpand", inside, {"title": title} | local_id(source))
        if kind not in model.ALLOWED[place]:
            return model.legacy("extension", as_storage(source))
        marks = [one for one in block.get("marks", []) if may_carry(place, kind, one["type"])]
        kept = {name: value for name, value in block.items() if name != "marks"}
        return kept | ({"marks": marks} if marks else {})

    def _run(self, found: etree._Element) -> Blocks:
        return run(self.inline.children(found, []))

    def _paragraph(self, found: etree._Element) -> JsonObject:
        card = only_card(found)
        if card is not None:
            return card
        return node("paragraph", self._run(found), local_id(found), block_marks(found))

    def _list(self, found: etree._Element) -> JsonObject | None:
        items = []
        for child in found:
            if not is_element(child):
                continue
            if etree.QName(child).localname == "li":
                items.append(node("listItem", self.content(child, "listItem"), local_id(child)))
            elif (nested := self._block(child, etree.QName(child).localname)) is not None:
                inside = [self._fitting(nested, child, "listItem")]
                items.append(node("listItem", inside))
        if not items:
            return None
        attrs = local_id(found)
        if found.tag == "ul":
            return node("bulletList", items, attrs)
        start = found.get("start", "")
        return node(
            "orderedList", items, attrs | ({"order": int(start)} if is_count(start) else {})
        )

    def _table(self, found: etree._Element) -> JsonObject | None:
        columns = widths(found)
        rows = [
            node("tableRow", self._cells(row, columns))
            for row in found.iter("tr")
            if next(row.iterancestors("table"), None) is found
        ]
        if not rows:
            return None
        attrs = local_id(found)
        if (layout := found.get("data-layout")) in TABLE_LAYOUTS:
            attrs["layout"] = layout
        if (mode := found.get("data-table-display-mode")) in {"default", "fixed"}:
            attrs["displayMode"] = mode
        if is_count(found.get("data-table-width", "").removesuffix(".0")):
            attrs["width"] = float(found.get("data-table-width", ""))
        return node("table", rows, attrs)

    def _cells(self, row: etree._Element, columns: list[float]) -> Blocks:
        made, place = [], 0
        for cell in row:
            if cell.tag not in {"td", "th"}:
                continue
            attrs = spans(cell) | local_id(cell)
            covered = columns[place : place + attrs.get("colspan", 1)]
            if covered and all(covered):
                attrs["colwidth"] = covered
            kind = "tableHeader" if cell.tag == "th" else "tableCell"
            made.append(node(kind, self.content(cell, "tableCell"), attrs))
            place += attrs.get("colspan", 1)
        return made

    def _quote(self, found: etree._Element) -> JsonObject:
        return node("blockquote", self.content(found, "blockquote"), local_id(found))

    def _preformatted(self, found: etree._Element) -> JsonObject:
        return code_block("".join(map(str, found.itertext())), {})

    def _macro(self, found: etree._Element) -> JsonObject:
        name, body = found.get(f"{{{AC}}}name", ""), found.find(f"{{{AC}}}rich-text-body")
        given = macro_parameters(found)
        if name == "code":
            return code(found, given)
        if body is None:
            return node("extension", attrs=macro_attributes(found))
        if name in model.PANELS and not given:
            kind = {"panelType": model.PANELS[name]} | local_id(found)
            return node("panel", self.content(body, "panel"), kind)
        if name == "panel" and set(given) <= set(_CUSTOM_PANEL):
            kind = {_CUSTOM_PANEL[key]: value for key, value in given.items()}
            attrs = {"panelType": "custom"} | kind | local_id(found)
            return node("panel", self.content(body, "panel"), attrs)
        if name == "expand" and set(given) <= {"title"}:
            attrs = {"title": given.get("title", "")} | local_id(found)
            return node("expand", self.content(body, "expand"), attrs)
        inside = self.content(body, "bodiedExtension")
        return node("bodiedExtension", inside, macro_attributes(found))

    def _section(self, found: etree._Element) -> JsonObject:
        shares = layout_of(found) or ()
        columns = [
            node("layoutColumn", self.content(cell, "layoutColumn"), {"width": share})
            for cell, share in zip(found.findall(f"{{{AC}}}layout-cell"), shares, strict=True)
        ]
        mode = found.get(f"{{{AC}}}breakout-mode")
        marks = [mark("breakout", mode=mode)] if mode in {"wide", "full-width"} else []
        return node("layoutSection", columns, local_id(found), marks)

    def _document_node(self, found: etree._Element) -> JsonObject | None:
        held = found.find(f"{{{AC}}}adf-node")
        if held is None:
            return None
        attrs, inside = adf_attributes(held), held.findall(f"{{{AC}}}adf-content")
        match held.get("type"):
            case "panel" if "panelType" in attrs and inside:
                return node("panel", self.content(inside[0], "panel"), attrs)
            case "decision-list":
                items = [
                    self._decision(one)
                    for one in held.findall(f"{{{AC}}}adf-node")
                    if one.get("type") == "decision-item"
                ]
                listed = {"localId": str(attrs.get("localId", ""))}
                return node("decisionList", items, listed) if items else None
            case "extension" if attrs.get("extensionKey") and attrs.get("extensionType"):
                return node("extension", attrs=attrs)
        return None

    def _decision(self, held: etree._Element) -> JsonObject:
        attrs, body = adf_attributes(held), held.find(f"{{{AC}}}adf-content")
        told = {name: str(attrs.get(name, "")) for name in ("localId", "state")}
        return node("decisionItem", [] if body is None else self._run(body), told)


_Reader = Callable[[BlockReader, etree._Element], JsonObject | None]
_READERS: dict[str, _Reader] = {
    "p": BlockReader._paragraph,
    "ul": BlockReader._list,
    "ol": BlockReader._list,
    "table": BlockReader._table,
    "blockquote": BlockReader._quote,
    "pre": BlockReader._preformatted,
    "hr": lambda _reader, found: node("rule", attrs=local_id(found)),
    "structured-macro": BlockReader._macro,
    "macro": BlockReader._macro,
    "layout-section": BlockReader._section,
    "task-list": lambda reader, found: task_list(found, reader._run),
    "image": lambda reader, found: image(found, reader.inline.links.page_id),
    "adf-extension": BlockReader._document_node,
}
_CUSTOM_PANEL = {
    "panelIcon": "panelIcon",
    "panelIconId": "panelIconId",
    "panelIconText": "panelIconText",
    "bgColor": "panelColor",
}
