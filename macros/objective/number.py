"""One number of a page in the run of a sentence: `45% (3/6)` and how it stands."""

from connector.core.words import Words
from macros.document import Inline, Lozenge, Text
from macros.objective.lens import NO_NUMBER
from macros.objective.view import Bar, ObjectivesView, Status


def number_inline(view: ObjectivesView, key: str, words: Words) -> tuple[Inline, ...]:
    """The objective or key result with that key; a dash where there is none, whatever the reason,
    so that nobody learns which pages exist."""
    for card in view.cards:
        if card.key == key:
            return _said(card.bar, card.status, "", words)
        for row in card.key_results:
            if row.key == key:
                return _said(row.bar, row.status, row.counted, words)
    return (Text(NO_NUMBER),)


def _said(bar: Bar, status: Status, counted: str, words: Words) -> tuple[Inline, ...]:
    def say(key: str, **facts: str) -> str:
        return words.say(f"macro.objective.{key}", **facts)

    percent = bar.percent
    if counted:
        percent = say("document.counted", percent=percent, counted=counted)
    return (Text(f"{percent} "), Lozenge(status.word, status.tone))
