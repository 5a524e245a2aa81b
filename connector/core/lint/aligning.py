"""Rules about alignment, and all of them over a network that changes one page at a time."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from connector.core.alignment import Aligned, KeyResultRef, Network
from connector.core.alignment_findings import HANDED_DOWN, AlignmentFinding, Mention
from connector.core.findings import Finding, Severity
from connector.core.lint.blanks import is_somebody, says_something
from connector.core.lint.likeness import alike, content_of, same_words
from connector.core.lint.rule import (
    LONGEST_FACT,
    About,
    Limits,
    LintPolicy,
    Remark,
    Rule,
    findings_of,
    remarks,
    said,
)
from connector.core.okr import Level, ObjectiveKey, PageId


@dataclass(frozen=True, slots=True)
class Mentioning(Remark):
    """A remark that names other objectives. Of its facts, only those in `own` are from the page
    of the objective itself."""

    others: tuple[Mention, ...] = ()
    own: tuple[str, ...] = ()


def naming(*others: Aligned, own: tuple[str, ...] = (), **facts: str) -> Mentioning:
    return Mentioning(facts, None, tuple(Mention(one.page, one.key) for one in others), own)


@dataclass(frozen=True, slots=True)
class AlignedIn:
    """An objective in its network."""

    objective: Aligned
    network: Network


def supports_something(subject: AlignedIn, _limits: Limits) -> Iterator[Remark]:
    """A-01: whoever is not the company supports an objective, or says what it contributes."""
    one = subject.objective
    if one.level is not Level.COMPANY and not one.parents and not says_something(one.contribution):
        yield said()


def no_circle(subject: AlignedIn, _limits: Limits) -> Iterator[Remark]:
    """A-02: who supports itself supports nobody."""
    circle = subject.network.circle_of(subject.objective.key)
    if circle:
        members = [subject.network.objectives[key] for key in circle]
        titles = [one.title for one in (*members, members[0])]
        yield naming(*members, path=HANDED_DOWN.join(titles))


def next_level(subject: AlignedIn, limits: Limits) -> Iterator[Remark]:
    """A-03: a level between is left out, of those that the organisation uses."""
    one, parents = subject.objective, subject.network.parents_of(subject.objective.key)
    steps = {parent.key: _steps(one, parent, limits) for parent, _ in parents}
    if steps and all(step > 1 for step in steps.values()):
        yield naming(*(parent for parent, _ in parents), parent=parents[0][0].title)


def _steps(one: Aligned, parent: Aligned, limits: Limits) -> int:
    """How many used levels lie between; 0 where one of the two has none of them."""
    order = {Level(name): at for at, name in enumerate(limits.levels)}
    if one.level not in order or parent.level not in order:
        return 0
    return order[one.level] - order[parent.level]


def same_time(subject: AlignedIn, _limits: Limits) -> Iterator[Remark]:
    """A-04: what ends before the other begins does not support it."""
    mine = subject.objective.cycle
    for parent, _ in subject.network.parents_of(subject.objective.key):
        theirs = parent.cycle
        if mine and theirs and (mine.end < theirs.start or theirs.end < mine.start):
            facts = {"parent": parent.title, "cycle": mine.code, "parent_cycle": theirs.code}
            yield naming(parent, own=("cycle",), **facts)


def dependencies_answered(subject: AlignedIn, _limits: Limits) -> Iterator[Remark]:
    """A-05: the other team has agreed, or somebody owns the risk that it has not."""
    one, network = subject.objective, subject.network
    for needed in one.dependencies:
        if needed.confirmed or is_somebody(needed.risk_owner):
            continue
        others = network.needed_of(one, needed)
        if not any(network.confirms(other, one) for other in others):
            yield naming(*others, own=("other",), other=needed.needed)


def own_words(subject: AlignedIn, limits: Limits) -> Iterator[Remark]:
    """A-06: a parent's words say nothing of one's own part.

    A key result of the parent as the child's objective is right: so a goal is handed down.
    """
    one = subject.objective
    for parent, ref in subject.network.parents_of(one.key):
        handed = [title for _, title in parent.key_results]
        if one.title in handed or (isinstance(ref, KeyResultRef) and not parent.title):
            continue
        mine, theirs = _content_of(one.title), _content_of(parent.title)
        if alike(mine, theirs, limits.near_duplicate) or same_words(one.title, parent.title):
            yield naming(parent, parent=parent.title)


# A parent is compared with each of its children.
_content_of = lru_cache(4_096)(content_of)


def has_company_objective(network: Network, limits: Limits) -> Iterator[Remark]:
    """A-07: there is something at the top to support, where the top is used at all."""
    used = Level.COMPANY.value in limits.levels
    if used and network.objectives and not network.has_company:
        yield said()


RULES = (
    Rule("A-01", Severity.W, "google-playbook", supports_something),
    Rule("A-02", Severity.E, "practice", no_circle),
    Rule("A-03", Severity.W, "practice", next_level),
    Rule("A-04", Severity.W, "practice", same_time),
    Rule("A-05", Severity.W, "google-playbook", dependencies_answered),
    Rule("A-06", Severity.W, "practice", own_words),
)
NETWORK_RULES = (Rule("A-07", Severity.W, "google-playbook", has_company_objective),)


class Alignments:
    """What is remarked about each objective of a network, kept up with its changes.

    `spaces` holds the policies of spaces that have one of their own.
    """

    def __init__(
        self,
        policy: LintPolicy,
        objectives: Iterable[Aligned] = (),
        *,
        spaces: Mapping[str, LintPolicy] | None = None,
    ) -> None:
        self._policy = policy
        self._spaces = spaces or {}
        self._network = Network(objectives)
        self._found: dict[ObjectiveKey, tuple[AlignmentFinding, ...]] = {}
        self._look_at(self._network.objectives)

    @property
    def network(self) -> Network:
        return self._network

    @property
    def found(self) -> Mapping[ObjectiveKey, tuple[AlignmentFinding, ...]]:
        """Only objectives with a remark."""
        return self._found

    @property
    def of_the_network(self) -> tuple[Finding, ...]:
        return tuple(findings_of(NETWORK_RULES, self._network, self._policy, About()))

    def of_page(self, page: PageId) -> tuple[AlignmentFinding, ...]:
        """In the order of the page."""
        there = sorted(self._network.on_page(page), key=lambda one: (one.number, one.key))
        return tuple(found for one in there for found in self._found.get(one.key, ()))

    def put(self, one: Aligned) -> frozenset[ObjectiveKey]:
        """Add or replace one objective; which ones were looked at again."""
        return self._look_at(self._network.put(one))

    def remove(self, key: ObjectiveKey) -> frozenset[ObjectiveKey]:
        self._found.pop(key, None)
        return self._look_at(self._network.remove(key))

    def replace(self, page: PageId, objectives: Iterable[Aligned]) -> frozenset[ObjectiveKey]:
        """Let the page hold these objectives and no others; which ones were looked at again."""
        before = [one.key for one in self._network.on_page(page)]
        touched = self._network.replace(page, objectives)
        for key in before:
            if key not in self._network.objectives:
                self._found.pop(key, None)
        return self._look_at(touched)

    def _look_at(self, keys: Iterable[ObjectiveKey]) -> frozenset[ObjectiveKey]:
        looked = frozenset(keys)
        for key in looked:
            found = tuple(self._remarks(self._network.objectives[key]))
            if found:
                self._found[key] = found
            else:
                self._found.pop(key, None)
        return looked

    def _remarks(self, one: Aligned) -> Iterator[AlignmentFinding]:
        if not one.live:
            return
        policy = self._spaces.get(one.space, self._policy)
        for rule, remark in remarks(RULES, AlignedIn(one, self._network), policy):
            others = remark.others if isinstance(remark, Mentioning) else ()
            own = remark.own if isinstance(remark, Mentioning) else tuple(remark.facts)
            facts = tuple((name, remark.facts[name][:LONGEST_FACT]) for name in own)
            severity = remark.severity or rule.severity
            yield AlignmentFinding(rule.id, severity, one.key, facts, others)
