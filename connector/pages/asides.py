"""What is said beside a title in its own words: `(Owner: Ana, due 10 Dec)`, `Target: 40%`."""

import re
from typing import NamedTuple

from connector.core.text import find_quantities, parse_quantity, plain, readable
from connector.pages.content import Content
from connector.pages.headers import Column, exact_column
from connector.pages.raw import RawCell

_LONGEST = 2_000
_LONGEST_VALUE = 60
_BRACKETED = re.compile(r"\s*[-–—,;]?\s*[(\[【]([^()\[\]【】]{1,120})[)\]】]\s*$")
_PARTS = re.compile(r"\s*[,;、|]\s*(?=[^\d\s])")
_PAIR = re.compile(r"^\s*([^:]{1,24}?)\s*:\s*(.*)$")
_SPOKEN = re.compile(
    r"^(owner|due|by|lead|dri|weight|confidence|负责人|截止|信心指数)\s+(\S.*)$", re.IGNORECASE
)
_SHARE = re.compile(r"^(权重|占比|weight)\s*:?\s*(\d[\d.]*\s?%?)$", re.IGNORECASE)
_SPACED = re.compile(r"^(.*[^\s,;(\[–—-])\s+([^\s()]{1,12}\s?:\s?[^:()]{1,40})$")
_SPACED_ONES = frozenset({Column.OWNER, Column.DUE})
_DASHED = re.compile(r"^(.*\S)\s+[-–—|·]+\s+([^-–—|·:]{1,24}:\s?[^:]{1,60})$")
_MENTIONED = re.compile(r"(?:\s*[-–—,;|]?\s*@([^\W\d][\w·.-]{0,29}))+\s*$")
_NAME = re.compile(r"@([^\W\d][\w·.-]*)")
_CLOSING = frozenset(")]】")
_OPEN = re.compile(r"[(\[【][^)\]】]*$")
_DANGLING = re.compile(r"\s*(?:[-–—|·,;:]|[(\[【]\s*[)\]】])+\s*$")
_BESIDE = frozenset(
    {
        Column.OWNER,
        Column.PARTNERS,
        Column.BASELINE,
        Column.CURRENT,
        Column.TARGET,
        Column.PROGRESS,
        Column.STATUS,
        Column.CONFIDENCE,
        Column.SCORE,
        Column.WEIGHT,
        Column.DUE,
        Column.JIRA,
        Column.METHOD,
        Column.INITIATIVES,
        Column.TYPE,
        Column.OBJECTIVE_TYPE,
        Column.ORIGIN,
        Column.PARENT,
        Column.DEPENDENCY,
        Column.NEEDED_BY,
        Column.CONTRIBUTION,
        Column.MILESTONES,
    }
)


def labelled(content: Content) -> tuple[RawCell, ...]:
    """The cells of a text that is nothing but labels and values; none for any other text.

    >>> [(c.column.value, c.content.text) for c in labelled(Content(("Owner: Ana; Due: 10 Dec",)))]
    [('owner', 'Ana'), ('due', '10 Dec')]
    """
    if len(content.text) > _LONGEST:
        return ()
    parts = [part for line in content.lines for part in _parts(plain(line))]
    cells = [_pair(part, content) for part in parts]
    return tuple(cell for cell in cells if cell) if all(cells) else ()


class Asides(NamedTuple):
    """A title alone, and what was written behind it in brackets, on lines or as `@name`."""

    title: Content
    cells: tuple[RawCell, ...] = ()
    notes: tuple[str, ...] = ()


def _parts(line: str) -> list[str]:
    """`Owner: Ana, Bo, due 10 Dec` in two: what is no label belongs to the one before."""
    parts: list[str] = []
    for part in _PARTS.split(line):
        if parts and not any(one.match(part) for one in (_PAIR, _SPOKEN, _SHARE)):
            parts[-1] += f", {part}"
        else:
            parts.append(part)
    return parts


def split_asides(content: Content) -> Asides:
    title, cells, notes = _without_lines(content)
    said = title.text
    if len(said) > _LONGEST:
        return Asides(content)
    said, trailing = _without_tail(said)
    cells = (*cells, *trailing)
    bracketed = _BRACKETED.search(said) if said.rstrip()[-1:] in _CLOSING else None
    if bracketed:
        found = labelled(content._replace(lines=(bracketed[1],)))
        if found and said[: bracketed.start()].strip():
            said, cells = said[: bracketed.start()], (*cells, *found)
    mentioned = _MENTIONED.search(said) if "@" in said else None
    if mentioned and said[: mentioned.start()].strip():
        names = ", ".join(_NAME.findall(mentioned[0]))
        said = said[: mentioned.start()]
        cells = (*cells, RawCell(Column.OWNER, "@", Content((names,))))
    if content.people or content.links:
        said = _DANGLING.sub("", said) or said
    return Asides(title._replace(lines=(said,)) if said != title.text else title, cells, notes)


def _without_tail(said: str) -> tuple[str, tuple[RawCell, ...]]:
    """`…; owner: Ana; due: 10 Dec` at the end of a sentence."""
    cells: tuple[RawCell, ...] = ()
    if ":" not in said and ";" not in said:
        return said, cells
    head, sign, last = said.rpartition(";")
    while (
        sign and head.strip() and not _OPEN.search(head) and (found := labelled(Content((last,))))
    ):
        said, cells = head.rstrip(), (*found, *cells)
        head, sign, last = said.rpartition(";")
    dashed = _DASHED.match(said)
    while dashed and (found := labelled(Content((dashed[2],)))):
        said, cells = dashed[1], (*found, *cells)
        dashed = _DASHED.match(said)
    spaced = _SPACED.match(said)
    if spaced and not _OPEN.search(said):
        found = labelled(Content((spaced[2],)))
        if found and found[0].column in _SPACED_ONES:
            said, cells = spaced[1], (*found, *cells)
    return said, cells


def _without_lines(content: Content) -> tuple[Content, tuple[RawCell, ...], tuple[str, ...]]:
    """Lines under the first that hold only labels and values are cells.

    Where the first line says the whole measure, lines that begin anew are notes.
    """
    if len(content.lines) < 2:
        return content, (), ()
    kept, cells = list(content.lines[:1]), list[RawCell]()
    for line in content.lines[1:]:
        found = labelled(content._replace(lines=(line,)))
        cells.extend(found)
        if not found:
            kept.append(line)
    notes = kept[1:] if kept and _says_all(kept[0], kept[1:]) else []
    if not cells and not notes:
        return content, (), ()
    title = content._replace(lines=tuple(kept[: len(kept) - len(notes)]))
    return title, tuple(cells), tuple(notes)


def _says_all(first: str, rest: list[str]) -> bool:
    fresh = all(not line[0].islower() for line in rest)
    return bool(rest) and fresh and _measured(first) and not any(map(_measured, rest))


def _measured(line: str) -> bool:
    return len(line) <= _LONGEST and bool(find_quantities(readable(line)))


def _pair(part: str, content: Content) -> RawCell | None:
    match = _PAIR.match(part) or _SPOKEN.match(part) or _SHARE.match(part)
    column = exact_column(match[1]) if match else None
    if match and column is Column.OBJECTIVE and parse_quantity(match[2]):
        column = Column.TARGET  # `目标: 36%` under a key result
    if match is None or column not in _BESIDE or len(match[2]) > _LONGEST_VALUE:
        return None
    value = match[2].strip()
    if value:
        return RawCell(column, match[1], Content((value,)))
    if column is Column.OWNER and content.people:
        return RawCell(column, match[1], Content(people=content.people))
    linked = column is Column.JIRA and bool(content.links)
    return RawCell(column, match[1], Content(links=content.links)) if linked else None
