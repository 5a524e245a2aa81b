"""OKR pages to begin with, per level and language: what they hold, `pages.reader` reads perfectly.

The hints are instructional text (`ac:placeholder`): the editor shows them until somebody types
there, and no reader takes them for content. Headings, page properties and tables are all that
Cloud and Data Center have in common.
https://confluence.atlassian.com/doc/confluence-storage-format-790796544.html
"""

from dataclasses import dataclass
from html import escape

from connector.core.cycle import Cycle
from connector.core.okr import Level
from connector.core.words import Words

ROWS = 3
_OBJECTIVES = {Level.INDIVIDUAL: 2}
_MOST_OBJECTIVES = 3
COLUMNS = ("key_result", "owner", "baseline", "target", "current", "confidence", "due", "jira")
_BLANK = ""


@dataclass(frozen=True, slots=True)
class PageTemplate:
    """`storage` is for programs and source editors; `pasted`, plain HTML without any hint, is
    for a person who pastes it into the editor; `hints` are what it leaves out."""

    title: str
    storage: str
    pasted: str
    hints: tuple[str, ...]


def page_template(level: Level, cycle: Cycle, words: Words) -> PageTemplate:
    """The page of one unit for one cycle, in the language of the words."""
    period = period_name(cycle, words)
    writer = _Writer(level, words, escape(period))
    return PageTemplate(
        title=page_title(level, period, words),
        storage=writer.storage(),
        pasted=writer.pasted(),
        hints=writer.hints(),
    )


def page_title(level: Level, period: str, words: Words) -> str:
    return words.say(f"template.title.{level}", cycle=period)


def page_storage(level: Level, words: Words, cycle: str) -> str:
    """The page's body; `cycle` is markup."""
    return _Writer(level, words, cycle).storage()


def period_name(cycle: Cycle, words: Words) -> str:
    """The code, which people in both countries write; a pair of months by its months."""
    if "-B" not in cycle.code:
        return cycle.code
    first, last = cycle.start, cycle.end
    return words.say(
        "template.two_months",
        year=str(last.year),
        first=f"{first.month:02}",
        last=f"{last.month:02}",
    )


@dataclass(frozen=True, slots=True)
class _Writer:
    """`cycle` is what stands in its cell, as markup."""

    level: Level
    words: Words
    cycle: str

    def say(self, key: str, **facts: str) -> str:
        return self.words.say(f"template.{key}", **facts)

    def storage(self) -> str:
        intro = f"<p>{self._hint('intro')}</p>"
        details = (
            '<ac:structured-macro ac:name="details" ac:schema-version="1"><ac:rich-text-body>'
            f"{self._details(hints=True)}</ac:rich-text-body></ac:structured-macro>"
        )
        return "\n".join((intro, details, *self._objectives(hints=True))) + "\n"

    def pasted(self) -> str:
        return "\n".join((self._details(hints=False), *self._objectives(hints=False))) + "\n"

    def hints(self) -> tuple[str, ...]:
        """Each once, in the order of the page."""
        keys = (
            "intro",
            *(key for _, key in self._properties() if key),
            self._objective_hint,
            *self._result_hints(),
            *COLUMNS[1:],
        )
        return tuple(dict.fromkeys(self.say(f"hint.{key}") for key in keys))

    def _details(self, *, hints: bool) -> str:
        known = {"cycle": self.cycle, "level": escape(self.say(f"level.{self.level}"))}
        rows = []
        for name, hint in self._properties():
            value = known[name] if name in known else self._slot(hint, hints=hints)
            rows.append(f"<tr>{_head(self.say(f'row.{name}'))}<td><p>{value}</p></td></tr>")
        return _table(rows)

    def _properties(self) -> tuple[tuple[str, str], ...]:
        """Each row and the hint in it, where the template does not know the value."""
        rows = [("cycle", ""), ("level", ""), ("owner", "page_owner"), ("type", "type")]
        if self.level is not Level.COMPANY:
            rows.append(("aligned", "aligned"))
        return tuple(rows)

    def _objectives(self, *, hints: bool) -> list[str]:
        parts = []
        for number in range(1, _OBJECTIVES.get(self.level, _MOST_OBJECTIVES) + 1):
            said = escape(self.say(f"objective.{number}"))
            slot = self._slot(self._objective_hint, hints=hints)
            parts += [f"<h2>{said}{slot}</h2>", self._results(hints=hints)]
        return parts

    @property
    def _objective_hint(self) -> str:
        return f"objective.{self.level}"

    @staticmethod
    def _result_hints() -> tuple[str, ...]:
        return tuple(f"key_result.{number}" for number in range(1, ROWS + 1))

    def _results(self, *, hints: bool) -> str:
        head = "".join(_head(self.say(f"column.{name}")) for name in COLUMNS)
        rows = [f"<tr>{head}</tr>"]
        for result in self._result_hints():
            slots = (self._slot(name, hints=hints) for name in (result, *COLUMNS[1:]))
            rows.append("<tr>" + "".join(f"<td><p>{slot}</p></td>" for slot in slots) + "</tr>")
        return _table(rows)

    def _slot(self, hint: str, *, hints: bool) -> str:
        return self._hint(hint) if hints else _BLANK

    def _hint(self, key: str) -> str:
        return f"<ac:placeholder>{escape(self.say(f'hint.{key}'))}</ac:placeholder>"


def _head(text: str) -> str:
    return f"<th><p>{escape(text)}</p></th>"


def _table(rows: list[str]) -> str:
    return "<table><tbody>\n" + "\n".join(rows) + "\n</tbody></table>"
