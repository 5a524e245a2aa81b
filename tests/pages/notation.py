"""A short hand for pages, and for what a person reads there.

A page is storage format; lines that begin with `|` are rows of a table, those with `||` its header.
A cell may begin with `{r2}` or `{c3}`: it spans two rows, three columns. `editor` says whose
markup it becomes: that of the new editor, of the old one, of Data Center, or bold cells.

What is read there is told in lines: `P` the page, `O` an objective, `K` a key result, each with
whatever is not empty.
"""

import re
from collections.abc import Iterator
from fractions import Fraction

from connector.core.okr import EpicLink, JiraLink, KeyResult, Metric, Objective, Person
from connector.pages import OkrReading

_SPAN = re.compile(r"^\{([rc])(\d)\}")
_ROWS = re.compile(r"(?:^\|.*\n?)+", re.MULTILINE)
_TABLE = {
    "new": '<table data-table-width="1800" data-layout="default" ac:local-id="t{n}">',
    "old": '<table class="wrapped">',
    "dc": '<table class="confluenceTable">',
    "bold": "<table>",
}


def page(shorthand: str, editor: str) -> str:
    """Storage format of a page written in shorthand."""
    return _ROWS.sub(lambda match: _table(match[0], editor, match.start()), shorthand)


def _table(rows: str, editor: str, number: int) -> str:
    lines = [_row(line, editor, at) for at, line in enumerate(rows.strip().split("\n"))]
    columns = "<colgroup><col /><col /></colgroup>" if editor in {"new", "old"} else ""
    start = _TABLE[editor].format(n=number)
    return f"{start}{columns}<tbody>{''.join(lines)}</tbody></table>\n"


def _row(line: str, editor: str, number: int) -> str:
    header = line.startswith("||")
    cells = line.strip().strip("|").split("||" if header else "|")
    local = f' local-id="r{number}"' if editor == "new" else ""
    return f"<tr{local}>{''.join(_cell(one.strip(), editor, header) for one in cells)}</tr>"


def _cell(text: str, editor: str, header: bool) -> str:
    spans = ""
    while match := _SPAN.match(text):
        spans += f' {"row" if match[1] == "r" else "col"}span="{match[2]}"'
        text = text[match.end() :].strip()
    name = "th" if header and editor != "bold" else "td"
    if header and editor in {"new", "bold"}:
        text = f"<strong>{text}</strong>"
    if editor == "dc":
        spans += f' class="confluenceT{name[1]}"'
    block = editor == "new" and not text.startswith(("<p", "<ul", "<ol", "<ac:task", "<table"))
    inner = f'<p local-id="c">{text}</p>' if block else text
    return f"<{name}{spans}>{inner}</{name}>"


def told(reading: OkrReading) -> list[str]:
    """What was read, line by line; nothing for a page without OKRs."""
    if reading.okrs is None:
        return []
    okrs = reading.okrs
    head = _line("P", "", cycle=okrs.cycle or "", level=okrs.level or "", owners=_who(okrs.owners))
    lines = [head] if head != "P" else []
    for objective in okrs.objectives:
        lines.append(_objective(objective))
        lines.extend(map(_key_result, objective.key_results))
    return lines


def said(expected: str) -> list[str]:
    """The lines of an expectation, without the white space that makes them readable."""
    lines = (" ".join(line.split()) for line in expected.strip().splitlines())
    return [line for line in lines if line]


def _objective(one: Objective) -> str:
    return _line(
        "O",
        one.title,
        owners=_who(one.owners),
        type=one.type or "",
        state=one.state if one.state != "active" else "",
        weight=_number(one.weight),
        origin=one.origin,
        due=str(one.due or ""),
        parents=", ".join(ref.text for ref in one.parents),
        needs=", ".join(
            f"{ref.text}{'' if ref.confirmed is None else f' {ref.confirmed}'}"
            for ref in one.dependencies
        ),
        contribution=one.contribution,
    )


def _key_result(one: KeyResult) -> str:
    return _line(
        "K",
        one.title,
        metric=_metric(one.metric) if one.metric else "",
        owners=_who(one.owners),
        partners=_who(one.partners),
        status=one.reported_health or "",
        progress=_number(one.reported_progress),
        conf=_number(one.confidence),
        score=_number(one.score),
        weight=_number(one.weight),
        due=str(one.due or ""),
        links=", ".join(map(_link, one.links)),
    )


def _line(sign: str, title: str, **facts: str) -> str:
    parts = (f"{name}={value}" for name, value in facts.items() if value)
    return " | ".join(filter(None, (f"{sign} {title}".strip(), *parts)))


def _metric(one: Metric) -> str:
    if one.milestones:
        return "steps " + ", ".join(
            f"{step.name} {_number(step.weight)}{'!' if step.reached else ''}"
            for step in one.milestones
        )
    start, end = _number(one.baseline), _number(one.target)
    now = f"now {_number(one.current)}" if one.current is not None else ""
    return " ".join(_words(one.kind, f"{start}->{end}", now, one.unit))


def _words(*parts: str) -> Iterator[str]:
    return (part for part in parts if part)


def _who(people: tuple[Person, ...]) -> str:
    return ", ".join(one.name or f"@{one.account_id}" for one in people)


def _link(one: JiraLink) -> str:
    return one.key if isinstance(one, EpicLink) else one.jql


def _number(value: Fraction | None) -> str:
    return "" if value is None else f"{float(value):.12g}"
