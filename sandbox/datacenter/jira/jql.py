"""
JQL as this site knows it.

Names of fields, statuses and types are understood in the site's language and in English. Epics
are found by `"Epic Link"` or `cf[10100]`; `parent` is for sub-tasks.
"""

from collections.abc import Iterable
from dataclasses import replace

from sandbox.datacenter.jira.epics import EPIC_STATUSES, Epics
from sandbox.datacenter.jira.fields import EPIC_LINK, EPIC_NAME, EPIC_STATUS, FIELDS, STORY_POINTS
from sandbox.datacenter.jira.words import Words, company_type
from sandbox.datacenter.people import by_any_name
from sandbox.jira.jql_choice import choice, named
from sandbox.jira.jql_fields import FIELDS as SHARED
from sandbox.jira.jql_terms import NONE, Asking, Field, Resolve, Test, missing, one
from sandbox.jira.jql_text import text_field
from sandbox.jira.model import COMPANY_TYPES, PRIORITIES, RESOLUTIONS, STATUSES, Issue
from sandbox.query.tree import Clause, Operand, Value

_PEOPLE = ("assignee", "reporter", "creator")
_CLOUD_ONLY = {
    "hierarchylevel",
    "story point estimate",
    "story points",
    "epic link",
    "sprint",
    "parent",
    "statuscategorychangeddate",
}


def fields_of(words: Words, epics: Epics) -> dict[str, Field]:
    """Every field by the names a query may use, in small letters."""
    fields = {
        name: field
        for name, field in SHARED.items()
        if name not in _CLOUD_ONLY and not name.startswith("cf[")
    }
    fields |= _named_values(words)
    fields |= {name: _person(SHARED[name]) for name in _PEOPLE}
    issue = SHARED["parent"].resolve
    assert issue is not None
    fields["parent"] = choice(_parent, issue, kind="issue")
    custom = {
        EPIC_LINK: choice(_epic, issue, kind="issue"),
        STORY_POINTS: SHARED["story point estimate"],
        EPIC_NAME: text_field(lambda one: epics.of(one).name if one.type.level == 1 else None),
        EPIC_STATUS: choice(
            lambda one: frozenset({epics.of(one).status.id} if one.type.level == 1 else ()),
            named((status.id, status.name) for status in EPIC_STATUSES.values()),
        ),
    }
    for identity, field in custom.items():
        known = FIELDS[identity]
        names = {f"cf[{known.number}]", known.name, words.field(known.name)}
        fields |= {name.casefold(): field for name in names}
    for known in FIELDS.values():
        shared = fields.get(known.id.casefold())
        if shared is not None:
            fields.setdefault(words.field(known.name).casefold(), shared)
    return {name: _with_authors(field) for name, field in fields.items()}


def _named_values(words: Words) -> dict[str, Field]:
    kinds = choice(
        lambda issue: one(company_type(issue.type).id),
        _either([(k.id, k.name, words.type(k)) for k in COMPANY_TYPES], words),
        kind="type",
    )
    statuses = [(s.id, s.name, words.status(s)) for s in STATUSES.values()]
    priorities = [(p.id, p.name, words.priority(p)) for p in PRIORITIES.values()]
    return {
        "issuetype": kinds,
        "type": kinds,
        "status": _renamed(SHARED["status"], "status", _either(statuses, words)),
        "statuscategory": _category(words),
        "resolution": _renamed(SHARED["resolution"], "resolution", _resolution(words)),
        "priority": _renamed(SHARED["priority"], "priority", _either(priorities, words)),
    }


def _either(known: Iterable[tuple[str, str, str]], words: Words) -> Resolve:
    return named(words.pairs(known))


def _renamed(shared: Field, history: str, resolve: Resolve) -> Field:
    assert shared.values is not None
    return choice(shared.values, resolve, history=history)


def _category(words: Words) -> Field:
    known = {s.category.key: s.category for s in STATUSES.values()}.values()
    pairs = [(c.key, word) for c in known for word in (c.key, c.name, words.category(c), str(c.id))]
    return choice(lambda issue: one(issue.status.category.key), named(pairs))


def _resolution(words: Words) -> Resolve:
    resolve = _either([(r.id, r.name, words.resolution(r)) for r in RESOLUTIONS.values()], words)

    def found(name: str, text: str, asking: Asking) -> frozenset[str]:
        if text.casefold() in {"unresolved", "未解决"}:
            return frozenset({NONE})
        return resolve(name, text, asking)

    return found


def _person(shared: Field) -> Field:
    """By user name, key, full name or address, and never by the account id of Cloud."""

    def build(clause: Clause, asking: Asking) -> Test:
        operands = _accounts(clause.field, clause.operands)
        return shared.build(replace(clause, operands=operands), asking)

    return replace(shared, build=build)


def _accounts(name: str, operands: Iterable[Operand]) -> tuple[Operand, ...]:
    return tuple(
        _account(name, operand) if isinstance(operand, Value) else operand for operand in operands
    )


def _account(name: str, value: Value) -> Value:
    account = by_any_name(value.text)
    if account is None:
        raise missing(name, value.text)
    return Value(account.user.account_id)


def _with_authors(field: Field) -> Field:
    """`CHANGED BY` names people as every other clause does."""
    if field.history is None:
        return field

    def build(clause: Clause, asking: Asking) -> Test:
        predicates = tuple(
            replace(one, operands=_accounts("by", one.operands)) if one.word == "by" else one
            for one in clause.predicates
        )
        return field.build(replace(clause, predicates=predicates), asking)

    return replace(field, build=build)


def _parent(issue: Issue) -> frozenset[str]:
    return one(issue.parent_id) if issue.type.subtask else frozenset()


def _epic(issue: Issue) -> frozenset[str]:
    return one(issue.parent_id) if issue.type.level == 0 else frozenset()
