"""What a page's body offers to know a key result again."""

import pytest

from connector.core.okr import Anchor, AnchorKind
from tests.pages.reading import only, read, results, table

HEAD = ("#", "Objective", "Key result", "Status")
STATUS = (
    "<ac:structured-macro ac:name='status' ac:macro-id='m1' ac:local-id='l1'>"
    "<ac:parameter ac:name='title'>On track</ac:parameter></ac:structured-macro>"
)
OURS = (
    "<ac:structured-macro ac:name='okr-key-result' ac:macro-id='m2'>"
    "<ac:parameter ac:name='key'>77-4</ac:parameter></ac:structured-macro>"
)


def marks(anchors: tuple[Anchor, ...]) -> list[str]:
    return [f"{one.kind}:{one.value}" for one in anchors]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (("77-3", "A", "x 1%", ""), ["key:77-3"]),
        (("88-3", "A", "x 1%", ""), []),
        (("1", "A", "x 1% [77-3]", ""), ["key:77-3"]),
        (("1", "A", "x 1% [77-3333333]", ""), []),
        (("1", "A", "x 1%, as 77-3 does", ""), []),
        (("1", "A", "x 1%", STATUS), ["macro:m1", "local:l1"]),
        (("1", "A", f"x 1% {OURS}", ""), ["key:77-4", "macro:m2"]),
    ],
)
def test_a_row_offers_keys_and_macros(row: tuple[str, ...], expected: list[str]) -> None:
    assert marks(only(table(HEAD, row)).anchors) == expected


def test_a_key_is_no_part_of_the_title() -> None:
    assert only(table(HEAD, ("1", "A", "x 1% [77-3]", ""))).title == "x 1%"


def test_rows_cells_and_paragraphs_have_ids_of_the_editor() -> None:
    body = (
        "<table><tr><th>Objective</th><th>Key result</th></tr><tr local-id='r'><td>A</td>"
        "<td local-id='c'><p local-id='p'>x 1%</p></td></tr></table>"
    )
    assert marks(only(body).anchors) == ["local:r", "local:c", "local:p"]


def test_key_results_of_one_cell_have_those_of_their_items() -> None:
    """The row's own would be the same for all of them."""
    items = "<ul><li local-id='i1'><p>x 1%</p></li><li local-id='i2'><p>y 2%</p></li></ul>"
    body = (
        "<table><tr><th>Objective</th><th>Key result</th></tr>"
        f"<tr local-id='r'><td>A</td><td>{items}</td></tr></table>"
    )
    assert [marks(one.anchors) for one in results(read(body))] == [["local:i1"], ["local:i2"]]


def test_list_items_and_tables_on_their_side() -> None:
    listed = "<h2>O1 A</h2><ul><li local-id='i'><p local-id='p'>KR1 x 1%</p></li></ul>"
    lying = (
        "<table><tr><td>Objective</td><td>A</td></tr>"
        "<tr><td>Key result 1</td><td local-id='c'>x 1%</td></tr></table>"
    )
    assert marks(only(listed).anchors) == ["local:i", "local:p"]
    assert marks(only(lying).anchors) == ["local:c"]


def test_the_strongest_kind_comes_first() -> None:
    kinds = [one.kind for one in only(table(HEAD, ("77-1", "A", f"x 1% {OURS}", STATUS))).anchors]
    assert kinds == sorted(kinds, key=list(AnchorKind).index)
