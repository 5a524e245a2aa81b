"""Text fields of JQL: words, phrases in quotation marks, `*` and `?`."""

from collections.abc import Callable

from sandbox.jira.jql_functions import texts
from sandbox.jira.jql_terms import TEXT, Asking, Field, Test, last, single
from sandbox.jira.model import Issue
from sandbox.query.tree import Clause
from sandbox.query.words import finder


def text_field(value: Callable[[Issue], str | None], *, sortable: bool = True) -> Field:
    """Every word must be there, in any order; Chinese is compared sign by sign."""

    def build(clause: Clause, asking: Asking) -> Test:
        if clause.operator in {"is", "is not"}:
            return lambda issue: bool(value(issue)) == (clause.operator == "is not")
        found = finder(single(clause, texts(clause.field, clause.operands, asking)))
        return lambda issue: found(value(issue) or "") == (clause.operator == "~")

    def sort(issue: Issue) -> tuple[bool, float | str]:
        text = value(issue)
        return last(text.casefold() if text else None)

    return Field(TEXT, build, sort if sortable else None, kind="text")
