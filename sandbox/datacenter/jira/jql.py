"""
JQL as this site knows it.

Names of fields, statuses and types are understood in the site's language and in English. Epics
are found by `"Epic Link"` or `cf[10100]`; `parent` is for sub-tasks. People go by user name.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from sandbox.datacenter.jira.epics import EPIC_STATUSES, Epics
from sandbox.datacenter.jira.fields import (
    EPIC_LINK,
    EPIC_NAME,
    EPIC_STATUS,
    FIELDS,
    RANK,
    SPRINT,
    STORY_POINTS,
)
from sandbox.datacenter.jira.words import Words
from sandbox.datacenter.people import by_any_name
from sandbox.jira.jql_choice import choice, named, number_field
from sandbox.jira.jql_fields import FIELDS as SHARED
from sandbox.jira.jql_terms import Asking, Field, Test, missing, one
from sandbox.jira.jql_text import text_field
from sandbox.jira.model import Issue
from sandbox.query.tree import Clause, Operand, Value

_PEOPLE = ("assignee", "reporter", "creator", "watcher", "voter", "worklogauthor")
_CLOUD_ONLY = {
    "hierarchylevel",
    "story point estimate",
    "story points",
    "epic link",
    "parentepic",
    "statuscategorychangeddate",
}
_WORD_PREDICATES = {"from", "to"}
Change = Callable[[str, Operand], Operand]


def fields_of(words: Words, epics: Epics) -> dict[str, Field]:
    """Every field by the names a query may use, in small letters."""
    fields = {
        name: field
        for name, field in SHARED.items()
        if name not in _CLOUD_ONLY and not name.startswith("cf[")
    }
    fields |= {name: _changed(SHARED[name], _by_name) for name in _PEOPLE if name in SHARED}
    for name, table in words.values().items():
        for also in ("issuetype", "type") if name == "issuetype" else (name,):
            fields[also] = _changed(SHARED[also], _in_english(table))
    fields |= _epics_and_parents(words, epics)
    for known in FIELDS.values():
        shared = fields.get(known.id.casefold())
        if shared is not None:
            fields.setdefault(words.field(known.name).casefold(), shared)
    return {name: _with_authors(field) for name, field in fields.items()}


def _epics_and_parents(words: Words, epics: Epics) -> dict[str, Field]:
    issue = SHARED["parent"].resolve
    assert issue is not None
    custom = {
        EPIC_LINK: choice(_epic, issue, kind="issue"),
        STORY_POINTS: number_field(lambda found: found.points),
        EPIC_NAME: text_field(lambda one: epics.of(one).name if one.type.level == 1 else None),
        EPIC_STATUS: choice(
            lambda one: frozenset({epics.of(one).status.id} if one.type.level == 1 else ()),
            named((status.id, status.name) for status in EPIC_STATUSES.values()),
        ),
        SPRINT: SHARED["sprint"],
        RANK: SHARED["rank"],
    }
    fields = {"parent": choice(_parent, issue, kind="issue")}
    for identity, field in custom.items():
        known = FIELDS[identity]
        names = {f"cf[{known.number}]", known.name, words.field(known.name)}
        fields |= {name.casefold(): field for name in names}
    return fields


def _changed(shared: Field, change: Change) -> Field:
    """The field, but what a query names is changed before it is looked up."""

    def build(clause: Clause, asking: Asking) -> Test:
        predicates = tuple(
            replace(said, operands=_each(clause.field, said.operands, change))
            if said.word in _WORD_PREDICATES
            else said
            for said in clause.predicates
        )
        operands = _each(clause.field, clause.operands, change)
        return shared.build(replace(clause, operands=operands, predicates=predicates), asking)

    return replace(shared, build=build)


def _each(name: str, operands: Iterable[Operand], change: Change) -> tuple[Operand, ...]:
    return tuple(change(name, operand) for operand in operands)


def _by_name(name: str, operand: Operand) -> Operand:
    """Whoever goes by this user name, key, full name or address: never by Cloud's account id."""
    if not isinstance(operand, Value):
        return operand
    account = by_any_name(operand.text)
    if account is None:
        raise missing(name, operand.text)
    return Value(account.user.account_id)


def _in_english(table: dict[str, str]) -> Change:
    def change(_name: str, operand: Operand) -> Operand:
        if not isinstance(operand, Value):
            return operand
        return Value(table.get(operand.text.casefold(), operand.text))

    return change


def _with_authors(field: Field) -> Field:
    """`CHANGED BY` names people as every other clause does."""
    if field.history is None:
        return field

    def build(clause: Clause, asking: Asking) -> Test:
        predicates = tuple(
            replace(said, operands=_each("by", said.operands, _by_name))
            if said.word == "by"
            else said
            for said in clause.predicates
        )
        return field.build(replace(clause, predicates=predicates), asking)

    return replace(field, build=build)


def _parent(issue: Issue) -> frozenset[str]:
    return one(issue.parent_id) if issue.type.subtask else frozenset()


def _epic(issue: Issue) -> frozenset[str]:
    return one(issue.parent_id) if issue.type.level == 0 else frozenset()
