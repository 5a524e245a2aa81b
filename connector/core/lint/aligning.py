"""Rules about alignment, and all of them over a network that changes one objective at a time."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from connector.core.alignment import Aligned, KeyResultRef, Network
from connector.core.findings import Finding, Severity
from connector.core.lint.blanks import is_somebody, says_something
from connector.core.lint.likeness import alike, content_of, same_words
from connector.core.lint.rule import About, Limits, LintPolicy, Remark, Rule, findings_of, said
from connector.core.okr import Level, ObjectiveKey

_HANDED_DOWN = " → "


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
        titles = [subject.network.objectives[key].title for key in (*circle, circle[0])]
        yield said(path=_HANDED_DOWN.join(titles))


def next_level(subject: AlignedIn, limits: Limits) -> Iterator[Remark]:
    """A-03: a level between is left out, of those that the organisation uses."""
    one, parents = subject.objective, subject.network.parents_of(subject.objective.key)
    steps = {parent.key: _steps(one, parent, limits) for parent, _ in parents}
    if steps and all(step > 1 for step in steps.values()):
        yield said(parent=parents[0][0].title)


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
            yield said(parent=parent.title, cycle=mine.code, parent_cycle=theirs.code)


def dependencies_answered(subject: AlignedIn, _limits: Limits) -> Iterator[Remark]:
    """A-05: the other team has agreed, or somebody owns the risk that it has not."""
    for needed in subject.objective.dependencies:
        if not (needed.confirmed or is_somebody(needed.risk_owner)):
            yield said(other=needed.needed)


def own_words(subject: AlignedIn, limits: Limits) -> Iterator[Remark]:
    """A-06: a parent's words say nothing of one's own part.

    A key result of the parent as the child's objective is right: so a goal is handed down.
    """
    one = subject.objective
    mine = content_of(one.title)
    for parent, ref in subject.network.parents_of(one.key):
        handed = [title for _, title in parent.key_results]
        if one.title in handed or (isinstance(ref, KeyResultRef) and not parent.title):
            continue
        if alike(mine, content_of(parent.title), limits.near_duplicate) or same_words(
            one.title, parent.title
        ):
            yield said(parent=parent.title)


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
    """What is remarked about each objective of a network, kept up with its changes."""

    def __init__(self, policy: LintPolicy, objectives: Iterable[Aligned] = ()) -> None:
        self._policy = policy
        self._network = Network()
        self._found: dict[ObjectiveKey, tuple[Finding, ...]] = {}
        for one in objectives:
            self._network.put(one)
        self._look_at(self._network.objectives)

    @property
    def found(self) -> Mapping[ObjectiveKey, tuple[Finding, ...]]:
        """Only objectives with a remark."""
        return self._found

    @property
    def of_the_network(self) -> tuple[Finding, ...]:
        return tuple(findings_of(NETWORK_RULES, self._network, self._policy, About()))

    def put(self, one: Aligned) -> frozenset[ObjectiveKey]:
        """Add or replace one objective; which ones were looked at again."""
        return self._look_at(self._network.put(one))

    def remove(self, key: ObjectiveKey) -> frozenset[ObjectiveKey]:
        self._found.pop(key, None)
        return self._look_at(self._network.remove(key))

    def _look_at(self, keys: Iterable[ObjectiveKey]) -> frozenset[ObjectiveKey]:
        looked = frozenset(keys)
        for key in looked:
            one = self._network.objectives[key]
            subject = AlignedIn(one, self._network)
            found = tuple(findings_of(RULES, subject, self._policy, About(objective=one.title)))
            if found:
                self._found[key] = found
            else:
                self._found.pop(key, None)
        return looked
