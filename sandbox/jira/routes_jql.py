"""JQL itself: parsed, and what may be written in it."""

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox import errors
from sandbox.directory import USERS
from sandbox.guard import caller
from sandbox.jira.fields import known_fields
from sandbox.jira.jql import JqlErrors, check
from sandbox.jira.jql_fields import FIELDS
from sandbox.jira.jql_functions import FUNCTION_KINDS
from sandbox.jira.jql_terms import Asking
from sandbox.jira.model import PRIORITIES, RESOLUTIONS, STATUSES, known_types
from sandbox.jira.requests import bad_payload, body_object, strings
from sandbox.query.parse import QuerySyntaxError, parse
from sandbox.query.reserved import WORDS
from sandbox.query.tree import (
    EMPTY,
    AllOf,
    AnyOf,
    Call,
    Clause,
    Condition,
    Operand,
    Query,
    Value,
)
from sandbox.site import current_site
from sandbox.wire import JsonObject

api = Blueprint("jql", __name__)

_VALIDATIONS = {"strict", "warn", "none"}
_MOST_SUGGESTED = 15
_CLASSES = {
    "user": "com.atlassian.jira.user.ApplicationUser",
    "issue": "com.atlassian.jira.issue.Issue",
    "type": "com.atlassian.jira.issue.issuetype.IssueType",
    "project": "com.atlassian.jira.project.Project",
    "version": "com.atlassian.jira.project.version.Version",
    "component": "com.atlassian.jira.bc.project.component.ProjectComponent",
    "date": "java.util.Date",
    "number": "java.lang.Number",
    "text": "java.lang.String",
}
_DATES = ("now", *(f"{end}Of{unit}" for end in ("start", "end") for unit in
                   ("Day", "Week", "Month", "Year")))  # fmt: skip


@api.post("/jql/parse")
def parse_queries() -> ResponseReturnValue:
    """`strict` and `warn` look whether fields and values exist; `none` only at the grammar."""
    validation = request.args.get("validation", "strict")
    if validation not in _VALIDATIONS:
        message = "The 'validation' parameter must be 'strict', 'warn' or 'none'."
        raise errors.jira(HTTPStatus.BAD_REQUEST, [message])
    body = body_object()
    if "queries" not in body:
        raise bad_payload()
    return {"queries": [_parsed(text, validation) for text in strings(body, "queries")]}


@api.get("/jql/autocompletedata")
def reference() -> ResponseReturnValue:
    return _reference()


@api.post("/jql/autocompletedata")
def reference_by_body() -> ResponseReturnValue:
    strings(body_object(), "projectIds")
    return _reference()


@api.get("/jql/autocompletedata/suggestions")
def suggestions() -> ResponseReturnValue:
    """Values of the fields that have names; for the others nothing."""
    name = request.args.get("fieldName", "").casefold()
    begin = request.args.get("fieldValue", "").casefold()
    found = [text for text in _values(name) if text.casefold().startswith(begin)]
    return {
        "results": [
            {"value": _quoted(text), "displayName": text} for text in found[:_MOST_SUGGESTED]
        ]
    }


def _parsed(text: str, validation: str) -> JsonObject:
    try:
        query = parse(text, strict=True)
    except QuerySyntaxError as error:
        return {"query": text, "errors": [str(error)]}
    told: JsonObject = {"query": text, "structure": _structure(query)}
    if validation == "none":
        return told
    site = current_site()
    try:
        check(text, Asking(caller(), site.now(), site.issues))
    except JqlErrors as error:
        if validation == "strict":
            return {"query": text, "errors": error.messages}
        return told | {"warnings": error.messages}
    return told


def _structure(query: Query) -> JsonObject:
    told: JsonObject = {}
    if query.where is not None:
        told["where"] = _condition(query.where)
    if query.order:
        told["orderBy"] = {
            "fields": [
                {
                    "field": {"name": sort.field},
                    **({"direction": "desc"} if sort.descending else {}),
                }
                for sort in query.order
            ]
        }
    return told


def _condition(condition: Condition) -> JsonObject:
    match condition:
        case AllOf(parts):
            return {"operator": "and", "clauses": [_condition(part) for part in parts]}
        case AnyOf(parts):
            return {"operator": "or", "clauses": [_condition(part) for part in parts]}
        case Clause():
            return _clause(condition)


def _clause(clause: Clause) -> JsonObject:
    field, operator = {"name": clause.field}, clause.operator
    if operator == "not changed":
        inner = _clause(Clause(clause.field, "changed", (), clause.predicates))
        return {"operator": "not", "clauses": [inner]}
    told: JsonObject = {"field": field, "operator": operator}
    if operator != "changed":
        told["operand"] = _operand(clause)
    if operator.startswith(("was", "changed")):
        told["predicates"] = [
            {
                "operator": predicate.word,
                "operand": _operands(predicate.operands, several=len(predicate.operands) > 1),
            }
            for predicate in clause.predicates
        ]
    return told


def _operand(clause: Clause) -> JsonObject:
    if clause.operator in {"is", "is not"}:
        return {"keyword": "empty"}
    several = clause.operator.endswith("in")
    if several and len(clause.operands) == 1 and isinstance(clause.operands[0], Call):
        several = clause.operands[0] is EMPTY
    return _operands(clause.operands, several=several)


def _operands(operands: tuple[Operand, ...], *, several: bool) -> JsonObject:
    if several:
        return {"values": [_one(operand) for operand in operands]}
    return _one(operands[0])


def _one(operand: Operand) -> JsonObject:
    if operand is EMPTY:
        return {"keyword": "empty"}
    match operand:
        case Value(text):
            return {"value": text}
        case Call(name, arguments):
            return {"function": name, "arguments": list(arguments)}


def _reference() -> JsonObject:
    told = []
    for known in known_fields():
        names = [name for name in known["clauseNames"] if name.casefold() in FIELDS]
        for name in names[-1:]:
            field = FIELDS[name.casefold()]
            custom = {"cfid": known["clauseNames"][0]} if known["custom"] else {}
            told.append(
                {
                    "value": _quoted(name),
                    "displayName": known["name"],
                    **custom,
                    "orderable": _word(field.sort is not None),
                    "searchable": "true",
                    "auto": _word(name.casefold() in _LISTED),
                    "operators": sorted(field.operators - {"not changed"}),
                    "types": [_CLASSES.get(field.kind, "java.lang.Object")],
                }
            )
    return {
        "visibleFieldNames": told,
        "visibleFunctionNames": [*map(_function, FUNCTION_KINDS.items()), *map(_date, _DATES)],
        "jqlReservedWords": sorted(WORDS),
    }


def _function(named: tuple[str, str]) -> JsonObject:
    name, kind = named
    single = name in {"currentUser", "latestReleasedVersion", "earliestUnreleasedVersion"}
    told: dict[str, Any] = {
        "value": f"{name}()",
        "displayName": f"{name}()",
        "types": [_CLASSES.get(kind, "java.lang.Object")],
    }
    return told if single else told | {"isList": "true"}


def _date(name: str) -> JsonObject:
    return {"value": f"{name}()", "displayName": f"{name}()", "types": [_CLASSES["date"]]}


def _values(name: str) -> list[str]:
    """What the field may hold, each name once; nothing for fields without a list of values."""
    listed = _LISTED.get(name.strip('"'))
    return list(dict.fromkeys(listed())) if listed else []


def _projects() -> Iterable[str]:
    store = current_site().issues
    return (p.name for p in store.projects() if store.may_browse(p, caller()))


def _types() -> Iterable[str]:
    return (kind.name for kind in known_types(current_site().issues.projects()))


def _people() -> Iterable[str]:
    return (person.name for person in USERS)


def _versions() -> Iterable[str]:
    return (one.name for one in current_site().issues.annexes.versions.all())


def _components() -> Iterable[str]:
    return (one.name for one in current_site().issues.annexes.components.all())


def _sprints() -> Iterable[str]:
    return (one.name for one in current_site().issues.annexes.sprints.all())


def _labels() -> Iterable[str]:
    store = current_site().issues
    readable = (issue for issue in store.all() if store.may_read(issue, caller()))
    return sorted({label for issue in readable for label in issue.labels})


_LISTED: dict[str, Callable[[], Iterable[str]]] = {
    "project": _projects,
    "status": lambda: (status.name for status in STATUSES.values()),
    "issuetype": _types,
    "type": _types,
    "priority": lambda: (level.name for level in PRIORITIES.values()),
    "resolution": lambda: ["Unresolved", *(known.name for known in RESOLUTIONS.values())],
    "assignee": _people,
    "reporter": _people,
    "creator": _people,
    "watcher": _people,
    "voter": _people,
    "fixversion": _versions,
    "affectedversion": _versions,
    "component": _components,
    "sprint": _sprints,
    "labels": _labels,
}


def _quoted(text: str) -> str:
    plain = text.replace("_", "a").isalnum() and text.casefold() not in WORDS
    if plain or text.startswith("cf["):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _word(fact: bool) -> str:
    return "true" if fact else "false"
