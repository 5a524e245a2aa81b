"""
Storage format: XHTML with the prefixes `ac:` and `ri:` and HTML's named entities.

A page's body is a fragment, so it is wrapped in a root that declares both before it is parsed.
"""

import re
from functools import lru_cache
from html.entities import name2codepoint

from lxml import etree

AC = "http://atlassian.com/content"
RI = "http://atlassian.com/resource/identifier"
_ROOT = f'<root xmlns:ac="{AC}" xmlns:ri="{RI}">'
_XML_OWN = {"lt", "gt", "amp", "quot", "apos"}


class NotStorageFormat(ValueError):
    """The text is not well formed; the message names the place as Confluence does."""


@lru_cache(maxsize=1)
def opening() -> str:
    entities = "".join(
        f'<!ENTITY {name} "&#{code};">'
        for name, code in name2codepoint.items()
        if name not in _XML_OWN
    )
    return f"<!DOCTYPE root [{entities}]>\n{_ROOT}"


def parse(storage: str) -> etree._Element:
    """The fragment under a root element. Raises `NotStorageFormat`."""
    parser = etree.XMLParser(resolve_entities=True, no_network=True, load_dtd=False)
    start = opening()
    try:
        return etree.fromstring(f"{start}{storage}</root>".encode(), parser)
    except (etree.XMLSyntaxError, UnicodeEncodeError) as error:
        raise NotStorageFormat(_place(str(error))) from error
    except ValueError as error:
        raise NotStorageFormat(f"Error parsing xhtml: {error}") from error


def check(storage: str) -> None:
    """Raises `NotStorageFormat` for what Confluence would refuse to store."""
    parse(storage)


_DECLARED = re.compile(r' xmlns:(?:ac|ri)="[^"]*"')


def is_element(node: etree._Element) -> bool:
    """Neither a comment nor a processing instruction."""
    return isinstance(node.tag, str)


def as_storage(node: etree._Element) -> str:
    """An element of a parsed body as storage format again, without what follows it."""
    return _DECLARED.sub("", etree.tostring(node, encoding="unicode", with_tail=False))


def _place(message: str) -> str:
    """Our root stands on the second line, before the author's first; authors do not see it."""
    found = re.search(r", line (\d+), column (\d+)", message)
    reason = _reason(message.partition(", line ")[0])
    if not found:
        return f"Error parsing xhtml: {reason}"
    line, column = int(found[1]) - 1, int(found[2])
    shown = max(1, column - len(_ROOT)) if line == 1 else column
    return f"Error parsing xhtml: {reason}\n at [row,col {{unknown-source}}]: [{line},{shown}]"


def _reason(told: str) -> str:
    """As Confluence's own parser puts it, where that is known; its wrapper is named `xml`."""
    for pattern, sentence in _SENTENCES:
        if found := pattern.fullmatch(told):
            return sentence.format(*("xml" if name == "root" else name for name in found.groups()))
    return told


_SENTENCES = (
    (
        re.compile(r"Opening and ending tag mismatch: (\S+) line \d+ and (\S+)"),
        "Unexpected close tag </{1}>; expected </{0}>.",
    ),
    (re.compile(r"Entity '(.+)' not defined"), 'Undeclared general entity "{0}"'),
    (re.compile(r"Namespace prefix (\S+) .*not defined"), 'Undeclared namespace prefix "{0}"'),
)
