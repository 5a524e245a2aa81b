"""What is remarked about the alignment of an objective, and what of it a reader may be told.

A remark names objectives of other pages by reference alone; its words are made for each reader.
What concerns the relation to the reader's own page is told to everybody who may read that page,
with what they may not see left unnamed. What depends on what stands on another page (its level,
its cycle, its words) is told only to those who may read that page too: else anybody could find
out what stands there by writing something and looking what is remarked.

An unconfirmed dependency is told in the words of its own page, whether or not they name anything:
else it could be found out which titles there are. The words of a link are seen by whoever reads the
page that holds it. http://confluence.atlassian.com/display/DOC/Page+Restrictions
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from connector.core.findings import Finding, Place, Severity
from connector.core.lint.rule import LONGEST_FACT, LONGEST_TEXT
from connector.core.okr import ObjectiveKey, OkrPage, PageId

TOLD_TO_ALL = frozenset({"A-01", "A-02", "A-05"})
HANDED_DOWN = " → "


@dataclass(frozen=True, slots=True)
class Mention:
    """An objective that a remark names, on this or another page."""

    page: PageId
    objective: ObjectiveKey


HIDDEN = Mention(PageId(""), ObjectiveKey(""))


@dataclass(frozen=True, slots=True)
class AlignmentFinding:
    """`objective` is what it is said of; `facts` hold words of its own page and no others; of
    `others` a circle has all its members in their order, beginning with the objective."""

    rule: str
    severity: Severity
    objective: ObjectiveKey
    facts: tuple[tuple[str, str], ...] = ()
    others: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """How an objective is called to those who may see it, and the code of its cycle if it has
    one."""

    title: str
    cycle: str = ""


def mentioned(found: Iterable[AlignmentFinding]) -> frozenset[PageId]:
    """The pages of which a reader's rights must be known."""
    return frozenset(other.page for one in found for other in one.others)


def told_to_all(found: Iterable[AlignmentFinding]) -> tuple[AlignmentFinding, ...]:
    """What may be counted where the same number stands for everybody."""
    return tuple(replace(one, others=()) for one in found if one.rule in TOLD_TO_ALL)


def for_reader(
    found: Iterable[AlignmentFinding], readable: Collection[PageId]
) -> tuple[AlignmentFinding, ...]:
    """
    What somebody may be told who may read these pages. An objective that they may not see is
    `HIDDEN` in a circle; several in a row are one, so that nobody can count them.
    """
    told: list[AlignmentFinding] = []
    for one in found:
        seen = tuple(other for other in one.others if other.page in readable)
        if seen == one.others:
            told.append(one)
        elif one.rule == "A-02":
            told.append(replace(one, others=tuple(_veiled(one.others, readable))))
        elif one.rule in TOLD_TO_ALL:
            told.append(replace(one, others=seen))
    return tuple(told)


def _veiled(others: Iterable[Mention], readable: Collection[PageId]) -> Iterator[Mention]:
    before = None
    for other in others:
        shown = other if other.page in readable else HIDDEN
        if shown is not HIDDEN or before is not HIDDEN:
            yield shown
        before = shown


def in_words(
    found: Iterable[AlignmentFinding],
    okrs: OkrPage,
    names: Mapping[ObjectiveKey, Named],
    *,
    hidden: str,
) -> Iterator[Finding]:
    """
    The remarks of `for_reader` as findings of their page. `names` knows the objectives that the
    reader may see; whatever it does not know is `hidden`, in the reader's language.
    """
    mine = {one.key: one for one in okrs.objectives}
    for one in found:
        about = mine.get(one.objective)
        place, title = (about.place, about.title) if about else (Place(), "")
        facts = facts_of(one, names, hidden=hidden)
        yield Finding(one.rule, one.severity, place, title[:LONGEST_TEXT], facts=facts)


def to_count(found: Iterable[AlignmentFinding], okrs: OkrPage | None) -> tuple[Finding, ...]:
    """What everybody is told, without words: where remarks of a page are counted for all alike."""
    mine = {one.key: one.title for one in okrs.objectives} if okrs else {}
    return tuple(
        Finding(one.rule, one.severity, objective=mine[one.objective])
        for one in told_to_all(found)
        if one.objective in mine
    )


def facts_of(
    one: AlignmentFinding, names: Mapping[ObjectiveKey, Named], *, hidden: str
) -> tuple[tuple[str, str], ...]:
    """What the words of the rule ask for."""
    return tuple((dict(one.facts) | _facts(one, names, hidden)).items())


def _facts(
    one: AlignmentFinding, names: Mapping[ObjectiveKey, Named], hidden: str
) -> dict[str, str]:
    known = [names.get(other.objective) for other in one.others]
    titles = [name.title[:LONGEST_FACT] if name else hidden for name in known]
    match one.rule:
        case "A-02":
            return {"path": HANDED_DOWN.join([*titles, titles[0]])}
        case "A-04":
            return {"parent": titles[0], "parent_cycle": known[0].cycle if known[0] else hidden}
        case "A-03" | "A-06":
            return {"parent": titles[0]}
    return {}
