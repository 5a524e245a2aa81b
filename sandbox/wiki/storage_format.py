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
_XML_OWN = {"lt", "gt", "amp", "quot", "apos"}


class NotStorageFormat(ValueError):
    """The text is not well formed; the message names the place as Confluence does."""


@lru_cache(maxsize=1)
def _opening() -> str:
    entities = "".join(
        f'<!ENTITY {name} "&#{code};">'
        for name, code in name2codepoint.items()
        if name not in _XML_OWN
    )
    return f'<!DOCTYPE root [{entities}]><root xmlns:ac="{AC}" xmlns:ri="{RI}">'


def parse(storage: str) -> etree._Element:
    """The fragment under a root element. Raises `NotStorageFormat`."""
    parser = etree.XMLParser(resolve_entities=True, no_network=True, load_dtd=False)
    opening = _opening()
    try:
        return etree.fromstring(f"{opening}{storage}</root>".encode(), parser)
    except (etree.XMLSyntaxError, UnicodeEncodeError) as error:
        raise NotStorageFormat(_place(str(error), len(opening))) from error
    except ValueError as error:
        raise NotStorageFormat(f"Error parsing xhtml: {error}") from error


def check(storage: str) -> None:
    """Raises `NotStorageFormat` for what Confluence would refuse to store."""
    parse(storage)


def _place(message: str, offset: int) -> str:
    """The parser counts columns of the first line from our opening; authors do not see that."""
    found = re.search(r"line (\d+), column (\d+)", message)
    reason = message.partition(", line ")[0]
    if not found:
        return f"Error parsing xhtml: {reason}"
    line, column = int(found[1]), int(found[2])
    shown = max(1, column - offset) if line == 1 else column
    return f"Error parsing xhtml: {reason}\n at [row,col {{unknown-source}}]: [{line},{shown}]"
