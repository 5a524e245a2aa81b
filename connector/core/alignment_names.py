"""How one objective is named from another page, and what an author's words come to."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from connector.core.identity import same_text
from connector.core.okr import (
    DependencyRef,
    KrKey,
    Level,
    ObjectiveKey,
    PageId,
    ParentRef,
)

_OWN = re.compile(r"\d{1,20}-(O?)\d{1,6}")
_PART = re.compile(r"O(?P<o>\d{1,2})(?:-KR(?P<okr>\d{1,2}))?|KR(?P<kr>\d{1,2})(?:\.(?P<dot>\d+))?")
_BARE = r"(?:O\s?\d{1,2}(?:[\s./·:–-]*KR\s?\d{1,2})?|KR\s?\d{1,2}(?:\.\d{1,2})?)"
_TRAILING = re.compile(rf"(?<![A-Za-z]){_BARE}$", re.IGNORECASE)
_LEADING = re.compile(rf"^{_BARE}(?![A-Za-z\d])", re.IGNORECASE)
_COMPANY = frozenset(
    {"company", "companyokr", "companyokrs", "corporate", "group"}
    | {"公司", "公司级", "公司okr", "公司目标", "集团"}
)
_AROUND = " \t:：-–—·|>→/()（）[]【】的"
_RISK = re.compile(
    r"[(（\[【;,，；]?\s*(?:risk (?:is )?owned by|risk owner|风险负责人|风险承担人|风险由)"
    r"\s*[:：]?\s*(?P<who>[^)）\]】;,，；]{1,60}?)\s*(?:承担)?\s*(?:[)）\]】]|$)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PageRef:
    """A page by its id; `part` is a number there (`O2`, `O2-KR1`, `KR3`), empty for all of it."""

    page: PageId
    part: str = ""


@dataclass(frozen=True, slots=True)
class TitledRef:
    """A page by its folded title in a space, as wiki links have it; in any space for words."""

    space: str
    title: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class LevelRef:
    """`公司 O2-KR1`: a number on the one page of that level."""

    level: Level
    part: str = ""


@dataclass(frozen=True, slots=True)
class ObjectiveRef:
    key: ObjectiveKey


@dataclass(frozen=True, slots=True)
class KeyResultRef:
    key: KrKey


@dataclass(frozen=True, slots=True)
class WordsRef:
    """The folded title of an objective, a key result or a page, whichever it is alone."""

    words: str


Ref = PageRef | TitledRef | LevelRef | ObjectiveRef | KeyResultRef | WordsRef
Written = ParentRef | DependencyRef


def folded(text: str) -> str:
    """Titles compare as rows do: without width, case and spacing."""
    return same_text(text)


def whole_of(ref: Ref) -> Ref:
    """The page of a part: by that the network finds it."""
    return replace(ref, part="") if isinstance(ref, PageRef | TitledRef | LevelRef) else ref


def is_part(part: str, number: int, key_results: int, *, alone: bool) -> bool:
    """
    Whether the objective that stands at `number` on its page is meant, by itself or by one of
    its key results. `KR3` without an objective is clear only where there is one.

    >>> is_part("O2-KR1", 2, 3, alone=False), is_part("KR1.4", 1, 3, alone=True)
    (True, False)
    >>> is_part("the second one", 2, 3, alone=True)
    False
    """
    match = _PART.fullmatch(part)
    if match is None:
        return False
    if match["o"]:
        return int(match["o"]) == number and int(match["okr"] or 0) <= key_results
    if match["dot"]:
        return int(match["kr"]) == number and 1 <= int(match["dot"]) <= key_results
    return alone and 1 <= int(match["kr"]) <= key_results


def refs_of(written: Iterable[Written], *, space: str) -> tuple[Ref, ...]:
    """
    What each of them names, whether or not it is there.

    A number without a page is one on the page that is linked beside it. A wiki link without a
    space leads into the space of its page, which is `space`.
    """
    listed = list(written)
    beside = linked_in(listed, space=space)
    return tuple(dict.fromkeys(ref_of(one, space=space, beside=beside) for one in listed))


def linked_in(written: Iterable[Written], *, space: str) -> PageRef | TitledRef | None:
    """The one page that they link; None for none or several."""
    linked = {_page(one, space) for one in written if one.page}
    return linked.pop() if len(linked) == 1 else None


def ref_of(one: Written, *, space: str, beside: PageRef | TitledRef | None) -> Ref:
    """What one of them names; `beside` is the page linked there for a number without one."""
    own = _OWN.fullmatch(one.key)
    if own:
        return ObjectiveRef(ObjectiveKey(one.key)) if own[1] else KeyResultRef(KrKey(one.key))
    if one.page:
        return replace(_page(one, space), part=one.key)
    return _named_in_words(one, beside) if one.key else WordsRef(folded(one.text))


def _named_in_words(one: Written, beside: PageRef | TitledRef | None) -> Ref:
    """`公司 O2-KR1`, `O2: Customers trust every date`, `Company OKRs O2`, or a number alone."""
    said = one.text.strip(_AROUND)
    behind = _LEADING.sub("", said).strip(_AROUND)
    before = _TRAILING.sub("", said).strip(_AROUND)
    if not (behind and before):
        return replace(beside, part=one.key) if beside else WordsRef(folded(said))
    if behind != said:
        return WordsRef(folded(behind))
    if folded(before) in _COMPANY:
        return LevelRef(Level.COMPANY, one.key)
    return TitledRef("", folded(before), one.key)


def _page(one: Written, space: str) -> PageRef | TitledRef:
    if one.page.isascii() and one.page.isdigit():
        return PageRef(PageId(one.page))
    return TitledRef(one.space or space, folded(one.page))


def risk_owner(text: str) -> str:
    """Who carries the risk of a dependency, where its words say so.

    >>> risk_owner("Identity team (risk owner: Ana Ruiz)"), risk_owner("法务（风险由陈洁承担）")
    ('Ana Ruiz', '陈洁')
    """
    found = _RISK.search(text)
    return found["who"].strip() if found else ""
