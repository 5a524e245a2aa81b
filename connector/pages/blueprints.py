"""The page templates as Confluence's create dialog takes them: a page with gaps, and their filling.

Confluence fetches the template, posts who is creating a page where, and fills the gaps with what
is answered. https://developer.atlassian.com/cloud/confluence/modules/blueprint-template-context/
"""

import re
from collections.abc import Mapping
from typing import TypedDict

from connector.core.cycle import Cycle
from connector.core.okr import Level
from connector.core.words import Words
from connector.pages.templates import page_storage, page_title, period_name

# By the last part of a blueprint's key: the level of its page and the language of its words.
KINDS: Mapping[str, tuple[Level, str]] = {
    f"{level}-{tag}": (level, locale)
    for level in Level
    for tag, locale in (("en", "en"), ("zh", "zh-CN"))
}
_CYCLE = "okrcycle"
_DRAWING = '<ac:structured-macro ac:name="okr-objective" ac:schema-version="1" />\n'
# A title with these is refused by older releases; one longer than this by all.
_UNFIT = re.compile(r"[:@/\\|^#;\[\]{}<>\s]+")
_LONGEST = 255


class ContextValue(TypedDict):
    """One gap and what goes into it; `ContentPageTitle` and `labelsString` have a meaning."""

    identifier: str
    value: str
    representation: str


def blueprint_template(level: Level, words: Words) -> str:
    """The page under the drawing of its own OKRs, in storage format with one gap: the cycle."""
    return _DRAWING + page_storage(level, words, f'<at:var at:name="{_CYCLE}" />')


def blueprint_context(
    level: Level, cycle: Cycle, words: Words, *, label: str, unit: str = ""
) -> list[ContextValue]:
    """
    What fills the gaps, the title and the label by which we know the page.

    `unit` is the name of the team (or of the person) where it is known; two pages of one space
    cannot have the same title, and the author still sees it before the page is made.
    """
    period = period_name(cycle, words)
    title, name = page_title(level, period, words), _UNFIT.sub(" ", unit).strip()
    if name:
        name = name[: _LONGEST - len(title) - len(" · ")]
        title = words.say("template.title_of", unit=name, title=title)
    return [
        _plain("ContentPageTitle", title),
        _plain("labelsString", label),
        _plain(_CYCLE, period),
    ]


def _plain(identifier: str, value: str) -> ContextValue:
    return {"identifier": identifier, "value": value, "representation": "plain"}
