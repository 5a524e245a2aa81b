"""Text fields of JQL: words, phrases in quotation marks, `*` and `?`."""

import re
from collections.abc import Callable

from sandbox.jira.jql_functions import texts
from sandbox.jira.jql_terms import TEXT, Asking, Field, Test, last, single
from sandbox.jira.model import Issue
from sandbox.query.tree import Clause

_WORD = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+")
_PHRASE = re.compile(r'"([^"]*)"')


def text_field(value: Callable[[Issue], str | None], *, sortable: bool = True) -> Field:
    """Every word must be there, in any order; Chinese is compared sign by sign."""

    def build(clause: Clause, asking: Asking) -> Test:
        if clause.operator in {"is", "is not"}:
            return lambda issue: bool(value(issue)) == (clause.operator == "is not")
        found = _finder(single(clause, texts(clause.field, clause.operands, asking)))
        return lambda issue: found(value(issue) or "") == (clause.operator == "~")

    def sort(issue: Issue) -> tuple[bool, float | str]:
        text = value(issue)
        return last(text.casefold() if text else None)

    return Field(TEXT, build, sort if sortable else None, kind="text")


def _finder(asked: str) -> Callable[[str], bool]:
    phrases = [words(phrase) for phrase in _PHRASE.findall(asked)]
    loose = _PHRASE.sub(" ", asked).split()
    patterns = [_pattern(word) for word in loose if set(word) & {"*", "?"}]
    plain = {w for word in loose if not set(word) & {"*", "?"} for w in words(word)}

    def found(text: str) -> bool:
        there = words(text)
        return (
            plain <= set(there)
            and all(any(pattern.fullmatch(word) for word in there) for pattern in patterns)
            and all(_contains(there, phrase) for phrase in phrases)
        )

    return found


def words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _pattern(word: str) -> re.Pattern[str]:
    signs = {"*": r"\w*", "?": r"\w"}
    return re.compile("".join(signs.get(sign) or re.escape(sign) for sign in word.casefold()))


def _contains(there: list[str], phrase: list[str]) -> bool:
    size = len(phrase)
    return any(there[at : at + size] == phrase for at in range(len(there) - size + 1))
