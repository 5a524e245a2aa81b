"""What tells a key result again: marks in the body, then words; nothing where they are torn."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector.core.findings import Place
from connector.core.identity import highest_number, match_keys
from connector.core.okr import (
    Anchor,
    AnchorKind,
    KeyResult,
    KrKey,
    Objective,
    ObjectiveKey,
    OkrPage,
    PageId,
)

KEY, MACRO, LOCAL = AnchorKind
WORDS = (
    "NPS rises from 20 to 40",
    "Median delivery takes 3 days",
    "每月事故不超过两次",
    "Half of all tills run the new software",
    "续约率达到 92%",
    "Auditors find nothing",
)


def row(text: str, *marks: tuple[AnchorKind, str]) -> KeyResult:
    anchors = tuple(Anchor(kind, value) for kind, value in marks)
    return KeyResult(KrKey("?"), text, 1, Place(), anchors=anchors)


def page(*rows: KeyResult, number: str = "77") -> OkrPage:
    objective = Objective(ObjectiveKey("?"), "A", Place(), rows)
    return OkrPage(PageId(number), "OKRs", None, None, (), (objective,))


def keys(*saves: OkrPage) -> list[str]:
    """Those of the last save, each kept as it followed the one before."""
    kept, last = None, 0
    for one in saves:
        kept = match_keys(kept, one, last_number=last).okrs
        last = max(last, highest_number(kept))
    return [one.key for o in (kept.objectives if kept else ()) for one in o.key_results]


def unsure(*saves: OkrPage) -> list[str]:
    first, second = saves
    return list(match_keys(match_keys(None, first).okrs, second).unsure)


@pytest.mark.parametrize("kind", [MACRO, LOCAL])
def test_a_mark_outlives_every_word(kind: AnchorKind) -> None:
    before = page(row(WORDS[0], (kind, "a")), row(WORDS[1], (kind, "b")))
    after = page(row("Nobody waits", (kind, "b")), row("Ships sail", (kind, "a")))
    assert keys(before, after) == ["77-2", "77-1"]


def test_the_stronger_mark_decides() -> None:
    """Our key before a macro, a macro before a local id, that before the words."""
    before = page(
        row(WORDS[0], (MACRO, "m1"), (LOCAL, "l1")), row(WORDS[1], (MACRO, "m2"), (LOCAL, "l2"))
    )
    assert keys(before, page(row(WORDS[1], (LOCAL, "l1")))) == ["77-1"]
    assert keys(before, page(row(WORDS[1], (LOCAL, "l2"), (MACRO, "m1")))) == ["77-1"]
    assert keys(before, page(row(WORDS[0], (KEY, "77-2"), (MACRO, "m1"), (LOCAL, "l1")))) == [
        "77-2"
    ]


def test_a_row_copied_with_its_mark_leaves_the_history_with_its_words() -> None:
    before = page(row(WORDS[0], (LOCAL, "l")))
    after = page(row(WORDS[3], (LOCAL, "l")), row(WORDS[0], (LOCAL, "l")))
    assert keys(before, after) == ["77-2", "77-1"]
    assert unsure(before, after) == []


def test_a_key_written_twice_is_nobodys() -> None:
    """Nobody knows which row is meant: both begin anew, and are told."""
    before = page(row(WORDS[0]), row(WORDS[1]))
    after = page(row("Ships sail", (KEY, "77-1")), row("Nobody waits", (KEY, "77-1")))
    assert keys(before, after) == ["77-3", "77-4"]
    assert unsure(before, after) == ["77-3", "77-4"]


def test_a_row_split_in_two_is_told() -> None:
    """Both halves resemble it alike."""
    before = page(row("Churn falls to 2% in the north and the south"))
    after = page(
        row("Churn falls to 2% in the north and the east"),
        row("Churn falls to 2% in the north and the west"),
    )
    assert unsure(before, after) == ["77-2", "77-3"]
    found = match_keys(match_keys(None, before).okrs, after).findings
    assert [one.rule for one in found] == ["F-27", "F-27"]


def test_rows_merged_into_one_are_told() -> None:
    """A row with the keys of two that were there."""
    before = page(row(WORDS[0]), row(WORDS[1]))
    after = page(row("Ships sail", (KEY, "77-1"), (KEY, "77-2")))
    assert keys(before, after) == ["77-3"]
    assert unsure(before, after) == ["77-3"]


def test_a_key_brings_back_a_row_that_was_gone() -> None:
    """A restored version bears its keys, and so does a page that is read for the first time."""
    first, without = page(row(WORDS[0]), row(WORDS[1])), page(row(WORDS[0]))
    back = page(row(WORDS[0]), row(WORDS[1], (KEY, "77-2")))
    assert keys(first, without, back) == ["77-1", "77-2"]
    assert keys(page(row(WORDS[0]), row(WORDS[1], (KEY, "77-1")), row(WORDS[2]))) == [
        "77-2",
        "77-1",
        "77-3",
    ]


def test_objectives_without_words_keep_their_keys() -> None:
    """As many as before, in the same order."""
    bare = replace(page(row(WORDS[0])).objectives[0], title="")
    other = replace(bare, key_results=(row(WORDS[1]),))
    both = replace(page(), objectives=(bare, other))
    kept = match_keys(None, both).okrs
    assert match_keys(kept, both).okrs == kept


def test_a_copied_page_begins_anew() -> None:
    """Whatever marks it took along, its keys bear its own number."""
    original = page(row(WORDS[0], (LOCAL, "l"), (MACRO, "m")))
    kept = match_keys(None, original).okrs
    copy = replace(original, page=PageId("88"))
    [result] = match_keys(kept, copy).okrs.objectives[0].key_results
    assert result.key.startswith("88-")


ROWS = st.lists(st.sampled_from(range(len(WORDS))), unique=True, min_size=1)


@given(ROWS, st.randoms(use_true_random=False))
def test_rows_that_move_take_their_keys_along(rows: list[int], random: object) -> None:
    """With the same words, and with other words and the same marks."""
    moved = list(rows)
    random.shuffle(moved)  # type: ignore[attr-defined] # hypothesis's own source of chance
    before = keys(page(*(row(WORDS[n], (LOCAL, f"{n}")) for n in rows)))
    known = dict(zip(rows, before, strict=True))

    first = page(*(row(WORDS[n], (LOCAL, f"{n}")) for n in rows))
    by_words = keys(first, page(*(row(WORDS[n]) for n in moved)))
    by_marks = keys(first, page(*(row(f"{n}" * 9, (LOCAL, f"{n}")) for n in moved)))

    assert by_words == by_marks == [known[n] for n in moved]


@given(
    st.lists(
        st.lists(
            st.tuples(
                st.sampled_from(WORDS),
                st.sampled_from(AnchorKind),
                st.sampled_from(("77-1", "77-2", "x")),
            ),
            max_size=5,
        ),
        min_size=1,
        max_size=4,
    )
)
def test_no_two_rows_ever_share_a_key(saves: list[list[tuple[str, AnchorKind, str]]]) -> None:
    """Whatever happens to texts and marks; and a page saved again as it is keeps its keys."""
    pages = [page(*(row(text, (kind, value)) for text, kind, value in rows)) for rows in saves]
    last = keys(*pages)
    assert len(set(last)) == len(last)


@given(ROWS)
def test_a_page_saved_again_changes_nothing(rows: list[int]) -> None:
    one = page(*(row(WORDS[n], (LOCAL, "same for all")) for n in rows))
    assert keys(one, one, one) == keys(one)
