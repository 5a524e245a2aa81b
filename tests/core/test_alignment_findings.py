"""What of a remark about alignment a reader is told, by the pages that they may read."""

from collections.abc import Collection

from connector.core.alignment_findings import (
    HIDDEN,
    AlignmentFinding,
    Mention,
    Named,
    for_reader,
    in_words,
    mentioned,
    told_to_all,
)
from connector.core.findings import Place, Severity
from connector.core.okr import Objective, ObjectiveKey, OkrPage, PageId

MINE, B, C, D = (Mention(PageId(str(n)), ObjectiveKey(f"{n}-O1")) for n in range(1, 5))
OKRS = OkrPage(
    MINE.page, "Mine", None, None, (), (Objective(MINE.objective, "Calm nights", Place(row=2), ()),)
)
NAMES = {one.objective: Named(f"Title {one.page}", "2026-Q3") for one in (MINE, B, C, D)}


def finding(rule: str, *others: Mention, **facts: str) -> AlignmentFinding:
    return AlignmentFinding(rule, Severity.W, MINE.objective, tuple(facts.items()), others)


def told(one: AlignmentFinding, pages: Collection[str]) -> list[dict[str, str]]:
    readable = {PageId(page) for page in pages}
    names = {key: name for key, name in NAMES.items() if key.split("-")[0] in readable}
    found = in_words(for_reader([one], readable), OKRS, names, hidden="hidden")
    return [dict(each.facts) for each in found]


def test_a_circle_names_those_that_the_reader_may_see() -> None:
    circle = finding("A-02", MINE, B, C, D)

    assert told(circle, {"1", "2", "3", "4"}) == [
        {"path": "Title 1 → Title 2 → Title 3 → Title 4 → Title 1"}
    ]
    assert told(circle, {"1", "2", "4"}) == [
        {"path": "Title 1 → Title 2 → hidden → Title 4 → Title 1"}
    ]


def test_nobody_can_count_those_that_are_hidden_in_a_row() -> None:
    circle = finding("A-02", MINE, B, C, D)

    assert told(circle, {"1"}) == [{"path": "Title 1 → hidden → Title 1"}]
    assert for_reader([circle], {PageId("1")})[0].others == (MINE, HIDDEN)


def test_what_stands_on_a_hidden_page_is_not_remarked_on() -> None:
    """Its level, its cycle and its words could else be found out by trying."""
    for one in (
        finding("A-03", B),
        finding("A-04", B, cycle="2026-Q4"),
        finding("A-06", B),
        finding("A-03", B, C),
    ):
        assert told(one, {"1", "3"}) == []
        assert len(told(one, {"1", "2", "3"})) == 1


def test_a_dependency_is_told_in_the_words_of_its_own_page() -> None:
    """Whether they name a hidden page or nothing at all: nobody can tell by what is remarked."""
    needs, nothing = finding("A-05", B, other="Data"), finding("A-05", other="Data")

    assert told(needs, {"1", "2"}) == told(needs, {"1"}) == [{"other": "Data"}]
    assert for_reader([needs], {PageId("1")}) == for_reader([nothing], {PageId("1")})


def test_the_cycle_of_a_parent_is_told_to_those_who_see_it() -> None:
    late = finding("A-04", B, cycle="2026-Q4")

    assert told(late, {"1", "2"}) == [
        {"cycle": "2026-Q4", "parent": "Title 2", "parent_cycle": "2026-Q3"}
    ]


def test_a_finding_stands_where_its_objective_stands() -> None:
    [one] = in_words([finding("A-01")], OKRS, {}, hidden="")

    assert (one.place, one.objective) == (Place(row=2), "Calm nights")


def test_what_all_are_told_counts_the_same_for_everybody_and_names_nobody() -> None:
    found = [finding("A-01"), finding("A-02", MINE, B), finding("A-06", C)]

    assert [(one.rule, one.others) for one in told_to_all(found)] == [("A-01", ()), ("A-02", ())]
    assert mentioned(found) == {"1", "2", "3"}
