"""Writing JQL: only checked keys and whole, parenthesised queries get into it."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from connector.core.errors import BadInput
from connector.core.okr import IssueKey

_KEY = re.compile(r"[A-Z][A-Z0-9_]{0,98}-[0-9]{1,18}")
_TOKEN = re.compile(
    r"""
    "(?:[^"\\]|\\.)*" | '(?:[^'\\]|\\.)*'   # a quoted text
    | \border\s+by\b                         # the clause that only sorts
    | [()"']                                 # what must balance
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_KEY_IN_TEXT = re.compile(r"(?<![A-Z0-9_-])[A-Z][A-Z0-9_]{0,98}-[0-9]{1,18}(?![0-9-])")
_PROJECT = re.compile(
    r"(?i:project)\s*(?:=|(?i:\bin\b))\s*(\(?\s*[\"']?[A-Z][A-Z0-9_]*[\"']?"
    r"(?:\s*,\s*[\"']?[A-Z][A-Z0-9_]*[\"']?)*\s*\)?)"
)
_WORD = re.compile(
    r"""
    "(?:[^"\\]|\\.)*" | '(?:[^'\\]|\\.)*'   # a quoted text
    | \|\| | && | ! (?!=|~) | [()] | \w+
    """,
    re.VERBOSE | re.DOTALL,
)
_LONGEST = 10_000
SINCE_MARGIN = timedelta(minutes=2)


def is_key(text: str) -> bool:
    """
    >>> is_key("PAY-12"), is_key('PAY-1") OR key > ("A-1')
    (True, False)
    """
    return _KEY.fullmatch(text) is not None


def keys_named(text: str) -> list[IssueKey]:
    """Every issue key in a text, as in the message of an error.

    >>> keys_named("An issue with key 'PAY-9' does not exist for field 'key'.")
    ['PAY-9']
    """
    return [IssueKey(found[0]) for found in _KEY_IN_TEXT.finditer(text)]


def could_match(jql: str, key: IssueKey) -> bool:
    """
    Whether a query may find the issue, judged by its project alone; true when in doubt.

    Only a query that is a chain of AND with `project = KEY` (or `in`) in it can say no. A project
    may also be named by its name, which may look like a key: then a sweep sees the change.

    >>> key = IssueKey("PAY-1")
    >>> could_match("project = YUN AND labels = x ORDER BY rank", key), could_match("a = x", key)
    (False, True)
    """
    try:
        parts = _conjuncts(without_order(jql))
    except BadInput:
        return True
    asked = [found for part in parts if (found := _PROJECT.fullmatch(part))]
    project = key.rpartition("-")[0]
    return all(project in _words(found[1]) for found in asked)


def _conjuncts(jql: str) -> list[str]:
    """The parts that AND joins at the top; none where OR or NOT stands beside them."""
    depth, start, parts = 0, 0, []
    for token in _WORD.finditer(jql):
        word = token[0].casefold()
        depth += (word == "(") - (word == ")")
        if depth == 0 and word in {"or", "||", "not", "!"}:
            return []
        if depth == 0 and word in {"and", "&&"}:
            parts.append(jql[start : token.start()].strip())
            start = token.end()
    return [*parts, jql[start:].strip()]


def _words(listed: str) -> set[str]:
    return {word.strip(" \"'") for word in listed.strip("() ").split(",")}


def keys_in(field: str, keys: Iterable[IssueKey]) -> str:
    """
    >>> keys_in("parent", [IssueKey("PAY-1"), IssueKey("PAY-2")])
    'parent in ("PAY-1","PAY-2")'
    """
    listed = list(keys)
    wrong = [key for key in listed if not is_key(key)]
    if wrong or not listed:
        raise BadInput(f"not an issue key: {wrong[:1]!r}")
    quoted = ",".join(f'"{key}"' for key in listed)
    return f"{field} in ({quoted})"


def without_order(jql: str) -> str:
    """
    An author's query ready to stand in parentheses: no ORDER BY, brackets and quotes balanced.

    Raises BadInput for one that could reach beyond its parentheses, and for an empty one.

    >>> without_order('project = PAY AND text ~ "order by" ORDER BY created DESC')
    'project = PAY AND text ~ "order by"'
    """
    depth, end = 0, len(jql)
    for token in _TOKEN.finditer(jql):
        text = token[0]
        if text == "(":
            depth += 1
        elif text == ")":
            depth -= 1
        elif text in {'"', "'"}:
            raise BadInput("a quotation mark in the JQL is not closed")
        elif depth == 0 and text[0] not in "\"'":
            end = token.start()
            break
        if depth < 0:
            break
    if depth != 0:
        raise BadInput("the brackets of the JQL do not match")
    found = jql[:end].strip()
    if not found or len(found) > _LONGEST:
        raise BadInput("the JQL is empty or too long")
    return found


def any_of(queries: Iterable[str]) -> str:
    """Each query in parentheses of its own, joined by OR."""
    return " OR ".join(f"({query})" for query in queries)


def updated_since(since: datetime, *, now: datetime) -> str:
    """
    A border relative to the site's clock: absolute dates are read in the account's time zone,
    and both are in whole minutes, hence the margin.
    """
    ago = now - since + SINCE_MARGIN
    return f'updated >= "-{max(1, -(-int(ago.total_seconds()) // 60))}m"'
