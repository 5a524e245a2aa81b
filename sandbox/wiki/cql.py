"""CQL over pages: what they are, where they are, whose they are, when they changed."""

from sandbox.query.parse import QuerySyntaxError, parse
from sandbox.query.tree import AllOf, AnyOf, Clause, Condition, Query, Sort
from sandbox.wiki.cql_fields import FIELDS
from sandbox.wiki.cql_properties import property_field
from sandbox.wiki.cql_terms import Asking, CqlError, Field, SortKey, Test, shown
from sandbox.wiki.model import Page

__all__ = ["CqlError", "CqlSearch"]


class CqlSearch(Asking):
    """One person's search."""

    def find(self, cql: str) -> list[Page]:
        """Readable current pages, in the query's order. Raises `CqlError`."""
        query = read(cql)
        assert query.where is not None
        test = self._test(query.where)
        keys = [(self._sort_key(sort), sort.descending) for sort in query.order]
        found = [
            page
            for page in self.pages.all()
            if page.status == "current" and self.pages.may_read(page, self.user) and test(page)
        ]
        for key, descending in reversed(keys):
            found.sort(key=key, reverse=descending)
        return found

    def _test(self, condition: Condition) -> Test:
        match condition:
            case Clause():
                return self._clause(condition)
            case AllOf(parts):
                all_tests = [self._test(part) for part in parts]
                return lambda page: all(test(page) for test in all_tests)
            case AnyOf(parts):
                any_tests = [self._test(part) for part in parts]
                return lambda page: any(test(page) for test in any_tests)

    def _clause(self, clause: Clause) -> Test:
        field = self._field(clause.field)
        if clause.operator not in field.operators or clause.predicates:
            raise CqlError(f"The operator '{clause.operator}' is not supported by '{clause.field}'")
        return field.build(clause, self)

    def _field(self, name: str) -> Field:
        known = FIELDS.get(name.casefold())
        if known is not None:
            return known
        declared = self.pages.extractions.named(name)
        if declared is None:
            raise CqlError(f"No field exists with name: {name}")
        return property_field(declared)

    def _sort_key(self, sort: Sort) -> SortKey:
        key = self._field(sort.field).sort
        if key is None:
            raise CqlError(f"Cannot order by: {sort.field}")
        return key


def read(cql: str) -> Query:
    """The query, which must ask for something. Raises `CqlError`."""
    try:
        query = parse(cql)
    except QuerySyntaxError as error:
        raise CqlError(f"Could not parse cql : {cql}") from error
    if query.where is None:
        raise CqlError(f"Could not parse cql : {cql}")
    return query


def sought_words(cql: str) -> str:
    """What a query looks for in texts; an excerpt shows it."""
    return " ".join(_sought(read(cql).where))


def _sought(condition: Condition | None) -> list[str]:
    match condition:
        case Clause(field, "~", operands) if field.casefold() in {"text", "sitesearch", "title"}:
            return [shown(operand) for operand in operands]
        case AllOf(parts) | AnyOf(parts):
            return [word for part in parts for word in _sought(part)]
    return []
