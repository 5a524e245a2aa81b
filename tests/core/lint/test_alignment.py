"""Alignment: what a change touches, and that keeping up says the same as starting anew."""

from collections.abc import Iterable
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from connector.core.alignment import (
    Aligned,
    Dependency,
    KeyResultRef,
    ObjectiveRef,
    PageRef,
    Ref,
)
from connector.core.alignment_findings import AlignmentFinding
from connector.core.alignment_names import LevelRef, TitledRef, WordsRef, folded
from connector.core.cycle import cycle_of
from connector.core.lint.aligning import Alignments
from connector.core.lint.rule import EVERYTHING_ON, Limits, LintPolicy
from connector.core.okr import KrKey, Level, ObjectiveKey, PageId

TITLES = ["Calm nights", "Proud welders", "Fresh bread early", "Quiet engines", "Warm schools"]
KEYS = [ObjectiveKey(f"{n}-O1") for n in range(6)]


def objective(key: str, *parents: Ref, level: Level = Level.TEAM, title: str = "") -> Aligned:
    number = key.partition("-")[0]
    results = ((KrKey(f"{number}-1"), "one"), (KrKey(f"{number}-2"), "two"))
    return Aligned(
        ObjectiveKey(key),
        PageId(number),
        title or TITLES[int(number) % len(TITLES)],
        level,
        cycle_of("2026-Q4"),
        results,
        parents,
    )


def rules_of(found: Iterable[AlignmentFinding]) -> list[str]:
    return sorted(one.rule for one in found)


refs = st.one_of(
    st.sampled_from([ObjectiveRef(key) for key in KEYS]),
    st.sampled_from([PageRef(PageId(str(n))) for n in range(6)]),
    st.sampled_from([KeyResultRef(KrKey(f"{n}-{m}")) for n in range(6) for m in (1, 2)]),
)
aligned = st.builds(
    lambda key, parents, level: objective(key, *parents, level=level),
    st.sampled_from(KEYS),
    st.lists(refs, max_size=3, unique=True),
    st.sampled_from(Level),
)
changes = st.lists(st.one_of(aligned, st.sampled_from(KEYS)), max_size=20)


@given(changes)
@settings(max_examples=300, deadline=None)
def test_keeping_up_says_the_same_as_starting_anew(steps: list[Aligned | ObjectiveKey]) -> None:
    kept = Alignments(EVERYTHING_ON)
    there: dict[ObjectiveKey, Aligned] = {}
    for step in steps:
        if isinstance(step, Aligned):
            there[step.key] = step
            kept.put(step)
        else:
            there.pop(step, None)
            kept.remove(step)

    anew = Alignments(EVERYTHING_ON, there.values())

    assert dict(kept.found) == dict(anew.found)
    assert kept.of_the_network == anew.of_the_network


PARTS = st.sampled_from(["", "O1", "O2-KR1", "KR1", "KR1.1"])
TITLED = st.sampled_from(["page1", "page2"])
WORDS = ["calm nights", "proud welders", "page 1", "page 2", "one"]
names = st.one_of(
    st.sampled_from([ObjectiveRef(key) for key in KEYS]),
    st.builds(PageRef, st.sampled_from([PageId(str(n)) for n in range(4)]), PARTS),
    st.builds(TitledRef, st.sampled_from(["", "A", "B"]), TITLED, PARTS),
    st.builds(LevelRef, st.just(Level.COMPANY), PARTS),
    st.sampled_from([WordsRef(folded(one)) for one in WORDS]),
)
some_names = st.lists(names, max_size=2, unique=True).map(tuple)
CYCLES = [None, *map(cycle_of, ("2026-Q4", "2026-Q3", "2026"))]


@st.composite
def pages(draw: st.DrawFn) -> tuple[PageId, tuple[Aligned, ...]]:
    """A page with up to three objectives, whose titles others may bear too."""
    page, count = PageId(str(draw(st.integers(0, 3)))), draw(st.integers(0, 3))
    level, cycle = draw(st.sampled_from([None, *Level])), draw(st.sampled_from(CYCLES))
    space = draw(st.sampled_from(["A", "B"]))
    return page, tuple(
        Aligned(
            ObjectiveKey(f"{page}-O{number}"),
            page,
            draw(st.sampled_from(TITLES)),
            level,
            cycle,
            ((KrKey(f"{page}-{number}"), draw(st.sampled_from(WORDS))),),
            draw(some_names),
            dependencies=tuple(
                Dependency("them", confirmed, "", (ref,))
                for ref, confirmed in draw(st.lists(st.tuples(names, st.booleans()), max_size=2))
            ),
            needed_by=draw(some_names),
            space=space,
            page_title=f"Page {draw(st.integers(1, 2))}",
            number=number,
            alone=count == 1,
            live=draw(st.integers(0, 5)) > 0,
        )
        for number in range(1, count + 1)
    )


@given(st.lists(pages(), max_size=12))
@settings(max_examples=150, deadline=None)
def test_pages_that_change_say_the_same_as_all_of_them_anew(
    steps: list[tuple[PageId, tuple[Aligned, ...]]],
) -> None:
    """With names that several things bear, dependencies, and confirmations on the other side."""
    kept = Alignments(EVERYTHING_ON)
    there: dict[PageId, tuple[Aligned, ...]] = {}
    for page, objectives in steps:
        before = dict(kept.found)
        there[page] = objectives
        looked = kept.replace(page, objectives)

        anew = Alignments(EVERYTHING_ON, [one for some in there.values() for one in some])
        assert dict(kept.found) == dict(anew.found)
        assert kept.of_the_network == anew.of_the_network
        changed = {key for key, found in kept.found.items() if before.get(key) != found}
        assert changed <= looked


def test_a_circle_is_told_with_its_way_round() -> None:
    """Each of the three hears of it, from its own point of view."""
    a, b, c = (
        objective("1-O1", ObjectiveRef(KEYS[2]), title="north"),
        objective("2-O1", PageRef(PageId("3")), title="east"),
        objective("3-O1", KeyResultRef(KrKey("1-2")), title="south"),
    )
    found = Alignments(EVERYTHING_ON, [a, b, c]).found

    circles = {key: [one for one in told if one.rule == "A-02"] for key, told in found.items()}
    ways = {key: [other.objective for other in one.others] for key, [one] in circles.items()}

    assert ways == {
        "1-O1": ["1-O1", "2-O1", "3-O1"],
        "2-O1": ["2-O1", "3-O1", "1-O1"],
        "3-O1": ["3-O1", "1-O1", "2-O1"],
    }


def test_an_objective_that_supports_itself_goes_in_a_circle() -> None:
    found = Alignments(EVERYTHING_ON, [objective("1-O1", KeyResultRef(KrKey("1-1")))]).found
    assert "A-02" in rules_of(found[KEYS[1]])


def test_a_name_that_comes_to_mean_two_things_breaks_the_circle_it_held() -> None:
    """None of those on the circle is named by what came, or names it and nothing else."""
    named = replace(objective("1-O1", title="Calm nights"), parents=(WordsRef("proudwelders"),))
    other = replace(objective("2-O1", title="Proud welders"), parents=(ObjectiveRef(KEYS[1]),))
    kept = Alignments(EVERYTHING_ON, [named, other])
    assert [one.rule for one in kept.found[KEYS[2]]] == ["A-02"]

    kept.put(objective("3-O1", ObjectiveRef(KEYS[2]), title="Proud welders"))

    assert "A-02" not in rules_of(kept.found.get(KEYS[2], ()))


def test_a_link_to_the_own_page_means_the_others_there() -> None:
    found = Alignments(EVERYTHING_ON, [objective("1-O1", PageRef(PageId("1")))]).found
    assert "A-02" not in rules_of(found.get(KEYS[1], ()))


def test_a_parent_that_comes_later_counts_from_then_on() -> None:
    """A team that named the company directly hears of it once the company is there."""
    kept = Alignments(EVERYTHING_ON, [objective("2-O1", ObjectiveRef(KEYS[1]))])
    assert KEYS[2] not in kept.found

    touched = kept.put(objective("1-O1", level=Level.COMPANY))

    assert touched == {KEYS[1], KEYS[2]}
    assert rules_of(kept.found[KEYS[2]]) == ["A-03"]


def test_a_level_nobody_uses_is_not_skipped() -> None:
    policy = LintPolicy(limits=Limits(levels=("company", "team")))
    company = objective("1-O1", level=Level.COMPANY)
    found = Alignments(policy, [company, objective("2-O1", ObjectiveRef(KEYS[1]))])
    assert (dict(found.found), found.of_the_network) == ({}, ())


def test_a_change_looks_only_at_what_it_touches() -> None:
    """Ten children among five thousand objectives, each of which has a parent of its own."""
    many = [objective("0-O1", level=Level.COMPANY)]
    many += [objective(f"{n}-O1", ObjectiveRef(KEYS[0])) for n in range(1, 11)]
    many += [
        objective(f"{n}-O1", ObjectiveRef(ObjectiveKey(f"{n // 10}-O1"))) for n in range(11, 5000)
    ]
    kept = Alignments(EVERYTHING_ON, many)

    touched = kept.put(objective("7-O1", ObjectiveRef(KEYS[0]), title="renamed"))

    assert touched == {f"{n}-O1" for n in (7, *range(70, 80))}
