"""JQL about what issues are planned by: priorities, versions, components, sprints, security."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from sandbox.jira.differences import FIX_VERSION
from sandbox.jira.jql_choice import choice, named
from sandbox.jira.jql_functions import texts
from sandbox.jira.jql_terms import (
    COMPARISONS,
    Asking,
    Field,
    Test,
    last,
    many,
    missing,
    one,
    single,
)
from sandbox.jira.kinds import PRIORITIES, SECURITY_LEVELS
from sandbox.jira.model import Issue
from sandbox.jira.ranks import rank_of
from sandbox.jira.releases import Component, Version
from sandbox.jira.sprints import Sprint
from sandbox.query.tree import Clause

_COMPARED = frozenset({"<", ">", "<=", ">="})
# Highest is the greatest, though it has the smallest id.
_HEIGHTS = {level_id: -float(level_id) for level_id in PRIORITIES}


def _ordered(
    base: Field,
    places: Callable[[Asking], dict[str, float]],
    sort: Callable[[Issue], tuple[bool, float | str]] | None = None,
) -> Field:
    """A choice whose values have an order of their own."""

    def build(clause: Clause, asking: Asking) -> Test:
        if clause.operator not in _COMPARED:
            return base.build(clause, asking)
        text = single(clause, texts(clause.field, clause.operands, asking, kind=base.kind))
        assert base.resolve is not None
        assert base.values is not None
        wanted, place, values = (
            base.resolve(clause.field, text, asking),
            places(asking),
            base.values,
        )
        borders = [place[value] for value in wanted if value in place]
        compare = COMPARISONS[clause.operator]
        return lambda issue: any(
            compare(place[value], border)
            for value in values(issue)
            if value in place
            for border in borders
        )

    return replace(base, operators=base.operators | _COMPARED, build=build, sort=sort or base.sort)


def _version(name: str, text: str, asking: Asking) -> frozenset[str]:
    """Versions of one name may be in several projects; a number may be an id."""
    return _called(name, text, asking.store.annexes.versions.all())


def _component(name: str, text: str, asking: Asking) -> frozenset[str]:
    return _called(name, text, asking.store.annexes.components.all())


def _sprint(name: str, text: str, asking: Asking) -> frozenset[str]:
    return _called(name, text, asking.store.annexes.sprints.all())


def _called(name: str, text: str, known: Iterable[Version | Component | Sprint]) -> frozenset[str]:
    """Ids of those that have this name or this id. Raises what is wrong with the query."""
    wanted = text.casefold()
    found = frozenset(str(one.id) for one in known if wanted in {one.name.casefold(), str(one.id)})
    if not found:
        raise missing(name, text)
    return found


def _places(asking: Asking) -> dict[str, float]:
    return {str(version.id): version.place for version in asking.store.annexes.versions.all()}


def _unasked(_clause: Clause, _asking: Asking) -> Test:
    raise AssertionError("a field without operators is not asked about")


_FIX_VERSION = _ordered(
    replace(
        choice(lambda i: many(i.fix_versions), _version, kind="version", history=FIX_VERSION),
        many=True,
    ),
    _places,
)
_AFFECTED = _ordered(choice(lambda i: many(i.affected_versions), _version, kind="version"), _places)
_COMPONENT = choice(lambda i: many(i.components), _component, kind="component")
_SPRINT = choice(lambda i: many(i.sprints), _sprint, kind="sprint")
_RANK = Field(frozenset(), _unasked, lambda issue: last(rank_of(issue)))
PLAN_FIELDS: dict[str, Field] = {
    "priority": _ordered(
        choice(
            lambda issue: one(issue.priority_id),
            named((p.id, p.name) for p in PRIORITIES.values()),
            history="priority",
        ),
        lambda _asking: _HEIGHTS,
        lambda issue: last(_HEIGHTS[issue.priority_id]),
    ),
    "fixversion": _FIX_VERSION,
    "affectedversion": _AFFECTED,
    "component": _COMPONENT,
    "sprint": _SPRINT,
    "cf[10020]": _SPRINT,
    "rank": _RANK,
    "cf[10019]": _RANK,
    "level": choice(
        lambda issue: one(issue.security_id),
        named((level.id, level.name) for level in SECURITY_LEVELS.values()),
    ),
}
