"""The structure of a query, as `jql/parse` tells it."""

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
from sandbox.wire import JsonObject


def structure(query: Query) -> JsonObject:
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
