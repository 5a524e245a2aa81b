"""What authors write about alignment, and whom it means among all that is there."""

from datetime import UTC, datetime

import pytest

from connector.core.alignment import Aligned, Network
from connector.core.alignment_names import risk_owner
from connector.core.alignment_reading import aligned_of
from connector.core.findings import Place
from connector.core.okr import (
    DependencyRef,
    KeyResult,
    KrKey,
    Level,
    Objective,
    ObjectiveKey,
    ObjectiveState,
    OkrPage,
    PageId,
    PageState,
    ParentRef,
    SiteId,
    StoredPage,
)

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
COMPANY, OLD, TEAM = PageId("100"), PageId("50"), PageId("200")


def page(
    number: PageId,
    title: str,
    *objectives: Objective,
    level: Level = Level.TEAM,
    cycle: str = "2026-Q4",
    space: str = "ACME",
    state: PageState = PageState.READ,
) -> StoredPage:
    okrs = OkrPage(number, title, cycle, level, (), objectives)
    return StoredPage(
        SiteId("acme"), number, title, space, "", 1, 1, state, okrs, (), NOON, saved_at=NOON
    )


def aim(
    on: PageId,
    number: int,
    title: str,
    *,
    parents: tuple[ParentRef, ...] = (),
    dependencies: tuple[DependencyRef, ...] = (),
    state: ObjectiveState = ObjectiveState.ACTIVE,
) -> Objective:
    results = tuple(
        KeyResult(KrKey(f"{on}-{number}{n}"), f"{title} {n}", n, Place()) for n in (1, 2)
    )
    return Objective(
        ObjectiveKey(f"{on}-O{number}"),
        title,
        Place(),
        results,
        state=state,
        parents=parents,
        dependencies=dependencies,
    )


COMPANY_PAGE = page(
    COMPANY,
    "Acme company OKRs",
    aim(COMPANY, 1, "Shippers book with us"),
    aim(COMPANY, 2, "Customers trust every date"),
    level=Level.COMPANY,
)
OLD_PAGE = page(
    OLD,
    "Acme company OKRs Q3",
    aim(OLD, 1, "Shippers book with us", state=ObjectiveState.CLOSED),
    level=Level.COMPANY,
    cycle="2026-Q3",
)


def network(*others: StoredPage) -> Network:
    return Network(one for kept in (COMPANY_PAGE, OLD_PAGE, *others) for one in aligned_of(kept))


def supported(*parents: ParentRef, space: str = "ACME") -> list[str]:
    mine = page(TEAM, "Team OKRs", aim(TEAM, 1, "Quick quotes", parents=parents), space=space)
    there = network(mine)
    return [one.key for one, _ in there.parents_of(ObjectiveKey(f"{TEAM}-O1"))]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (ParentRef("x", "100-O2"), ["100-O2"]),
        (ParentRef("x", "100-12"), ["100-O1"]),
        (ParentRef("x", "", "100"), ["100-O1", "100-O2"]),
        (ParentRef("x", "", "Acme company OKRs"), ["100-O1", "100-O2"]),
        (ParentRef("x", "", "ACME Company OKRs"), ["100-O1", "100-O2"]),
        (ParentRef("x", "O2", "Acme company OKRs"), ["100-O2"]),
        (ParentRef("x", "KR2.1", "100"), ["100-O2"]),
        (ParentRef("x", "O2-KR3", "100"), []),
        (ParentRef("公司 O2-KR1", "O2-KR1"), ["100-O2"]),
        (ParentRef("Company O1", "O1"), ["100-O1"]),
        (ParentRef("子公司 O1", "O1"), []),
        (ParentRef("Acme company OKRs – O2", "O2"), ["100-O2"]),
        (ParentRef("O2: Customers trust every date", "O2"), ["100-O2"]),
        (ParentRef("customers  trust every date"), ["100-O2"]),
        (ParentRef("Customers trust every date 2"), ["100-O2"]),
        (ParentRef("Acme company OKRs"), ["100-O1", "100-O2"]),
        (ParentRef("Nobody wrote this"), []),
        (ParentRef("O2", "O2"), []),
    ],
)
def test_what_is_written_means_whom(written: ParentRef, meant: list[str]) -> None:
    assert supported(written) == meant


def test_a_number_without_a_page_is_one_on_the_page_that_is_linked_beside_it() -> None:
    linked = ParentRef("Acme company OKRs O1", "O1", "Acme company OKRs")
    assert supported(linked, ParentRef("O2", "O2")) == ["100-O1", "100-O2"]


def test_a_title_that_comes_again_each_quarter_means_that_of_the_same_time() -> None:
    assert supported(ParentRef("Shippers book with us")) == ["100-O1"]


def test_a_link_leads_into_its_own_space_unless_it_names_another() -> None:
    there = ParentRef("x", "", "Acme company OKRs")
    assert supported(there, space="TEAM") == []
    named = ParentRef("x", "", "Acme company OKRs", "ACME")
    assert supported(named, space="TEAM") == ["100-O1", "100-O2"]


def test_a_title_that_two_bear_at_the_same_time_means_neither() -> None:
    other = page(PageId("300"), "Other", aim(PageId("300"), 1, "Customers trust every date"))
    mine = aim(TEAM, 1, "Quick quotes", parents=(ParentRef("Customers trust every date"),))
    there = network(other, page(TEAM, "Team OKRs", mine))

    assert there.parents_of(ObjectiveKey("200-O1")) == []


def test_who_copied_a_title_supports_the_other_and_not_itself() -> None:
    mine = aim(
        TEAM, 1, "Customers trust every date", parents=(ParentRef("Customers trust every date"),)
    )
    there = network(page(TEAM, "Team OKRs", mine))

    assert [one.key for one, _ in there.parents_of(ObjectiveKey("200-O1"))] == ["100-O2"]


def test_what_is_closed_supports_nobody_any_more() -> None:
    mine = aim(TEAM, 1, "Quick", parents=(ParentRef("x", "100-O1"),), state=ObjectiveState.CLOSED)
    [found] = aligned_of(page(TEAM, "Team OKRs", mine))

    assert (found.live, found.parents) == (False, ())


@pytest.mark.parametrize("state", [PageState.GONE, PageState.EMPTY])
def test_a_page_that_takes_no_part_holds_nothing(state: PageState) -> None:
    assert aligned_of(page(TEAM, "Team OKRs", aim(TEAM, 1, "Quick"), state=state)) == ()


def test_a_dependency_that_the_other_side_confirms_is_known_on_both_pages() -> None:
    needs = aim(TEAM, 1, "Quick", dependencies=(DependencyRef("Data", "300-O1"),))
    data = aligned_of(page(PageId("300"), "Data", aim(PageId("300"), 1, "Clean data")))
    [mine] = aligned_of(page(TEAM, "Team OKRs", needs))
    [dependency] = mine.dependencies
    for refs, confirmed in (((), False), (mine_as_named(mine), True)):
        [other] = [replaced(one, refs) for one in data]
        there = Network([mine, other])
        assert [one.key for one in there.needed_of(mine, dependency)] == ["300-O1"]
        assert there.confirms(other, mine) is confirmed


def mine_as_named(one: Aligned) -> tuple[DependencyRef, ...]:
    return (DependencyRef("Team", one.key),)


def replaced(one: Aligned, refs: tuple[DependencyRef, ...]) -> Aligned:
    written = Objective(one.key, one.title, Place(), (), needed_by=refs)
    [found] = aligned_of(page(one.page, "Data", written))
    return found


@pytest.mark.parametrize("text", ["Identity", "Risk analysis team", "风险部", ""])
def test_nobody_carries_the_risk_where_nobody_is_named(text: str) -> None:
    assert risk_owner(text) == ""
