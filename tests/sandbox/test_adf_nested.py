"""Whatever is nested in whatever is a document of the published schema, and stays one."""

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox.wiki.adf.reading import document
from sandbox.wiki.adf.writing import storage_of
from tests.sandbox.documents import LINKS, WITH_CONTRACTS, faults

LEAVES = st.sampled_from(
    [
        "words",
        " ",
        "<br />",
        "<strong>b</strong>",
        '<time datetime="2026-01-01" />',
        '<ac:structured-macro ac:name="status"><ac:parameter ac:name="title">S</ac:parameter>'
        "</ac:structured-macro>",
        '<ac:structured-macro ac:name="toc" />',
        '<ac:link><ri:user ri:account-id="a" /></ac:link>',
        '<ac:image><ri:url ri:value="http://x/y.png" /></ac:image>',
        '<ac:image><ri:attachment ri:filename="a.png" /></ac:image>',
        "<hr />",
        "<!-- remark -->",
    ]
)
WRAPPERS = st.sampled_from(
    [
        "<p>{}</p>",
        '<p style="text-align: center;">{}</p>',
        "<h2>{}</h2>",
        "<ul><li>{}</li></ul>",
        "<ol><li><p>{}</p></li></ol>",
        "<blockquote>{}</blockquote>",
        "<table><tbody><tr><th>{}</th><td>{}</td></tr></tbody></table>",
        '<ac:structured-macro ac:name="info"><ac:rich-text-body>{}</ac:rich-text-body>'
        "</ac:structured-macro>",
        '<ac:structured-macro ac:name="expand"><ac:rich-text-body>{}</ac:rich-text-body>'
        "</ac:structured-macro>",
        '<ac:structured-macro ac:name="details"><ac:parameter ac:name="id">k</ac:parameter>'
        "<ac:rich-text-body>{}</ac:rich-text-body></ac:structured-macro>",
        '<ac:layout><ac:layout-section ac:type="two_equal"><ac:layout-cell>{}</ac:layout-cell>'
        "<ac:layout-cell>{}</ac:layout-cell></ac:layout-section></ac:layout>",
        "<ac:task-list><ac:task><ac:task-id>1</ac:task-id>"
        "<ac:task-status>incomplete</ac:task-status><ac:task-body>{}</ac:task-body></ac:task>"
        "</ac:task-list>",
        "<div>{}</div>",
        "<em>{}</em>",
        '<a href="http://x/">{}</a>',
    ]
)
NESTED = st.recursive(
    LEAVES,
    lambda inner: st.tuples(WRAPPERS, st.lists(inner, max_size=3)).map(
        lambda made: made[0].replace("{}", "".join(made[1]))
    ),
    max_leaves=12,
)


@WITH_CONTRACTS
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(NESTED, max_size=4).map("".join))
def test_whatever_is_nested_in_whatever_is_a_document(storage: str) -> None:
    found = document(storage, LINKS)

    assert faults(found) == []
    again = document(storage_of(json.dumps(found)), LINKS)
    assert faults(again) == []


@WITH_CONTRACTS
def test_the_schema_can_refuse() -> None:
    assert faults({"type": "doc", "version": 1, "content": [{"type": "listItem"}]})
