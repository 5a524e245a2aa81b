"""
Which issues a query can find at all, told by an index before any of them is looked at.

The answer may hold too many issues and never too few: every issue is still tested.
"""

from collections.abc import Callable

from sandbox.jira.jql_dates import instant
from sandbox.jira.jql_terms import Asking, JqlError
from sandbox.query.tree import AllOf, AnyOf, Clause, Condition, Value

_EQUAL = {"=", "in"}
_SINCE = {">", ">=", "="}


def candidates(condition: Condition | None, asking: Asking) -> set[int] | None:
    """Ids of issues, None for all there are."""
    match condition:
        case None:
            return None
        case Clause():
            index = _INDEXES.get(condition.field.casefold())
            return index(condition, asking) if index else None
        case AllOf(parts):
            known = [ids for part in parts if (ids := candidates(part, asking)) is not None]
            return set.intersection(*known) if known else None
        case AnyOf(parts):
            found: set[int] = set()
            for part in parts:
                ids = candidates(part, asking)
                if ids is None:
                    return None
                found |= ids
            return found


def _texts(clause: Clause) -> list[str] | None:
    """The plain values of `=` and `in`; None when there is anything else."""
    if clause.operator not in _EQUAL:
        return None
    texts = [operand.text for operand in clause.operands if isinstance(operand, Value)]
    return texts if len(texts) == len(clause.operands) else None


def _named(clause: Clause, asking: Asking) -> set[int] | None:
    texts = _texts(clause)
    if texts is None:
        return None
    found = [asking.store.find(text) for text in texts]
    return {issue.id for issue in found if issue is not None}


def _below(clause: Clause, asking: Asking) -> set[int] | None:
    parents = _named(clause, asking)
    return None if parents is None else asking.store.ids_below(parents)


def _in_project(clause: Clause, asking: Asking) -> set[int] | None:
    texts = _texts(clause)
    if texts is None:
        return None
    named = {text.casefold() for text in texts}
    keys = [
        project.key
        for project in asking.store.projects()
        if named & {project.key.casefold(), project.name.casefold(), str(project.id)}
    ]
    return asking.store.ids_in(keys)


def _updated(clause: Clause, asking: Asking) -> set[int] | None:
    if clause.operator not in _SINCE or len(clause.operands) != 1:
        return None
    try:
        return asking.store.ids_since(instant(clause.field, clause.operands[0], asking))
    except JqlError:
        return None


_INDEXES: dict[str, Callable[[Clause, Asking], set[int] | None]] = {
    "parent": _below,
    "epic link": _below,
    "key": _named,
    "issuekey": _named,
    "issue": _named,
    "id": _named,
    "project": _in_project,
    "updated": _updated,
    "updateddate": _updated,
}
