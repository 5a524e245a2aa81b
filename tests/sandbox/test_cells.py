"""Cells of tables: found where they stand, changed without touching anything else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.wiki.cells import NotPlain, plain_cells, with_cell
from sandbox.wiki.storage_format import check

PAGE = (
    '<p>Übersicht&nbsp;&mdash; 目标</p><table ac:local-id="a>b"><tbody>'
    "<tr><th>Key result</th><td><p>35&nbsp;%</p></td><td />"
    '<td><p local-id="x" /></td><td><p>a<br />b</p></td></tr>'
    "<tr><td><p>one</p><p>two</p></td><td>loose <p>and not</p></td><td>42</td>"
    '<td><p><ac:link><ri:user ri:account-id="7" /></ac:link></p></td>'
    "<td><![CDATA[raw]]></td><td>a<!-- note --></td><td> <p> spaced </p> </td></tr>"
    "<tr><td><table><tbody><tr><td>inner</td></tr></tbody></table></td></tr></tbody></table>"
    '<ac:adf-extension><ac:adf-node type="panel"><ac:adf-content><table><tbody><tr><td>twice</td>'
    "</tr></tbody></table></ac:adf-content></ac:adf-node></ac:adf-extension>"
)
TYPED = st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")
PLAIN = {0: "Key result", 1: "35\xa0%", 2: "", 3: "", 7: "42", 11: "spaced", 13: "inner"}


def test_cells_of_nothing_but_text_are_plain() -> None:
    assert {number: cell.text for number, cell in plain_cells(PAGE).items()} == PLAIN


@pytest.mark.parametrize("number", PLAIN)
@given(text=st.text(TYPED, max_size=30))
def test_only_the_text_of_the_cell_changes(number: int, text: str) -> None:
    """Whatever is typed, the bytes before and behind stay, and the page stays well formed."""
    cell = plain_cells(PAGE)[number]
    raw = PAGE.encode()

    after = with_cell(PAGE, number, text)

    assert after.encode().startswith(raw[: cell.start])
    assert after.encode().endswith(raw[cell.end :])
    check(after)
    others = {n: c.text for n, c in plain_cells(after).items() if n != number}
    assert others == {n: t for n, t in PLAIN.items() if n != number}


def test_an_empty_element_is_opened_in_place() -> None:
    assert '<td>new</td><td><p local-id="x" /></td>' in with_cell(PAGE, 2, "new")
    assert '<td /><td><p local-id="x">new</p></td>' in with_cell(PAGE, 3, "new")


@pytest.mark.parametrize("number", [4, 5, 6, 8, 9, 10, 12, 14, 99, -1])
def test_a_cell_with_more_than_text_is_refused(number: int) -> None:
    with pytest.raises(NotPlain):
        with_cell(PAGE, number, "x")
