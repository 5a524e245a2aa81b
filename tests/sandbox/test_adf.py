"""Pages as Atlassian documents: as the published schema has them, and back without loss."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from sandbox.wiki.adf.reading import document
from sandbox.wiki.adf.writing import NotADocument, storage_of
from tests.sandbox.conftest import Caller, json_of
from tests.sandbox.documents import LINKS, ROOT, WITH_CONTRACTS, faults

SAMPLES = Path(os.environ.get("OKR_SAMPLES_DIR", str(ROOT / "../shared/samples"))) / "pages"
SEEDED = ROOT / "sandbox/company/pages"
MALFORMED = ("malformed", "unknown-entity")
TEXTS = [
    path
    for path in [*sorted(SAMPLES.glob("*.xml")), *sorted(SEEDED.glob("*.xml"))]
    if not any(word in path.name for word in MALFORMED)
]
PAGES = "/wiki/api/v2/pages"


def blocks(storage: str) -> Any:
    return document(storage, LINKS)["content"]


def inline(storage: str) -> Any:
    return blocks(f"<p>{storage}</p>")[0]["content"]


@WITH_CONTRACTS
@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_a_page_is_a_document_of_the_schema_and_comes_back(path: Path) -> None:
    found = document(path.read_text(encoding="utf-8"), LINKS)

    assert faults(found) == []
    assert document(storage_of(json.dumps(found)), LINKS) == found


MARKED = [
    ("strong", {"type": "strong"}),
    ("em", {"type": "em"}),
    ("u", {"type": "underline"}),
    ("del", {"type": "strike"}),
    ("code", {"type": "code"}),
    ("sub", {"type": "subsup", "attrs": {"type": "sub"}}),
]


@pytest.mark.parametrize(("tag", "mark"), MARKED)
def test_words_carry_marks(tag: str, mark: Any) -> None:
    expected = [{"type": "text", "text": "x", "marks": [mark]}]

    assert inline(f"<{tag}>x</{tag}>") == expected


@pytest.mark.parametrize(
    ("storage", "expected"),
    [
        (
            '<ac:structured-macro ac:name="status"><ac:parameter ac:name="title">On track'
            '</ac:parameter><ac:parameter ac:name="colour">Green</ac:parameter>'
            "</ac:structured-macro>",
            {"type": "status", "attrs": {"text": "On track", "color": "green"}},
        ),
        (
            '<time datetime="2026-12-31" />',
            {"type": "date", "attrs": {"timestamp": "1798675200000"}},
        ),
        (
            '<ac:link><ri:user ri:account-id="a:1" /></ac:link>',
            {"type": "mention", "attrs": {"id": "a:1"}},
        ),
        (
            '<ac:link><ri:page ri:content-title="Home" /></ac:link>',
            {
                "type": "text",
                "text": "Home",
                "marks": [{"type": "link", "attrs": {"href": "http://site/home"}}],
            },
        ),
        (
            '<a href="http://jira/browse/A-1" data-card-appearance="inline">A-1</a>',
            {"type": "inlineCard", "attrs": {"url": "http://jira/browse/A-1"}},
        ),
        (
            '<span style="color: rgb(255,0,16);">x</span>',
            {
                "type": "text",
                "text": "x",
                "marks": [{"type": "textColor", "attrs": {"color": "#ff0010"}}],
            },
        ),
        (
            '<ac:inline-comment-marker ac:ref="r">x</ac:inline-comment-marker>',
            {
                "type": "text",
                "text": "x",
                "marks": [
                    {
                        "type": "annotation",
                        "attrs": {"id": "r", "annotationType": "inlineComment"},
                    }
                ],
            },
        ),
        ("<br />", {"type": "hardBreak"}),
    ],
)
def test_what_stands_between_words(storage: str, expected: Any) -> None:
    assert inline(storage) == [expected]


def test_an_issue_within_words_is_an_extension_that_keeps_its_parameters() -> None:
    (found,) = inline(
        '<ac:structured-macro ac:name="jira" ac:macro-id="m-1"><ac:parameter ac:name="key">HBR-1'
        "</ac:parameter></ac:structured-macro>"
    )

    assert found["type"] == "inlineExtension"
    assert found["attrs"]["extensionType"] == "com.atlassian.confluence.macro.core"
    assert found["attrs"]["extensionKey"] == "jira"
    parameters = found["attrs"]["parameters"]
    assert parameters["macroParams"] == {"key": {"value": "HBR-1"}}
    assert parameters["macroMetadata"]["macroId"] == {"value": "m-1"}


def test_cells_reach_and_heads_are_heads() -> None:
    (table,) = blocks(
        '<table data-layout="wide"><colgroup><col style="width: 90.0px;" />'
        '<col style="width: 120.0px;" /></colgroup><tbody><tr><th colspan="2"><p>A</p></th></tr>'
        '<tr><td data-highlight-colour="#deebff" rowspan="2"><p>b</p></td><td /></tr>'
        "</tbody></table>"
    )
    head, (cell, empty) = table["content"][0]["content"][0], table["content"][1]["content"]

    assert table["attrs"] == {"layout": "wide"}
    assert (head["type"], head["attrs"]) == (
        "tableHeader",
        {"colspan": 2, "colwidth": [90.0, 120.0]},
    )
    assert cell["attrs"] == {"rowspan": 2, "background": "#deebff", "colwidth": [90.0]}
    assert (empty["type"], empty["content"]) == (
        "tableCell",
        [{"type": "paragraph", "content": []}],
    )


def test_panels_expands_and_app_macros() -> None:
    kinds = [
        (block["type"], block["attrs"].get("panelType") or block["attrs"].get("extensionKey"))
        for name in ("info", "tip", "note", "warning", "details", "expand")
        for block in blocks(
            f'<ac:structured-macro ac:name="{name}"><ac:rich-text-body><p>x</p>'
            "</ac:rich-text-body></ac:structured-macro>"
        )
    ]

    assert kinds == [
        ("panel", "info"),
        ("panel", "success"),
        ("panel", "warning"),
        ("panel", "error"),
        ("bodiedExtension", "details"),
        ("expand", None),
    ]


def test_what_no_document_can_hold_is_carried_as_it_is() -> None:
    nested = "<table><tbody><tr><td><p>in</p></td></tr></tbody></table>"
    (table,) = blocks(f"<table><tbody><tr><td>{nested}</td></tr></tbody></table>")
    (held,) = table["content"][0]["content"][0]["content"]

    assert held["attrs"]["extensionKey"] == "legacy-content"
    assert held["attrs"]["parameters"]["cxhtml"] == nested
    assert nested in storage_of(json.dumps({"type": "doc", "version": 1, "content": [table]}))


def paragraph(*content: Any) -> str:
    return json.dumps(
        {"type": "doc", "version": 1, "content": [{"type": "paragraph", "content": content}]}
    )


def test_a_page_is_written_and_read_as_a_document(bot: Caller) -> None:
    text = paragraph({"type": "text", "text": "a < b", "marks": [{"type": "strong"}]})
    body = {"representation": "atlas_doc_format", "value": text}
    page = json_of(bot.post(PAGES, {"spaceId": "65538", "title": "By document", "body": body}))

    assert page["body"]["storage"]["value"] == "<p><strong>a &lt; b</strong></p>"
    shown = json_of(bot.get(f"{PAGES}/{page['id']}", **{"body-format": "atlas_doc_format"}))
    assert json.loads(shown["body"]["atlas_doc_format"]["value"]) == json.loads(text)

    nested = {"atlas_doc_format": {"representation": "atlas_doc_format", "value": paragraph()}}
    change = {"id": page["id"], "status": "current", "title": "T", "version": {"number": 2}}
    assert bot.put(f"{PAGES}/{page['id']}", change | {"body": nested}).status_code == 200


WRONG = [
    "not JSON",
    "[]",
    '{"type": "paragraph"}',
    '{"type": "doc", "content": [{"type": "nonsense"}]}',
    '{"type": "doc", "content": [{"type": "heading", "attrs": {"level": 9}}]}',
    paragraph({"type": "nonsense"}),
    paragraph({"type": "text", "text": "x", "marks": [{"type": "nonsense"}]}),
    paragraph({"type": "date", "attrs": {"timestamp": "soon"}}),
    paragraph({"type": "text", "text": "x", "marks": [{"type": "textColor", "attrs": {}}]}),
    '{"type": "doc", "content": [{"type": "blockCard"}]}',
    '{"type": "doc", "content": [{"type": "layoutSection", "content": []}]}',
]


@pytest.mark.parametrize("text", WRONG)
def test_what_is_no_document_is_refused(bot: Caller, text: str) -> None:
    with pytest.raises(NotADocument):
        storage_of(text)
    body = {"representation": "atlas_doc_format", "value": text}
    answer = bot.post(PAGES, {"spaceId": "65538", "title": "Wrong", "body": body})
    assert answer.status_code == 400
