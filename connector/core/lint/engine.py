"""All rules over one page: deterministic, in the order of the page."""

from collections.abc import Iterator, Sequence

from connector.core.cycle import Cycle
from connector.core.findings import Finding
from connector.core.lint import (
    aligning,
    check_in,
    measuring,
    objective,
    planning,
    scoring,
    sets,
    wording,
)
from connector.core.lint.rule import About, Described, LintPolicy, findings_of
from connector.core.lint.subjects import KeyResultIn, ObjectiveIn
from connector.core.okr import FROZEN_STATES, Objective, OkrPage

KEY_RESULT_RULES = tuple(
    sorted((*measuring.RULES, *wording.RULES, *planning.RULES), key=lambda rule: rule.id)
)
OBJECTIVE_RULES = objective.RULES
# What a graver or more telling remark about the same sentence already says.
_SAID_BY = {
    "K-01": {"K-03"},
    "K-02": {"K-01", "K-03", "K-06", "K-08", "K-13", "K-17"},
    "K-06": {"K-01", "K-03", "K-05"},
    "K-07": {"K-03"},
    "K-13": {"K-01", "K-03", "K-04"},
    "K-14": {"K-02"},
    "K-16": {"K-01", "K-03"},
    "O-05": {"O-08"},
}


def all_rules() -> tuple[Described, ...]:
    """Every rule of every family, in the order in which they are documented."""
    objectives: tuple[Described, ...] = OBJECTIVE_RULES
    of_sets: tuple[Described, ...] = (*sets.SET_RULES, *sets.UNIT_RULES)
    alignment: tuple[Described, ...] = (*aligning.RULES, *aligning.NETWORK_RULES)
    scores: tuple[Described, ...] = (*scoring.RESULT_RULES, *scoring.UNIT_RULES)
    families = (objectives, KEY_RESULT_RULES, of_sets, alignment, check_in.RULES, scores)
    return tuple(one for family in families for one in sorted(family, key=lambda rule: rule.id))


def lint_page(okrs: OkrPage, cycle: Cycle | None, policy: LintPolicy) -> tuple[Finding, ...]:
    """What would make the OKRs of a page better. `cycle` None: nobody can say when they end.

    Objectives that are closed or abandoned are history and left alone.
    """
    live = [one for one in okrs.objectives if one.state not in FROZEN_STATES]
    linter = _Linter(okrs, cycle, policy)
    return (*linter.unit(live), *(found for one in live for found in linter.objective(one)))


class _Linter:
    def __init__(self, okrs: OkrPage, cycle: Cycle | None, policy: LintPolicy) -> None:
        self._okrs, self._cycle, self._policy = okrs, cycle, policy

    def unit(self, live: Sequence[Objective]) -> Iterator[Finding]:
        if live:
            unit = sets.UnitIn(self._okrs, live)
            yield from findings_of(sets.UNIT_RULES, unit, self._policy, About(live[0].place))

    def objective(self, one: Objective) -> Iterator[Finding]:
        subject = ObjectiveIn(one, self._okrs, self._cycle)
        about = self._policy, About(one.place, one.title)
        yield from findings_of(OBJECTIVE_RULES, subject, *about, said_by=_SAID_BY)
        yield from findings_of(sets.SET_RULES, sets.SetIn(one, self._okrs), *about)
        for result in one.key_results:
            yield from findings_of(
                KEY_RESULT_RULES,
                KeyResultIn(result, one, self._okrs, self._cycle),
                self._policy,
                About(result.place, one.title, result.title),
                said_by=_SAID_BY,
            )
