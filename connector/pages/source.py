"""Storage format into elements that know their bytes. Anything at all may come in.

The body is a fragment: it is parsed inside a wrapper that declares the HTML entities and the
prefixes which Confluence never declares. A DOCTYPE inside the body cannot be well-formed there,
so a page can define no entity of its own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.entities import name2codepoint

from lxml import etree

from connector.core.findings import Finding, Place, Severity
from connector.pages.positions import Element, Nowhere, Positions, Span

MAX_BYTES = 5_000_000
MAX_DEPTH = 256  # libxml2's own limit without XML_PARSE_HUGE
AC = "http://atlassian.com/content"
RI = "http://atlassian.com/resource/identifier"
AT = "http://atlassian.com/template"

_PREDEFINED = frozenset({"lt", "gt", "amp", "quot"})
_DECLARED = {
    name.encode(): f'<!ENTITY {name} "&#{code};">'.encode()
    for name, code in name2codepoint.items()
    if name not in _PREDEFINED
}
_HEAD = f'<page xmlns:ac="{AC}" xmlns:ri="{RI}" xmlns:at="{AT}">\n'.encode()
_WRAPPER = "page"
_TAIL = f"</{_WRAPPER}>".encode()
_BEFORE, _AFTER = 30, 15  # characters shown around a place that cannot be parsed
_MISMATCH = re.compile(r"tag mismatch: ([\w:.-]+) line (\d+) and ([\w:.-]+)")
_UNDEFINED_ENTITY = 26  # xmlParserErrors: XML_ERR_UNDECLARED_ENTITY
_TOO_DEEP = 114  # xmlParserErrors: XML_ERR_RESOURCE_LIMIT
_REFERENCE = re.compile(rb"&([A-Za-z][A-Za-z0-9]*);")
_ENTITY = re.compile(
    rb"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|&([A-Za-z_][\w.-]*);", re.DOTALL
)
_HEADING = re.compile(rb"<h[1-6]\b[^<>]{0,500}>([^\n]{1,600}?)</h[1-6]>")
_KNOWN = frozenset(name.encode() for name in (*name2codepoint, "apos"))


@dataclass(frozen=True, slots=True)
class Source:
    """A parsed body, and where in its UTF-8 bytes each element stands (end exclusive)."""

    root: Element
    positions: Positions
    findings: tuple[Finding, ...] = ()

    def span(self, element: Element) -> Span | Nowhere:
        return self.positions.of(element)


def parse_source(body: str | bytes) -> Source | Finding:
    """The parsed body, or the finding that says why it cannot be taken as it is."""
    raw = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
    if len(raw) > MAX_BYTES:
        return _too_large(len(raw))
    try:
        root = _parse(raw)
    except etree.XMLSyntaxError as error:
        if _code(error) != _UNDEFINED_ENTITY:
            return _malformed(raw, error)
        return _with_unknown_entities(raw)
    return Source(root, Positions(raw, root))


def elements(root: Element) -> Iterator[Element]:
    """Elements in the order of their start tags, without comments and instructions."""
    return (one for one in root.iter() if isinstance(one.tag, str))


def _parse(raw: bytes) -> Element:
    parser = etree.XMLParser(
        resolve_entities="internal",  # type: ignore[arg-type] # lxml 5 and later; stubs lag behind
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        strip_cdata=False,
    )
    return etree.fromstring(_doctype(raw) + _HEAD + raw + _TAIL, parser)


def _doctype(raw: bytes) -> bytes:
    """Declares the entities of HTML that the body refers to; all of them would cost more to read
    than a short page."""
    if b"&" not in raw:
        return b""
    asked = set(_REFERENCE.findall(raw)) & _DECLARED.keys()
    return b"<!DOCTYPE page [" + b"".join(map(_DECLARED.__getitem__, asked)) + b"]>"


def _with_unknown_entities(raw: bytes) -> Source | Finding:
    """An entity nobody defined stays as the text it is: `&notarealentity;`."""
    unknown: list[str] = []

    def as_text(match: re.Match[bytes]) -> bytes:
        if match[1] is None or match[1] in _KNOWN:
            return match[0]
        unknown.append(match[1].decode("ascii", "replace"))
        return b"&amp;" + match[0][1:]

    try:
        root = _parse(_ENTITY.sub(as_text, raw))
    except etree.XMLSyntaxError as error:
        return _malformed(raw, error)
    told = tuple(
        Finding("F-19", Severity.I, facts=(("entity", f"&{name};"),))
        for name in dict.fromkeys(unknown)
    )
    return Source(root, Positions(raw, root), told)


def _too_large(size: int) -> Finding:
    facts = (("size", f"{size / 1e6:.1f} MB"), ("limit", f"{MAX_BYTES / 1e6:g} MB"))
    return Finding("F-02", Severity.E, facts=facts, blocks=True)


def _malformed(raw: bytes, error: etree.XMLSyntaxError) -> Finding:
    line, column = error.position
    line = max(1, line - 1)
    place = Place(heading=_heading_before(raw, line), line=line)
    if _code(error) == _TOO_DEEP:
        facts: tuple[tuple[str, str], ...] = (("limit", str(MAX_DEPTH)),)
        return Finding("F-20", Severity.E, place, facts=facts, blocks=True)
    reason = _reason(error) or _excerpt(raw, line, column)
    facts = (("line", str(line)), ("column", str(column)), ("reason", reason))
    return Finding("F-01", Severity.E, place, facts=facts, blocks=True)


def _reason(error: etree.XMLSyntaxError) -> str:
    """A tag left open, by itself and by what came instead: `<p> … </li>`; else nothing.

    The wrapper that the author never wrote is left out.
    """
    match = _MISMATCH.search(error.msg or "")
    if match is None:
        return ""
    opened, closed = match[1], match[3]
    if opened == _WRAPPER:
        return f"… </{closed}>"
    return f"<{opened}> …" if closed == _WRAPPER else f"<{opened}> … </{closed}>"


def _excerpt(raw: bytes, line: int, column: int) -> str:
    """The page's own words at the place: the parser's are English, whoever reads them."""
    lines = raw.split(b"\n")
    here = lines[min(line, len(lines)) - 1].decode("utf-8", "replace")
    at = min(column, len(here))
    start, end = max(0, at - _BEFORE), at + _AFTER
    shown = "".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in here[start:end])
    return f"{'… ' if start else ''}{shown.strip()}{' …' if end < len(here) else ''}"


def _code(error: etree.XMLSyntaxError) -> int:
    """libxml2's own number of the error; the stubs do not know it."""
    return int(getattr(error, "code", 0))


def _heading_before(raw: bytes, line: int) -> str:
    above = b"\n".join(raw.split(b"\n")[:line])
    found = _HEADING.findall(above)
    text = re.sub(rb"<[^>]*>", b"", found[-1]).decode("utf-8", "replace") if found else ""
    return " ".join(text.split())[:200]


def words_in(element: Element) -> str:
    """All text inside, as it stands."""
    if not len(element):
        return element.text or ""
    return etree.tostring(element, method="text", encoding="unicode", with_tail=False)
