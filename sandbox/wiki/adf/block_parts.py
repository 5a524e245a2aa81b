"""What a block of storage format says of itself: its marks, its card, its code, its picture."""

import re

from lxml import etree

from sandbox.wiki.adf import model
from sandbox.wiki.adf.inline import collection
from sandbox.wiki.adf.model import mark, node
from sandbox.wiki.storage_format import AC, RI
from sandbox.wire import JsonObject

_ALIGN = re.compile(r"text-align:\s*(center|right)")
_INDENT = re.compile(r"margin-left:\s*([\d.]+)px")
TABLE_LAYOUTS = {"wide", "full-width", "center", "align-end", "align-start", "default"}
_CARD_LAYOUTS = TABLE_LAYOUTS - {"default"} | {"wrap-right", "wrap-left"}
PIXELS_PER_LEVEL = 30


def local_id(found: etree._Element) -> JsonObject:
    """Storage writes it with the prefix on macros and tables, and without on paragraphs."""
    value = found.get(f"{{{AC}}}local-id") or found.get("local-id")
    return {"localId": value} if value else {}


def layout_of(section: etree._Element) -> tuple[float, ...] | None:
    """The shares of the columns; None for a section that is none of the editor's layouts."""
    shares = model.LAYOUTS.get(section.get(f"{{{AC}}}type", ""))
    cells = section.findall(f"{{{AC}}}layout-cell")
    return shares if shares and len(shares) == len(cells) else None


def only_card(found: etree._Element) -> JsonObject | None:
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


def block_marks(found: etree._Element) -> list[JsonObject]:
    """The schema takes one of the two; Confluence's editor offers no other choice."""
    style = found.get("style", "")
    if aligned := _ALIGN.search(style):
        return [mark("alignment", align="center" if aligned[1] == "center" else "end")]
    if indented := _INDENT.search(style):
        level = round(float(indented[1]) / PIXELS_PER_LEVEL)
        return [mark("indentation", level=min(level, 6))] if level >= 1 else []
    return []


def may_carry(place: str, kind: str, carried: str) -> bool:
    match carried:
        case "alignment":
            return kind in model.ALIGNED.get(place, set())
        case "indentation":
            return kind in model.INDENTED.get(place, set())
    return place == "doc"


def code_block(text: str, attrs: JsonObject) -> JsonObject:
    return node("codeBlock", [{"type": "text", "text": text}] if text else [], attrs)


def code(found: etree._Element, given: dict[str, str]) -> JsonObject:
    language = given.get("language", "").strip()
    attrs = ({"language": language} if language else {}) | local_id(found)
    return code_block(found.findtext(f"{{{AC}}}plain-text-body") or "", attrs)


def _size(found: etree._Element) -> JsonObject:
    given = {side: found.get(f"{{{AC}}}{side}", "") for side in ("width", "height")}
    return {side: int(value) for side, value in given.items() if is_count(value)}


def is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


def only_text(words: str | None) -> etree._Element:
    holder = etree.Element("words")
    holder.text = words
    return holder


def rich_body(found: etree._Element) -> etree._Element:
    body = found.find(f"{{{AC}}}rich-text-body")
    return found if body is None else body


def image(found: etree._Element, page_id: int) -> JsonObject | None:
    file, url = found.find(f"{{{RI}}}attachment"), found.find(f"{{{RI}}}url")
    held: JsonObject
    if url is not None:
        held = {"type": "external", "url": url.get(f"{{{RI}}}value", "")}
    elif file is not None and file.get(f"{{{RI}}}filename"):
        name = file.get(f"{{{RI}}}filename")
        held = {"type": "file", "id": name, "collection": collection(page_id)}
    else:
        return None
    alt = found.get(f"{{{AC}}}alt")
    media = node("media", attrs=held | ({"alt": alt} if alt else {}) | _size(found))
    layout = found.get(f"{{{AC}}}layout", "")
    chosen = layout if layout in _CARD_LAYOUTS else "center"
    return node("mediaSingle", [media], {"layout": chosen})
