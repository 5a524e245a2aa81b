"""JQL: from text to the issues it finds, or to Jira's sentences about what is wrong with it."""

from collections.abc import Iterable, Mapping

from sandbox.jira.jql_fields import FIELDS, field_named
from sandbox.jira.jql_functions import check_known
from sandbox.jira.jql_narrow import candidates
from sandbox.jira.jql_terms import HISTORY, Asking, Field, JqlError, Test
from sandbox.jira.model import Issue
from sandbox.jira.search_view import Searchable
from sandbox.query.parse import QuerySyntaxError, parse
from sandbox.query.tree import EMPTY, AllOf, AnyOf, Call, Clause, Condition, Query, Sort

UNBOUNDED = (
    "Unbounded JQL queries are not allowed here. Please add a search restriction to your query."
)
MOST_SORTS = 7


class JqlErrors(ValueError):
    """Everything that is wrong with a query, each a sentence."""

    def __init__(self, messages: list[str]) -> None:
        super().__init__(" ".join(messages))
        self.messages = messages


def search(
    jql: str,
    asking: Asking,
    issues: Searchable | Iterable[Issue],
    *,
    bounded: bool = True,
    fields: Mapping[str, Field] = FIELDS,
) -> list[Issue]:
    """
    The issues found, in the query's order; newest first where it gives none.

    Raises `JqlErrors`. `bounded` refuses a query without any restriction, as enhanced search does;
    `fields` are those the site knows, by their names in small letters.
    """
    query = _parsed(jql)
    if bounded and query.where is None:
        raise JqlErrors([UNBOUNDED])
    errors: list[str] = []
    test = _test(query.where, asking, fields, errors) if query.where else _anything
    _check_order(query, fields, errors)
    if errors:
        raise JqlErrors(errors)
    if isinstance(issues, Searchable):
        issues = issues.among(candidates(query.where, asking))
    may_read = asking.store.reader(asking.user)
    found = [issue for issue in issues if may_read(issue) and test(issue)]
    return _sorted(found, query.order, fields)


def check(jql: str, asking: Asking, *, fields: Mapping[str, Field] = FIELDS) -> None:
    """Raises `JqlErrors` for what is not there; nothing is looked for."""
    search(jql, asking, (), bounded=False, fields=fields)


def _parsed(jql: str) -> Query:
    try:
        return parse(jql, strict=True)
    except QuerySyntaxError as error:
        raise JqlErrors([str(error)]) from error


def _anything(_issue: Issue) -> bool:
    return True


def _test(
    condition: Condition, asking: Asking, fields: Mapping[str, Field], errors: list[str]
) -> Test:
    match condition:
        case Clause():
            return _clause(condition, asking, fields, errors)
        case AllOf(parts):
            all_tests = [_test(part, asking, fields, errors) for part in parts]
            return lambda issue: all(test(issue) for test in all_tests)
        case AnyOf(parts):
            any_tests = [_test(part, asking, fields, errors) for part in parts]
            return lambda issue: any(test(issue) for test in any_tests)


def _clause(clause: Clause, asking: Asking, fields: Mapping[str, Field], errors: list[str]) -> Test:
    """A clause that is wrong is noted, and the rest of the query is still looked at."""
    try:
        return _clause_test(clause, asking, fields)
    except JqlError as error:
        errors.append(str(error))
        return _anything


def _clause_test(clause: Clause, asking: Asking, fields: Mapping[str, Field]) -> Test:
    field = field_named(clause.field, fields)
    if field is None:
        raise JqlError(_unknown_field(clause.field))
    _check_operator(clause, field)
    for operand in clause.operands:
        if isinstance(operand, Call):
            check_known(operand)
    return field.build(clause, asking)


def _check_operator(clause: Clause, field: Field) -> None:
    if clause.operator in HISTORY and field.history is None:
        raise JqlError(f"History searches do not support the '{clause.field}' field.")
    if clause.operator not in field.operators:
        raise JqlError(
            f"The operator '{clause.operator}' is not supported by the '{clause.field}' field."
        )
    if EMPTY in clause.operands and clause.operator in {"<", ">", "<=", ">=", "~", "!~"}:
        raise JqlError(
            f"The operator '{clause.operator}' does not support searching for an empty value."
        )


def _unknown_field(name: str) -> str:
    return f"Field '{name}' does not exist or you do not have permission to view it."


def _check_order(query: Query, fields: Mapping[str, Field], errors: list[str]) -> None:
    for sort in query.order:
        field = field_named(sort.field, fields)
        if field is None:
            errors.append(_unknown_field(sort.field))
        elif field.sort is None:
            errors.append(f"Not able to sort using field '{sort.field}'.")
    if len(query.order) > MOST_SORTS:
        errors.append(f"The maximum number of sort fields is {MOST_SORTS}.")


def _sorted(
    found: list[Issue], order: tuple[Sort, ...], fields: Mapping[str, Field]
) -> list[Issue]:
    ordered = sorted(found, key=lambda issue: -issue.id)
    for sort in reversed(order):
        key = fields[sort.field.casefold()].sort
        assert key is not None
        ordered.sort(key=key, reverse=sort.descending)
    return ordered
