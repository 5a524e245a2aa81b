"""The objective macro without a script: the same content in storage format and in ADF."""

import re
from datetime import date
from typing import Any

import pytest
from lxml import etree

from connector.catalogue import LOCALES, words
from connector.core.findings import Finding
from connector.core.okr import PageId
from connector.core.policy import Policy
from connector.pages.reader import OkrReading, read_okrs
from connector.pages.source import AC, Source, parse_source
from macros.adf import adf
from macros.objective.document import objective_document
from macros.objective.view import ObjectivesView
from macros.storage import storage
from sandbox.wiki.adf.reading import document
from tests.fakes.okrs import harbourline, warehouse
from tests.macros.test_objective_page import NASTY, nasty
from tests.macros.views import every_state, html_of, row, view_of
from tests.sandbox.documents import LINKS, WITH_CONTRACTS, faults

STATES = tuple(every_state("en"))
WRITTEN = """<h2>Objective 1: Ports trust us</h2>
<table><tbody>
<tr><th>Key result</th><th>Baseline</th><th>Target</th></tr>
<tr><td>Net Promoter Score rises</td><td>20</td><td>40</td></tr>
</tbody></table>
"""


def stored(view: ObjectivesView, locale: str = "en") -> str:
    return storage(objective_document(view, words(locale)))


def exported(view: ObjectivesView, locale: str = "en") -> Any:
    return adf(objective_document(view, words(locale)))


def parsed(body: str) -> Any:
    source = parse_source(body)
    assert isinstance(source, Source), source
    assert source.findings == ()
    return source.root


def read(body: str) -> OkrReading:
    return read_okrs(
        body, page=PageId("9"), title="A page", policy=Policy(), today=date(2026, 11, 23)
    )


def macros(root: Any, name: str) -> list[dict[str, str]]:
    """The parameters of every macro of that name."""
    return [
        {str(one.get(f"{{{AC}}}name")): one.text or "" for one in macro.iter(f"{{{AC}}}parameter")}
        for macro in root.iter(f"{{{AC}}}structured-macro")
        if macro.get(f"{{{AC}}}name") == name
    ]


def texts(node: Any) -> list[str]:
    """Every text of an Atlassian document, in order."""
    own = [node["text"]] if "text" in node else []
    own += [node["attrs"]["text"]] if node["type"] == "status" else []
    return own + [text for child in node.get("content", ()) for text in texts(child)]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", STATES)
def test_every_state_is_valid_storage_format_with_words_in_it(name: str, locale: str) -> None:
    view = every_state(locale)[name]
    root = parsed(stored(view, locale))

    said = "".join(root.itertext())
    for text in (*view.advice, *(one.text for one in view.notices)):
        assert text in said
    assert view.heading in said or view.cards


@WITH_CONTRACTS
@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", STATES)
def test_every_state_is_a_document_of_the_published_schema(name: str, locale: str) -> None:
    found = exported(every_state(locale)[name], locale)

    assert faults(found) == []
    assert found["content"]


@WITH_CONTRACTS
@pytest.mark.parametrize("name", STATES)
def test_the_new_editor_can_take_the_storage_format_over(name: str) -> None:
    """By the sandbox's reading of it, which knows nothing of how it was written."""
    assert faults(document(stored(every_state("zh-CN")[name], "zh-CN"), LINKS)) == []


@pytest.mark.parametrize("name", STATES)
def test_both_formats_say_the_same(name: str) -> None:
    """The mark of a table and the colour of a lozenge are all that storage format has beside."""
    view = every_state("zh-CN")[name]
    beside = re.compile(r'<ac:parameter ac:name="(?:|colour)">[^<]*</ac:parameter>')
    body = beside.sub("", stored(view, "zh-CN"))

    assert _bare("".join(parsed(body).itertext())) == _bare("".join(texts(exported(view, "zh-CN"))))


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_a_number_stands_with_its_count_its_reason_and_a_way_to_the_work() -> None:
    root = parsed(stored(view_of(harbourline())))
    said = [" ".join("".join(one.itertext()).split()) for one in root.iter("td")]
    links = [one.get("href") for one in root.iter("a")]

    assert "8% (1/12)By linked workJira: 1 of 12 issues done" in said
    assert any("(29 − 20) ÷ (40 − 20) = 45%" in one for one in said)
    assert "https://jira.example.org/browse/HBR-1" in links
    assert (
        "https://jira.example.org/issues/?jql=project%20%3D%20HBR%20AND%20type%20%3D%20Bug"
        "%20AND%20labels%20%3D%20%22%3Caged%3E%22"
    ) in links


def test_a_number_that_is_no_count_is_not_said_to_be_one() -> None:
    view = view_of(harbourline())

    assert [row(view, key).counted for key in ("1001-1", "1001-2", "1001-3")] == ["", "1/12", ""]


def test_health_is_a_word_on_the_colour_of_the_editor() -> None:
    lozenges = {(one["title"], one.get("colour")) for one in macros(parsed(_whole()), "status")}

    assert {("On track", "Green"), ("At risk", "Yellow"), ("No data", None)} <= lozenges


def test_what_the_connection_cannot_see_is_counted_and_not_named() -> None:
    assert "hidden from this connection" in "".join(texts(exported(view_of(harbourline()))))


def test_what_stays_as_it_was_drawn_names_the_moment() -> None:
    """`3 minutes ago` would be wrong tomorrow."""
    said = "".join(texts(exported(every_state("en")["harbourline"])))

    assert "Numbers as of Nov 23, 2026" in said
    assert "ago" not in re.findall(r"[a-z]+", said)


def test_author_text_never_becomes_markup() -> None:
    view = view_of(nasty(warehouse()), jira_url="https://jira.example.org")
    root = parsed(stored(view))

    tags = {str(one.tag).rpartition("}")[2] for one in root.iter()} - {root.tag}
    assert tags == {
        *("table", "tbody", "tr", "th", "td", "p", "ul", "li", "a", "strong"),
        *("structured-macro", "parameter", "rich-text-body"),
    }
    assert NASTY in "".join(root.itertext())
    assert NASTY in texts(exported(view))


def test_characters_that_xml_cannot_hold_are_left_out() -> None:
    """A tracker's JSON may hold them in the summary of an issue."""
    body = stored(view_of(nasty(warehouse(), "tab\t bell\x07 half \ud83d and \ufffe.")))

    assert "tab\t bell half  and ." in "".join(parsed(body).itertext())


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", STATES)
def test_what_we_drew_is_not_read_as_okrs(name: str, locale: str) -> None:
    reading = read(stored(every_state(locale)[name], locale))

    assert (reading.okrs, [one.rule for one in reading.findings]) == (None, ["F-03"])


@pytest.mark.parametrize("name", STATES)
def test_a_page_that_shows_its_own_drawing_says_what_it_said_without(name: str) -> None:
    drawing = stored(every_state("en")[name])
    alone, below = read(WRITTEN), read(WRITTEN + drawing)

    assert alone.okrs is not None
    assert below.okrs == alone.okrs
    assert below.findings == alone.findings


def test_a_table_that_holds_a_drawing_is_an_authors_all_the_same() -> None:
    """Only what is drawn itself is passed over, not the table it was pasted into."""
    drawing = stored(view_of(warehouse()))
    pasted = WRITTEN.replace("<tbody>", f"<tbody><tr><td>{drawing}</td><td /><td /></tr>", 1)

    assert _titles(read(pasted)) == _titles(read(WRITTEN)) == ["Net Promoter Score rises"]


def _titles(reading: OkrReading) -> list[str]:
    objectives = reading.okrs.objectives if reading.okrs else ()
    return [row.title for one in objectives for row in one.key_results]


@WITH_CONTRACTS
def test_an_empty_text_is_no_node_of_a_document() -> None:
    """A row without an owner or a status without a word would break the whole export."""
    view = view_of(nasty(warehouse(), "\x07"))

    assert faults(exported(view)) == []


def test_the_list_of_remarks_is_read_where_nothing_else_can_be() -> None:
    states = every_state("en")

    assert "Must be mended" in stored(states["unreadable"])
    assert "Must be mended" not in stored(states["broken"])
    assert "Suggestions for this page" in stored(states["broken"])


def test_the_frame_links_a_query_too() -> None:
    page = etree.HTML(html_of(view_of(harbourline())))
    links = [one.get("href") for one in page.iter("a") if one.text == "Open in Jira"]

    assert [one for one in links if one and "/issues/?jql=" in one]


def _whole() -> str:
    return stored(view_of(warehouse())) + stored(view_of(harbourline()))


def test_a_body_that_is_damaged_on_its_way_is_told() -> None:
    """The helper above would see it: the tests of this file can fail."""
    assert isinstance(parse_source(stored(view_of(warehouse())).replace("</td>", "", 1)), Finding)
