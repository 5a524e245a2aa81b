"""Where elements stand is what another parser says: expat, which counts bytes as it goes."""

from xml.parsers import expat

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from connector.pages.positions import NOWHERE
from connector.pages.source import Source, parse_source

NAMES = st.sampled_from(["p", "pre", "td", "t", "tr", "ac:task", "ac:task-list", "é"])
ATTRIBUTES = st.sampled_from(
    ["", ' a="b"', " a='x > y'", ' a="</p>"'.replace("<", "&lt;"), '\n a="/"', " a='\"'", ' a="/>"']
)
ASIDES = ["<!-- <p> </p> -->", "<!-- ' \" -->", "<![CDATA[ <td> ]] > ]]>", "<?php <p> ?>"]
SIGNS = ["", "a > b", "&lt;p>", "\n", "\r\n", "]]", "'", '"', "/>", "&amp;", "第 3 区"]
WORDS = st.sampled_from([*ASIDES, *SIGNS])


@st.composite
def element(draw: st.DrawFn, inside: st.SearchStrategy[str]) -> str:
    name, attributes, end = draw(NAMES), draw(ATTRIBUTES), draw(st.sampled_from(["", " ", "\n"]))
    words = "".join(draw(st.lists(inside, max_size=4)))
    if not words and draw(st.booleans()):
        return f"<{name}{attributes}{end}/>"
    return f"<{name}{attributes}{end}>{words}</{name}{end}>"


PAGES = st.lists(st.recursive(WORDS, element, max_leaves=20), max_size=6).map("".join)


def by_expat(body: bytes) -> list[tuple[int, int]]:
    """Start and end of every element in the order of the start tags."""
    head = b'<page xmlns:ac="a">'
    whole = head + body + b"</page>"
    found: list[tuple[int, int]] = []
    opened: list[int] = []
    parser = expat.ParserCreate()

    def start(_name: str, _attributes: dict[str, str]) -> None:
        opened.append(len(found))
        found.append((parser.CurrentByteIndex, 0))

    def end(_name: str) -> None:
        begin, _ = found[number := opened.pop()]
        own = _tag_end(whole, begin)
        empty = whole[begin:own].endswith(b"/>")
        found[number] = begin, own if empty else _tag_end(whole, parser.CurrentByteIndex)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(whole, True)
    return [(begin - len(head), last - len(head)) for begin, last in found[1:]]


def _tag_end(body: bytes, at: int) -> int:
    """Behind the first `>` from here on that stands in no quotes."""
    quote = b""
    while at < len(body):
        sign = body[at : at + 1]
        if quote:
            quote = b"" if sign == quote else quote
        elif sign in (b'"', b"'"):
            quote = sign
        elif sign == b">":
            return at + 1
        at += 1
    raise AssertionError("no tag")


@given(PAGES)
@settings(max_examples=400, deadline=None)
def test_they_are_those_that_expat_counts(page: str) -> None:
    body = page.encode()
    source = parse_source(body)
    assert isinstance(source, Source)

    found = [source.span(one) for one in source.root.iterdescendants(etree.Element)]

    assert found == by_expat(body)


def test_what_is_no_part_of_the_page_stands_nowhere() -> None:
    source = parse_source("<p>a</p>")
    assert isinstance(source, Source)

    assert source.span(source.root) == NOWHERE
    assert source.span(etree.Element("p")) == NOWHERE
