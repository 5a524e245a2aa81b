"""Well-formed pages of any shape: grammar-made storage format is read, kept and read the same."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import schemas
from connector.core.identity import match_keys
from connector.pages.document import dump, load
from tests.pages.reading import read

WORDS = st.sampled_from(
    [
        "Objective",
        "Key result",
        "KR",
        "Owner",
        "Target",
        "Current",
        "Baseline",
        "Status",
        "Due",
        "Weight",
        "Score",
        "Milestones",
        "Type",
        "目标",
        "关键结果",
        "负责人",
        "目标值",
        "状态",
        "截止日",
        "权重",
        "得分",
        "分值",
        "对齐",
        "依赖",
        "里程碑",
        "类型",
        "内容",
        "编号",
        "O1",
        "O1：甲",
        "KR1",
        "KR2：乙 3%",
        "Objective: fast",
        "目标一：快",
        "Owner: Ana",
        "Type: Committed",
        "x rises from 3 to 9",
        "从 20% 降到 8%",
        "↑30%",
        "三分之二",
        "1/3",
        "18/43",
        "yes",
        "否",
        "-20%",
        "2026-12-31",
        "3/12/2026",
        "31/12/2026",
        "Q4",
        "AB-1",
        "[77-1]",
        "[77-2]",
        "M1 a 30%, M2 b 70%",
        "on track",
        "🔴",
        "7/10",
        "★★★☆☆",
        "0.7",
        "45",
        "TBD",
        "e.g. x",
        "【请填写】",
        "Total",
        "&nbsp;",
        "&nosuch;",
        "１２％",
        "a;b 3%;c 4%",
        "—",
        ";",
        "(",
        "",
    ]
)
MARKS = st.sampled_from(("strong", "em", "s", "del", "u", "span", "sup", "code"))
SPANS = st.sampled_from(
    ("", "", "", " rowspan='2'", " colspan='3'", " local-id='a'", " rowspan='0'")
)
MACROS = st.sampled_from(
    ("status", "jira", "panel", "expand", "details", "info", "okr-objective", "anchor")
)
LEAVES = st.one_of(
    WORDS,
    st.just("<br/>"),
    st.just("<time datetime='2026-12-01'/>"),
    st.just("<ac:link><ri:user ri:account-id='u1'/></ac:link>"),
    st.just("<ac:link><ri:page ri:content-title='Company OKRs'/></ac:link>"),
    st.just("<ac:placeholder>type here</ac:placeholder>"),
    st.just("<a href='https://x.example/browse/AB-2'>AB-2</a>"),
    st.builds(
        "<ac:structured-macro ac:name='{}' ac:macro-id='m'><ac:parameter ac:name='title'>{}"
        "</ac:parameter><ac:parameter ac:name='key'>AB-3</ac:parameter>"
        "</ac:structured-macro>".format,
        MACROS,
        WORDS,
    ),
)
INLINE = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds("<{0}>{1}</{0}>".format, MARKS, inner),
        st.lists(inner, max_size=3).map(" ".join),
    ),
    max_leaves=5,
)


def blocks(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Whatever may hold blocks, around those already made."""
    item = st.builds("<li{}>{}</li>".format, SPANS, inner)
    cell = st.builds("<{0}{1}>{2}</{0}>".format, st.sampled_from(("td", "th")), SPANS, inner)
    row = st.lists(cell, min_size=1, max_size=5).map(lambda cells: f"<tr>{''.join(cells)}</tr>")
    return st.one_of(
        st.lists(inner, min_size=1, max_size=4).map("".join),
        st.builds(
            "<{0}>{1}</{0}>".format,
            st.sampled_from(("ul", "ol")),
            st.lists(item, max_size=4).map("".join),
        ),
        st.builds(
            "<table><tbody>{}</tbody></table>".format, st.lists(row, max_size=5).map("".join)
        ),
        st.builds(
            "<ac:structured-macro ac:name='{}'><ac:rich-text-body>{}</ac:rich-text-body>"
            "</ac:structured-macro>".format,
            MACROS,
            inner,
        ),
        st.builds(
            "<ac:task-list><ac:task><ac:task-body>{}</ac:task-body></ac:task></ac:task-list>".format,
            inner,
        ),
        st.builds("<ac:layout><ac:layout-cell>{}</ac:layout-cell></ac:layout>".format, inner),
    )


PARAGRAPHS = st.builds("<p>{}</p>".format, INLINE)
HEADINGS = st.builds("<h{0}>{1}</h{0}>".format, st.integers(1, 6), INLINE)
PAGES = st.lists(
    st.one_of(
        HEADINGS, PARAGRAPHS, st.recursive(st.one_of(INLINE, PARAGRAPHS), blocks, max_leaves=12)
    ),
    min_size=1,
    max_size=6,
).map("".join)


@given(PAGES)
@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_page_is_read_and_kept(body: str) -> None:
    """Nothing raises, the document holds everything, keys stay, and places lie within the page."""
    reading = read(body)
    again = read(body)

    assert reading == again
    assert reading.okrs or reading.findings
    for finding in reading.findings:
        assert 0 <= (finding.place.start or 0) <= (finding.place.end or 0) <= len(body.encode())
    if reading.okrs is None:
        return
    document = dump(reading.okrs)
    kept = match_keys(None, reading.okrs).okrs
    assert load(document) == reading.okrs
    assert [v for v in schemas.validate("okr-page", document) if v.finding is None] == []
    assert match_keys(kept, reading.okrs).okrs == kept


SAID = st.sampled_from(
    [
        "x rises from 3 to 9",
        "Owner: Ana",
        "KR2：乙 3%",
        "1/3",
        "2026-12-31",
        "AB-1",
        "[77-1]",
        "yes",
        "否",
        "🔴",
        "TBD",
        "—",
        ";",
        "(",
        "a;b 3%;c 4%",
    ]
)


@given(st.lists(st.tuples(SAID, SAID, SAID), min_size=1, max_size=6))
@settings(max_examples=150, deadline=None)
def test_no_row_vanishes(cells: list[tuple[str, str, str]]) -> None:
    """In an OKR table what is written is a key result's, an objective's, or told with its place."""
    rows = "".join(
        f"<tr><td>O{n} Aim</td><td>{a} {n}</td><td>{b}</td><td>{c}</td></tr>"
        for n, (a, b, c) in enumerate(cells, 1)
    )
    head = "<tr><th>Objective</th><th>Key result</th><th>Owner</th><th>Foo</th></tr>"
    reading = read(f"<table>{head}{rows}</table>")

    told = {finding.place.row for finding in reading.findings}
    objectives = reading.okrs.objectives if reading.okrs else ()
    read_rows = {one.place.row for o in objectives for one in o.key_results} | {
        o.place.row for o in objectives
    }
    assert set(range(2, len(cells) + 2)) <= read_rows | told
