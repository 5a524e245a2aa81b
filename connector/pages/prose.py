"""Headings and paragraphs: which begins an objective, which is a key result or says what comes."""

import re

from connector.pages.anchors import anchors_of
from connector.pages.content import Content, content_of, only_words
from connector.pages.details import details_in_line
from connector.pages.headers import Column, column_of, normalised
from connector.pages.marks import (
    is_sample,
    may_be_objective,
    split_key_result,
    split_objective,
)
from connector.pages.met import PARAGRAPH, Met, beneath
from connector.pages.positions import Element
from connector.pages.raw import RawKeyResult

_OBJECTIVE = frozenset({"objective", "objectives", "our objective", "目标", "o"})
_KEY_RESULTS = frozenset({"key result", "key results", "krs", "kr", "关键结果", "关键成果"})
_OTHERS = frozenset(
    {Column.INITIATIVES, Column.COMMENTS, Column.DEPENDENCY, Column.NEEDED_BY, Column.JIRA}
)
_LABEL = 40
_PERIOD = re.compile(
    r"20\d\d|(?<![A-Za-z])(?:FY\s?\d\d|[QH][1-4](?!\d))|季度|半年|双月", re.IGNORECASE
)
_SIGNED = re.compile(r"[^\w\s]*\s*[(\[【]?\s*O\s?-?\d{1,2}\s+(?=\w)", re.IGNORECASE)
_SIGNED = re.compile(r"[^\w\s]*\s*[(\[【]?\s*O\s?-?\d{1,2}\s+(?=\w)", re.IGNORECASE)
# Whatever names key results holds one of these.
_RESULTS_NAMED = re.compile("k|measure|关键|關鍵", re.IGNORECASE)


def heading(reader: Met, element: Element, level: int) -> None:
    content = content_of(element)
    words = content.sentence
    while reader.headings and reader.headings[-1][0] >= level:
        reader.headings.pop()
    said, is_result = split_key_result(words)
    if is_result and said and reader.current and level > reader.level and not is_sample(said):
        anchors = anchors_of(element, element)
        reader.current.key_results.append(
            RawKeyResult(content, reader.place(element), anchors=anchors)
        )
        reader.collecting = False
        return
    title, marked, numbered = split_objective(words)
    reader.headings.append((level, words))
    reader.awaited = 0
    if marked and title and not is_sample(title):
        reader.sure = numbered
        reader.begin(title, content, element, level)
        reader.marked_only = _may_be_a_formula(reader, words)
    elif _is_named(reader, level) and normalised(content.text) in _KEY_RESULTS:
        reader.collecting = reader.sure = True
    elif not reader.page.objectives and len(words) <= _LABEL and _PERIOD.search(words):
        reader.page.details.append(("intro", content, reader.place(element)))
        reader.collecting = False
    elif normalised(content.text) in _OBJECTIVE or (numbered and not title):
        reader.current, reader.awaited, reader.level = None, level, level
    elif level <= reader.level or not _names_results(content.text):
        reader.collecting = False
        if level <= reader.level:
            reader.current = None
    else:
        reader.collecting = reader.sure = True


def _names_results(text: str) -> bool:
    return bool(_RESULTS_NAMED.search(text)) and column_of(text) is Column.KEY_RESULT


def paragraph(reader: Met, element: Element) -> None:
    """A paragraph, or each of its lines where several of them bear marks."""
    if reader.idle:
        words = only_words(element)
        if words is not None and not may_be_objective(words):
            return
    content = content_of(element, source=reader.source)
    if len(content.lines) < 2:
        _line(reader, element, content, alone=True)
        return
    marks = [n for n, line in enumerate(content.lines) if n and _is_marked(line)]
    starts = [0, *marks]
    for start, end in zip(starts, [*marks, len(content.lines)], strict=True):
        lines = content.lines[start:end]
        first = content if not start else content._replace(people=(), links=(), dates=())
        _line(reader, element, first._replace(lines=lines), alone=not marks)


def _is_marked(line: str) -> bool:
    return split_key_result(line)[1] or split_objective(line)[2]


def _line(reader: Met, element: Element, content: Content, *, alone: bool) -> None:
    """`alone`: the paragraph holds no other objective or key result; its marks are this one's."""
    title, marked, numbered = split_objective(content.text)
    if marked and numbered and title and not is_sample(title):
        reader.sure = False
        reader.begin(title, content, element, PARAGRAPH)
        return
    if reader.awaited and content.text and not is_sample(content.text):
        reader.sure = False
        reader.begin(content.text, content, element, reader.awaited)
        reader.collecting, reader.named = False, True
        return
    if marked and title and not is_sample(title) and _is_free(reader):
        reader.sure = False
        reader.begin(title, content, element, PARAGRAPH)
        _tentatively(reader)
        return
    said, is_result = split_key_result(content.text)
    if is_result and reader.current and said and not is_sample(said):
        anchors = anchors_of(element, element) if alone else ()
        reader.current.key_results.append(
            RawKeyResult(content, reader.place(element), anchors=anchors)
        )
    elif reader.current and (beneath(reader.current, content) or _announces(reader, content)):
        return
    elif not reader.has_results:
        reader.page.details.extend(details_in_line(content, reader.place(element)))


def _is_free(reader: Met) -> bool:
    """No objective that its author numbered or made a heading is being read."""
    return reader.current is None or reader.current.tentative


def _tentatively(reader: Met) -> None:
    reader.collecting = False
    if reader.current is not None:
        reader.current.tentative = True


def _announces(reader: Met, content: Content) -> bool:
    """`Key results:` or `Actions` over a list says what its items are."""
    said = content.text
    column = column_of(said) if len(said) <= _LABEL else None
    if column is Column.KEY_RESULT:
        reader.collecting = reader.sure = True
    elif column in _OTHERS or (
        said.endswith(":") and reader.current and reader.current.key_results
    ):
        reader.collecting = False
    else:
        return False
    return True


def _is_named(reader: Met, level: int) -> bool:
    """The objective stands under a heading `Objective`, or behind that word in a paragraph."""
    if reader.current is not None and reader.current.tentative:
        return True
    return reader.named and level == reader.level


def _may_be_a_formula(reader: Met, words: str) -> bool:
    """`O2 sensor`: no sign after the number, and no `O1` before it."""
    return bool(_SIGNED.match(words)) and len(reader.page.objectives) == 1 and "1" not in words[:6]
