"""The objective macro as a document: one table for each objective, said in words alone."""

from collections.abc import Iterable, Iterator

from connector.core.words import Words
from macros.document import (
    Banner,
    Block,
    Bullets,
    Cell,
    Code,
    Document,
    Fold,
    Inline,
    Lozenge,
    Paragraph,
    Reference,
    Table,
    Text,
    paragraph,
)
from macros.objective.view import (
    Fact,
    KeyResultRow,
    Notice,
    ObjectiveCard,
    ObjectivesView,
    Remark,
    Showing,
    Status,
)

_COLUMNS = 5
_ISSUE_COLUMNS = 4


def objective_document(view: ObjectivesView, words: Words) -> Document:
    """
    Everything that the frame shows, but for the list of remarks beside objectives: their number
    is said, and they are read where they can be mended.
    """
    return tuple(_Writer(words).blocks(view))


class _Writer:
    def __init__(self, words: Words) -> None:
        self._words = words

    def say(self, key: str, **facts: str) -> str:
        return self._words.say(f"macro.objective.{key}", **facts)

    def blocks(self, view: ObjectivesView) -> Iterator[Block]:
        yield from (Banner(one.tone, (self._notice(one),)) for one in view.notices)
        if view.showing is not Showing.OBJECTIVES:
            said = (paragraph(Text(view.heading, strong=True)), *map(paragraph, view.advice))
            yield Banner("info", said)
        for card in view.cards:
            yield self._card(card)
            yield from (self._issues(row) for row in card.key_results if row.why.issues)
        if view.findings:
            yield paragraph(view.findings.summary)
        if view.findings and not view.cards:
            yield Table("findings", tuple((_remark(one),) for one in view.remarks))
        if view.cards:
            yield paragraph(self.say("document.as_of", moment=view.as_of))

    def _notice(self, one: Notice) -> Paragraph:
        """Ages would stop: what stays as it was drawn names the moment."""
        return paragraph(f"{one.text} {one.moment.absolute}" if one.moment else one.text)

    def _card(self, card: ObjectiveCard) -> Table:
        heads = ("key_results", "document.health", "document.progress", "owner", "why.summary")
        head = tuple(Cell((paragraph(self.say(key)),), head=True) for key in heads)
        return Table(card.key, ((self._head(card),), head, *map(self._row, card.key_results)))

    def _head(self, card: ObjectiveCard) -> Cell:
        state: tuple[Inline, ...] = (Text(" "), Lozenge(card.state)) if card.state else ()
        owners = self._fact(self.say("owner"), self._listed(card.owners)) if card.owners else ""
        meta = " · ".join(one for one in (owners, card.cycle, card.weight) if one)
        progress = self.say("document.aside", percent=card.bar.percent, pace=card.pace)
        lines = (
            paragraph(Text(card.title, strong=True), Text(" "), *_status(card.status), *state),
            paragraph(progress),
            *(paragraph(one) for one in (meta, card.left_out) if one),
        )
        return Cell(lines, head=True, span=_COLUMNS)

    def _row(self, row: KeyResultRow) -> tuple[Cell, ...]:
        asides = (row.metric, row.confidence)
        what = (
            paragraph(Text(row.title, strong=True)),
            *(paragraph(one) for one in asides if one),
            *map(self._notice, row.notices),
        )
        return (
            Cell(what),
            Cell((paragraph(*_status(row.status)),)),
            Cell(tuple(paragraph(one) for one in self._progress(row))),
            Cell((paragraph(self._listed(row.owners)),)),
            Cell((Bullets(tuple(map(self._explained, row.why.facts))),)),
        )

    def _progress(self, row: KeyResultRow) -> Iterator[str]:
        """`50% (3/6)` where work was counted; beside any other number the work stands alone."""
        percent = row.bar.percent
        if not row.counted:
            yield percent
        else:
            yield self.say("document.counted", percent=percent, counted=row.counted)
        yield row.basis
        if row.chip:
            yield row.chip.label

    def _explained(self, fact: Fact) -> Paragraph:
        moment = fact.moment.absolute if fact.moment else ""
        parts: list[Inline] = [Text(self._fact(fact.label, fact.text or moment))]
        work: list[Inline] = [*map(Code, fact.code)]
        work += [Reference(link.text, link.url) for link in fact.links]
        for number, one in enumerate(work):
            parts += [Text(" "), one] if number else [one]
        return Paragraph(tuple(parts))

    def _issues(self, row: KeyResultRow) -> Fold:
        """The list behind a number, as far as the view has it."""
        names = ("issue.key", "issue.summary", "issue.status", "issue.counted")
        title = Cell((paragraph(Text(row.title, strong=True)),), head=True, span=_ISSUE_COLUMNS)
        head = tuple(Cell((paragraph(self.say(name)),), head=True) for name in names)
        lines = tuple(
            (
                Cell((paragraph(Reference(one.issue.text, one.issue.url)),)),
                *(Cell((paragraph(text),)) for text in (one.summary, one.status, one.counted)),
            )
            for one in row.why.issues
        )
        rest = ((Cell((paragraph(row.why.more),), span=_ISSUE_COLUMNS),),) if row.why.more else ()
        return Fold(row.why.caption, (Table(f"{row.key}-work", ((title,), head, *lines, *rest)),))

    def _fact(self, label: str, text: str) -> str:
        return self.say("document.fact", label=label, text=text)

    def _listed(self, texts: Iterable[str]) -> str:
        return self.say("list_comma").join(texts)


def _status(one: Status) -> tuple[Inline, ...]:
    lozenge = Lozenge(one.word, one.tone)
    return (lozenge, Text(f" {one.manual}")) if one.manual else (lozenge,)


def _remark(one: Remark) -> Cell:
    return Cell(
        (
            paragraph(Text(one.severity_word, strong=True), f" {one.rule}"),
            *(paragraph(text) for text in (one.about, one.place, one.message, one.hint) if text),
        )
    )
