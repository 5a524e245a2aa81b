"""Paragraphs, lists, tables, panels and layouts of storage format as nodes of a document."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from sandbox.wiki.adf import model
from sandbox.wiki.adf.cells import spans, widths
from sandbox.wiki.adf.extensions import adf_attributes, macro_attributes
from sandbox.wiki.adf.inline import Inline, collection, run
from sandbox.wiki.adf.model import mark, node
from sandbox.wiki.macros import macro_parameters
from sandbox.wiki.storage_format import AC, RI, as_storage, is_element
from sandbox.wire import JsonObject

Blocks = list[JsonObject]
_INLINE_MACROS = {"status", "anchor"}
_INLINE_AC = {"link", "emoticon", "placeholder", "inline-comment-marker"}
_BLOCKS = frozenset(
    ("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "table", "tbody", "tr", "td", "hr")
) | {"blockquote", "pre", "div", "section"}
_FLAT = {"div", "section", "article", "center"}
_ALIGN = re.compile(r"text-align:\s*(center|right)")
_INDENT = re.compile(r"margin-left:\s*([\d.]+)px")
_TABLE_LAYOUTS = {"wide", "full-width", "center", "align-end", "align-start", "default"}
_CARD_LAYOUTS = _TABLE_LAYOUTS - {"default"} | {"wrap-right", "wrap-left"}
PIXELS_PER_LEVEL = 30


def local_id(found: etree._Element) -> JsonObject:
    """Storage writes it with the prefix on macros and tables, and without on paragraphs."""
    value = found.get(f"{{{AC}}}local-id") or found.get("local-id")
    return {"localId": value} if value else {}


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
        words = self.inline.children(_only_text(parent.text), [])
        for child in parent:
            if self._is_block(child):
                yield from self._paragraph_of(words, parent)
                words = []
                yield from self._blocks(child)
            else:
                words += self.inline.element(child, [])
            words += self.inline.children(_only_text(child.tail), [])
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
        elif name == "layout-section" and _layout_of(found) is None:
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
            return node("heading", self._run(found), attrs, _block_marks(found))
        return None

    def _fitting(self, block: JsonObject, source: etree._Element, place: str) -> JsonObject:
        """The block as `place` takes it; what it does not take is carried as storage format."""
        kind = block["type"]
        if kind == "expand" and "nestedExpand" in model.ALLOWED[place]:
            title = block.get("attrs", {}).get("title", "")
            inside = self.content(_rich_body(source), "nestedExpand")
            return node("nestedExpand", inside, {"title": title} | local_id(source))
        if kind not in model.ALLOWED[place]:
            return model.legacy("extension", as_storage(source))
        marks = [one for one in block.get("marks", []) if _may_carry(place, kind, one["type"])]
        kept = {name: value for name, value in block.items() if name != "marks"}
        return kept | ({"marks": marks} if marks else {})

    def _run(self, found: etree._Element) -> Blocks:
        return run(self.inline.children(found, []))

    def _paragraph(self, found: etree._Element) -> JsonObject:
        card = _only_card(found)
        if card is not None:
            return card
        return node("paragraph", self._run(found), local_id(found), _block_marks(found))

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
        return node("orderedList", items, attrs | ({"order": int(start)} if _count(start) else {}))

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
        if (layout := found.get("data-layout")) in _TABLE_LAYOUTS:
            attrs["layout"] = layout
        if (mode := found.get("data-table-display-mode")) in {"default", "fixed"}:
            attrs["displayMode"] = mode
        if _count(found.get("data-table-width", "").removesuffix(".0")):
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
            return _code(found, given)
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
        shares = _layout_of(found) or ()
        columns = [
            node("layoutColumn", self.content(cell, "layoutColumn"), {"width": share})
            for cell, share in zip(found.findall(f"{{{AC}}}layout-cell"), shares, strict=True)
        ]
        mode = found.get(f"{{{AC}}}breakout-mode")
        marks = [mark("breakout", mode=mode)] if mode in {"wide", "full-width"} else []
        return node("layoutSection", columns, local_id(found), marks)

    def _tasks(self, found: etree._Element) -> JsonObject | None:
        items: Blocks = []
        for child in found:
            if not is_element(child):
                continue
            if etree.QName(child).localname == "task-list":
                items += [nested for nested in [self._tasks(child)] if nested]
                continue
            items.append(self._task(child))
            inner = child.find(f"{{{AC}}}task-list")
            if inner is not None:
                items += [nested for nested in [self._tasks(inner)] if nested]
        listed = found.get(f"{{{AC}}}task-list-id", "")
        return node("taskList", items, {"localId": listed}) if items else None

    def _task(self, found: etree._Element) -> JsonObject:
        body, status = found.find(f"{{{AC}}}task-body"), found.findtext(f"{{{AC}}}task-status", "")
        local = found.findtext(f"{{{AC}}}task-uuid") or found.findtext(f"{{{AC}}}task-id", "")
        state = "DONE" if status.strip() == "complete" else "TODO"
        inside = [] if body is None else self._run(body)
        return node("taskItem", inside, {"localId": local, "state": state})

    def _image(self, found: etree._Element) -> JsonObject | None:
        file, url = found.find(f"{{{RI}}}attachment"), found.find(f"{{{RI}}}url")
        held: JsonObject
        if url is not None:
            held = {"type": "external", "url": url.get(f"{{{RI}}}value", "")}
        elif file is not None and file.get(f"{{{RI}}}filename"):
            name = file.get(f"{{{RI}}}filename")
            held = {"type": "file", "id": name, "collection": collection(self._page_id)}
        else:
            return None
        alt = found.get(f"{{{AC}}}alt")
        media = node("media", attrs=held | ({"alt": alt} if alt else {}) | _size(found))
        layout = found.get(f"{{{AC}}}layout", "")
        chosen = layout if layout in _CARD_LAYOUTS else "center"
        return node("mediaSingle", [media], {"layout": chosen})

    @property
    def _page_id(self) -> int:
        return self.inline.links.page_id

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
    "task-list": BlockReader._tasks,
    "image": BlockReader._image,
    "adf-extension": BlockReader._document_node,
}
_CUSTOM_PANEL = {
    "panelIcon": "panelIcon",
    "panelIconId": "panelIconId",
    "panelIconText": "panelIconText",
    "bgColor": "panelColor",
}


def _only_text(words: str | None) -> etree._Element:
    holder = etree.Element("words")
    holder.text = words
    return holder


def _rich_body(found: etree._Element) -> etree._Element:
    body = found.find(f"{{{AC}}}rich-text-body")
    return found if body is None else body


def _layout_of(section: etree._Element) -> tuple[float, ...] | None:
    """The shares of the columns; None for a section that is none of the editor's layouts."""
    shares = model.LAYOUTS.get(section.get(f"{{{AC}}}type", ""))
    cells = section.findall(f"{{{AC}}}layout-cell")
    return shares if shares and len(shares) == len(cells) else None


def _only_card(found: etree._Element) -> JsonObject | None:
    """A paragraph that holds one card as a block, or one shown in place, and nothing else."""
    children = list(found)
    words = [found.text, *(child.tail for child in children)]
    if any(part and part.strip() for part in words) or len(children) != 1 or children[0].tag != "a":
        return None
    link = children[0]
    appearance, href = link.get("data-card-appearance"), link.get("href")
    if appearance == "block" and href:
        return node("blockCard", attrs={"url": href})
    if appearance == "embed" and href:
        layout = link.get("data-layout", "")
        chosen = layout if layout in _CARD_LAYOUTS else "center"
        return node("embedCard", attrs={"url": href, "layout": chosen})
    return None


def _block_marks(found: etree._Element) -> list[JsonObject]:
    """The schema takes one of the two; Confluence's editor offers no other choice."""
    style = found.get("style", "")
    if aligned := _ALIGN.search(style):
        return [mark("alignment", align="center" if aligned[1] == "center" else "end")]
    if indented := _INDENT.search(style):
        level = round(float(indented[1]) / PIXELS_PER_LEVEL)
        return [mark("indentation", level=min(level, 6))] if level >= 1 else []
    return []


def _may_carry(place: str, kind: str, carried: str) -> bool:
    match carried:
        case "alignment":
            return kind in model.ALIGNED.get(place, set())
        case "indentation":
            return kind in model.INDENTED.get(place, set())
    return place == "doc"


def code_block(text: str, attrs: JsonObject) -> JsonObject:
    return node("codeBlock", [{"type": "text", "text": text}] if text else [], attrs)


def _code(found: etree._Element, given: dict[str, str]) -> JsonObject:
    language = given.get("language", "").strip()
    attrs = ({"language": language} if language else {}) | local_id(found)
    return code_block(found.findtext(f"{{{AC}}}plain-text-body") or "", attrs)


def _size(found: etree._Element) -> JsonObject:
    given = {side: found.get(f"{{{AC}}}{side}", "") for side in ("width", "height")}
    return {side: int(value) for side, value in given.items() if _count(value)}


def _count(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10
