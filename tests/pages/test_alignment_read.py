"""What a page says of alignment: for one objective, or in its properties for all of them."""

from datetime import date

from connector.core.okr import DependencyRef, Objective, PageId, ParentRef
from connector.core.policy import Policy
from connector.pages import read_okrs

RESULTS = (
    "<table><tbody><tr><th><p>Key result</p></th><th><p>Target</p></th></tr>"
    "<tr><td><p>Repeat orders rise from 31% to 45%</p></td><td><p>45%</p></td></tr></tbody></table>"
)
LINK = '<ac:link><ri:page {more}ri:content-title="{title}" /></ac:link>'


def link(title: str, space: str = "") -> str:
    return LINK.format(title=title, more=f'ri:space-key="{space}" ' if space else "")


def objectives(*properties: tuple[str, str], beside: str = "") -> tuple[Objective, ...]:
    rows = "".join(
        f"<tr><th><p>{name}</p></th><td><p>{value}</p></td></tr>" for name, value in properties
    )
    body = (
        '<ac:structured-macro ac:name="details"><ac:rich-text-body><table><tbody>'
        f"<tr><th><p>Cycle</p></th><td><p>2026-Q4</p></td></tr>{rows}"
        "</tbody></table></ac:rich-text-body></ac:structured-macro>"
        f"<h2>O1: Calm nights</h2>{beside}{RESULTS}<h2>O2: Fresh bread</h2>{RESULTS}"
    )
    today = date(2026, 11, 24)
    read = read_okrs(body, page=PageId("7"), title="Team", policy=Policy(), today=today)
    assert read.okrs is not None
    return read.okrs.objectives


def test_the_properties_of_a_page_hold_for_all_of_its_objectives() -> None:
    one, other = objectives(("Alignment", link("Company OKRs")), ("Contribution", "Fewer calls"))

    assert one.parents == other.parents == (ParentRef("Company OKRs", "", "Company OKRs"),)
    assert (one.contribution, other.contribution) == ("Fewer calls", "Fewer calls")


def test_an_objective_that_says_so_itself_is_believed() -> None:
    one, other = objectives(("对齐", link("Company OKRs")), beside="<p>Supports: 65601-O2</p>")

    assert [ref.key for ref in one.parents] == ["65601-O2"]
    assert [ref.page for ref in other.parents] == ["Company OKRs"]


def test_the_words_of_a_link_are_one_name_whatever_stands_in_them() -> None:
    """Neither is its comma between two names nor its O2 a number of an objective."""
    title = "Sales O2 plan, Q4 2026; final"
    [one, _] = objectives(("Alignment", f"{link(title)} O3, {link('Company', 'CO')} KR1.2"))

    assert one.parents == (
        ParentRef(f"{title} O3", "O3", title),
        ParentRef("Company KR1.2", "KR1.2", "Company", "CO"),
    )


def test_a_page_says_who_needs_it() -> None:
    [one, _] = objectives(
        ("Depends on", "法务（已确认）"),
        ("Needed by", f"{link('Data')} O1 (confirmed), HR (pending)"),
    )

    assert one.dependencies == (DependencyRef("法务", confirmed=True),)
    assert one.needed_by == (
        DependencyRef("Data O1", "O1", "Data", confirmed=True),
        DependencyRef("HR", confirmed=False),
    )
