"""Bytes in, elements with their bytes out; whatever comes, a finding at worst."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from connector.core.findings import Finding
from connector.pages.positions import Element, Span
from connector.pages.source import Source, parse_source
from tests.pages.reading import read, results

ROOT = Path(__file__).parent.parent.parent
SAMPLES = Path(os.environ.get("OKR_SAMPLES_DIR", ROOT / "../shared/samples")) / "pages"
GOLDEN = sorted((ROOT / "tests" / "golden").glob("*.xhtml"))
BODIES = [path.read_bytes() for path in GOLDEN]
PIECES = (
    "<table><tr><td rowspan='9' colspan='3'>",
    "</td></tr></table>",
    "<th>目标</th>",
    "<h2>O1 A</h2>",
    "<ul><li>KR1 x",
    "</li></ul>",
    "<ac:placeholder>",
    "&nbsp;",
    "&nosuch;",
    "&",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<ac:parameter ac:name='x'>",
    "<a href='http://[/browse/A-1'>",
    "</a>",
    "</page>",
    "<?xml?>",
    "<!DOCTYPE p [<!ENTITY a 'b'>]>",
    "\x00",
    "\ud800",
)


def spans(source: Source) -> dict[Element, Span]:
    """Where each element stands, in the order of the page."""
    found = {}
    for one in source.root.iterdescendants(etree.Element):
        start, end = source.span(one)
        assert start is not None
        assert end is not None
        found[one] = (start, end)
    return found


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_every_element_is_found_in_the_bytes(path: Path) -> None:
    """From the first byte of the start tag to the last of the end tag, and nothing else."""
    body = path.read_bytes()
    source = parse_source(body)
    assert not isinstance(source, Finding)
    for element, (start, end) in spans(source).items():
        name = str(element.tag).rsplit("}", maxsplit=1)[-1].encode()
        piece = body[start:end]
        assert piece.split(b">")[0].split()[0].rstrip(b"/").endswith(name)
        assert piece.endswith((b"/>", name + b">"))
        again = parse_source(piece)
        assert not isinstance(again, Finding)
        assert len(spans(again)) == sum(1 for _ in element.iter(etree.Element))


@pytest.mark.parametrize("body", BODIES, ids=[path.stem for path in GOLDEN])
def test_places_of_key_results_are_rows_cells_items_or_headings(body: bytes) -> None:
    for one in results(read(body)):
        piece = body[one.place.start : one.place.end]
        name = piece[1:3]
        assert name in {b"tr", b"td", b"li", b"h3"}
        assert piece.endswith(b"</" + name + b">")


def test_understood_cells_are_where_the_document_says() -> None:
    """The bytes of a cell are those of its <td>, for every column that was understood."""
    body = (ROOT / "tests" / "golden" / "template.xhtml").read_bytes()
    first = read(body).document["objectives"][0]["key_results"][0]
    pieces = {name: body[start:end].decode() for name, (start, end) in first["cells"].items()}
    assert pieces["current"] == "<td>31%</td>"
    assert pieces["confidence"] == "<td>7/10</td>"
    assert set(pieces) == {
        "owner",
        "baseline",
        "current",
        "target",
        "confidence",
        "status",
        "due",
        "weight",
        "jira",
    }


def test_attributes_comments_and_cdata_do_not_shift_places() -> None:
    """A `>` in an attribute, a comment or a CDATA section is no tag."""
    body = "<!-- <p> --><p title='a>b'/><x><![CDATA[<p></p>]]></x><p\n a=\"'>\">é</p >".encode()
    source = parse_source(body)
    assert not isinstance(source, Finding)
    assert [body[s:e].decode() for s, e in spans(source).values()] == [
        "<p title='a>b'/>",
        "<x><![CDATA[<p></p>]]></x>",
        '<p\n a="\'>">é</p >',
    ]


def test_an_unknown_entity_keeps_its_text_and_known_ones_their_sign() -> None:
    source = parse_source("<p>&nosuch; &mdash; <![CDATA[&nosuch;]]>&lt;</p>")
    assert not isinstance(source, Finding)
    assert "".join(str(t) for t in source.root.itertext()).strip() == "&nosuch; — &nosuch;<"
    assert [dict(one.facts)["entity"] for one in source.findings] == ["&nosuch;"]


@pytest.mark.parametrize(
    "body",
    [
        "<!DOCTYPE p [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><p>&x;</p>",
        "<!DOCTYPE p [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><p>&b;</p>",
        "</page><page>",
        "<?xml version='1.0'?><p/>",
        b"\xff\xfe<p/>",
    ],
)
def test_a_page_can_declare_nothing(body: str | bytes) -> None:
    """No entity of its own, no way out of the wrapper, no other encoding."""
    assert isinstance(parse_source(body), Finding)


def test_samples_from_the_field_are_read() -> None:
    """Whatever real sites stored is read without an exception."""
    if not SAMPLES.is_dir():
        pytest.skip("samples folder is absent")
    for path in sorted(SAMPLES.glob("*.xml")):
        reading = read(path.read_bytes())
        assert reading.findings, path.name


@given(
    st.one_of(
        st.binary(max_size=300),
        st.text(max_size=300),
        st.lists(st.sampled_from(PIECES)).map("".join),
    )
)
@settings(max_examples=150, deadline=None)
def test_anything_at_all_gives_a_reading(body: str | bytes) -> None:
    reading = read(body)
    assert (reading.okrs is None) <= bool(reading.findings)


@given(st.sampled_from(BODIES), st.data())
@settings(max_examples=100, deadline=None)
def test_a_damaged_page_gives_a_reading(body: bytes, data: st.DataObject) -> None:
    """Cut, doubled and swapped anywhere, it is read or told, never raised."""
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(body))] * 2)))
    middle = data.draw(
        st.sampled_from([b"", body[start:end] * 2, b"<td>", b"</td>", b"1e999%", b"\0"])
    )
    read(body[:start] + middle + body[end:])
