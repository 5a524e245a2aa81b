"""Runs of text: words, marks, and what stands between words."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode

from lxml import etree

from sandbox.directory import user_by_id
from sandbox.wiki.adf import model
from sandbox.wiki.adf.extensions import inline_extension
from sandbox.wiki.adf.model import mark, node
from sandbox.wiki.macros import macro_parameters
from sandbox.wiki.storage_format import AC, RI, as_storage, is_element
from sandbox.wire import JsonObject

_SPACES = re.compile(r"[ \t\r\n]+")
_RGB = re.compile(r"rgb\((\d{1,3}),\s*(\d{1,3}),\s*(\d{1,3})\)|(#[0-9a-fA-F]{6})")
_COLOUR = re.compile(r"(?:^|;)\s*(background-)?color:\s*([^;]+)")
_CODE_MARKS = {"code", "link", "annotation"}

Marks = list[JsonObject]


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses of what a page names: other pages by title."""

    base: str
    space: str
    page_id: int
    titled: Callable[[str, str], str | None]

    def page(self, title: str, space: str) -> str:
        """A page that does not exist is linked to where it would be made."""
        found = self.titled(title, space or self.space)
        query = urlencode({"spaceKey": space or self.space, "title": title})
        return found or f"{self.base}/wiki/pages/createpage.action?{query}"


def run(parts: list[JsonObject]) -> list[JsonObject]:
    """White space as HTML reads it, and neighbours with the same marks as one."""
    joined: list[JsonObject] = []
    for part in parts:
        last = joined[-1] if joined else None
        if last and part["type"] == last["type"] == "text" and _marks(part) == _marks(last):
            joined[-1] = last | {"text": last["text"] + part["text"]}
        else:
            joined.append(part)
    open_end = False
    for place, part in enumerate(joined):
        if part["type"] != "text":
            open_end = part["type"] != "hardBreak"
            continue
        text = _SPACES.sub(" ", part["text"])
        text = text if open_end else text.lstrip(" ")
        joined[place] = part | {"text": text}
        open_end = not text.endswith(" ") if text else open_end
    return _without_end(joined)


def _without_end(parts: list[JsonObject]) -> list[JsonObject]:
    while parts and parts[-1]["type"] == "text" and not parts[-1]["text"].rstrip(" "):
        parts.pop()
    if parts and parts[-1]["type"] == "text":
        parts[-1] = parts[-1] | {"text": parts[-1]["text"].rstrip(" ")}
    kept = [part for part in parts if part["type"] != "text" or part["text"]]
    return [_before_break(part, kept, place) for place, part in enumerate(kept)]


def _before_break(part: JsonObject, parts: list[JsonObject], place: int) -> JsonObject:
    following = parts[place + 1]["type"] if place + 1 < len(parts) else ""
    if part["type"] == "text" and following == "hardBreak" and part["text"].rstrip(" "):
        return part | {"text": part["text"].rstrip(" ")}
    return part


def _marks(part: JsonObject) -> Marks:
    found: Marks = part.get("marks", [])
    return found


def text(words: str | None, marks: Marks) -> list[JsonObject]:
    if not words:
        return []
    if any(one["type"] == "code" for one in marks):
        marks = [one for one in marks if one["type"] in _CODE_MARKS]
    made: JsonObject = {"type": "text", "text": words}
    return [made | {"marks": marks} if marks else made]


@dataclass(frozen=True, slots=True)
class Inline:
    links: Links

    def children(self, parent: etree._Element, marks: Marks) -> list[JsonObject]:
        parts = text(parent.text, marks)
        for child in parent:
            parts += self.element(child, marks) + text(child.tail, marks)
        return parts

    def element(self, found: etree._Element, marks: Marks) -> list[JsonObject]:
        if not is_element(found):
            return []
        name = etree.QName(found)
        if name.namespace == AC:
            read = _ATLASSIAN.get(name.localname, _carried)
            return read(self, found, marks)
        if name.localname == "br":
            return [node("hardBreak")]
        if name.localname == "time":
            return _date(found.get("datetime", ""))
        if name.localname == "a":
            return self._anchor(found, marks)
        return self.children(found, _marked(found, name.localname, marks))

    def _anchor(self, found: etree._Element, marks: Marks) -> list[JsonObject]:
        href = found.get("href")
        if found.get("data-card-appearance") and href:
            return [node("inlineCard", attrs={"url": href})]
        if href is None:
            return self.children(found, marks)
        return self.children(found, _with(marks, mark("link", href=href)))

    def _commented(self, found: etree._Element, marks: Marks) -> list[JsonObject]:
        reference = found.get(f"{{{AC}}}ref", "")
        annotation = mark("annotation", id=reference, annotationType="inlineComment")
        return self.children(found, _with(marks, annotation))

    def _link(self, found: etree._Element, marks: Marks) -> list[JsonObject]:
        user, page = found.find(f"{{{RI}}}user"), found.find(f"{{{RI}}}page")
        account = user.get(f"{{{RI}}}account-id") if user is not None else None
        if account:
            return [node("mention", attrs=_mention(account))]
        anchor = found.get(f"{{{AC}}}anchor")
        title = page.get(f"{{{RI}}}content-title", "") if page is not None else ""
        if not title and not anchor:
            return [model.legacy("inlineExtension", as_storage(found))]
        space = page.get(f"{{{RI}}}space-key", "") if page is not None else ""
        href = self.links.page(title, space) if title else ""
        linked = _with(marks, mark("link", href=href + (f"#{anchor}" if anchor else "")))
        return self._link_body(found, linked) or text(title or anchor, linked)

    def _link_body(self, found: etree._Element, marks: Marks) -> list[JsonObject]:
        plain = found.find(f"{{{AC}}}plain-text-link-body")
        rich = found.find(f"{{{AC}}}link-body")
        if rich is not None:
            return self.children(rich, marks)
        return text(_words(plain), marks) if plain is not None else []

    def _image(self, found: etree._Element, _marks: Marks) -> list[JsonObject]:
        file = found.find(f"{{{RI}}}attachment")
        name = file.get(f"{{{RI}}}filename") if file is not None else None
        if not name:
            return [model.legacy("inlineExtension", as_storage(found))]
        held = {"type": "image", "id": name, "collection": collection(self.links.page_id)}
        alt = found.get(f"{{{AC}}}alt")
        return [node("mediaInline", attrs=held | ({"alt": alt} if alt else {}))]


_Reader = Callable[[Inline, etree._Element, Marks], list[JsonObject]]


def _carried(_reader: Inline, found: etree._Element, _marks: Marks) -> list[JsonObject]:
    return [model.legacy("inlineExtension", as_storage(found))]


_ATLASSIAN: dict[str, _Reader] = {
    "link": Inline._link,
    "inline-comment-marker": Inline._commented,
    "emoticon": lambda _reader, found, _marks: [_emoji(found)],
    "placeholder": lambda _reader, found, _marks: [
        node("placeholder", attrs={"text": _words(found)})
    ],
    "structured-macro": lambda _reader, found, _marks: _macro(found),
    "macro": lambda _reader, found, _marks: _macro(found),
    "image": Inline._image,
}


def _marked(found: etree._Element, name: str, marks: Marks) -> Marks:
    if name in model.MARKS:
        return _with(marks, mark(model.MARKS[name]))
    if name in {"sub", "sup"}:
        return _with(marks, mark("subsup", type=name))
    return _coloured(found, marks) if name == "span" else marks


def collection(page_id: int) -> str:
    return f"contentId-{page_id}"


def _macro(found: etree._Element) -> list[JsonObject]:
    if found.get(f"{{{AC}}}name") == "status":
        given = macro_parameters(found)
        title = given.get("title", "").strip()
        if not title:
            return []
        colour = model.STATUS_COLOURS.get(given.get("colour", "").strip().casefold(), "neutral")
        subtle = {"style": "subtle"} if given.get("subtle") == "true" else {}
        local = found.get(f"{{{AC}}}local-id")
        attrs = {"text": title, "color": colour} | ({"localId": local} if local else {})
        return [node("status", attrs=attrs | subtle)]
    return [inline_extension(found)]


def _mention(account: str) -> JsonObject:
    known = user_by_id(account)
    return {"id": account, "text": f"@{known.name}"} if known else {"id": account}


def _date(day: str) -> list[JsonObject]:
    try:
        moment = datetime.fromisoformat(day.strip()).replace(tzinfo=UTC)
    except ValueError:
        return text(day, [])
    return [node("date", attrs={"timestamp": str(int(moment.timestamp() * 1000))})]


def _emoji(found: etree._Element) -> JsonObject:
    name = found.get(f"{{{AC}}}name", "")
    attrs = {"shortName": found.get(f"{{{AC}}}emoji-shortname") or f":{name}:"}
    for source, target in (("emoji-id", "id"), ("emoji-fallback", "text")):
        value = found.get(f"{{{AC}}}{source}")
        if value:
            attrs[target] = value
    return node("emoji", attrs=attrs)


def _words(found: etree._Element) -> str:
    return _SPACES.sub(" ", "".join(map(str, found.itertext()))).strip()


def _with(marks: Marks, added: JsonObject) -> Marks:
    return [one for one in marks if one["type"] != added["type"]] + [added]


def _coloured(found: etree._Element, marks: Marks) -> Marks:
    for behind, value in _COLOUR.findall(found.get("style", "")):
        colour = _hexadecimal(value)
        if colour:
            marks = _with(marks, mark("backgroundColor" if behind else "textColor", color=colour))
    return marks


def _hexadecimal(value: str) -> str | None:
    found = _RGB.fullmatch(value.strip())
    if found is None:
        return None
    if found[4]:
        return found[4].lower()
    parts = [int(part) for part in found.groups()[:3]]
    return "#" + "".join(f"{part:02x}" for part in parts) if max(parts) < 256 else None
