"""The board as a document: one table for each level, said in words alone."""

from collections.abc import Iterator

from connector.core.words import Words
from macros.board.view import BoardGroup, BoardLine, BoardTeam, BoardView, Showing
from macros.document import (
    Banner,
    Block,
    Cell,
    Document,
    Inline,
    Lozenge,
    Reference,
    Table,
    Text,
    paragraph,
)

_COLUMNS = 4


def board_document(view: BoardView, words: Words) -> Document:
    """Everything that the frame shows."""
    return tuple(_Writer(words).blocks(view))


class _Writer:
    def __init__(self, words: Words) -> None:
        self._words = words

    def blocks(self, view: BoardView) -> Iterator[Block]:
        for one in view.notices:
            moment = f" {one.moment.absolute}" if one.moment else ""
            yield Banner(one.tone, (paragraph(f"{one.text}{moment}"),))
        if view.showing is not Showing.OBJECTIVES:
            said = (Text(view.heading, strong=True),)
            rest = (*view.advice, *((view.hidden,) if view.hidden else ()))
            yield Banner("info", (paragraph(*said), *map(paragraph, rest)))
            return
        yield paragraph(Text(view.total, strong=True), f" {view.hidden}" if view.hidden else "")
        yield from map(self._table, view.groups)
        yield paragraph(self._words.say("macro.objective.document.as_of", moment=view.as_of))

    def _table(self, group: BoardGroup) -> Table:
        names = ("board.objective", "objective.document.health", "objective.document.progress")
        heads = (*names, "objective.owner")
        title = paragraph(Text(group.heading, strong=True), f" {group.count}")
        rows = [
            (Cell((title,), head=True, span=_COLUMNS),),
            tuple(Cell((paragraph(self._words.say(f"macro.{one}")),), head=True) for one in heads),
        ]
        for team in group.teams:
            rows.append((self._team(team),))
            rows.extend(map(self._line, team.lines))
        return Table(f"board-{group.level}", tuple(rows))

    def _team(self, team: BoardTeam) -> Cell:
        cycle = (f" {team.cycle}",) if team.cycle else ()
        page = Reference(team.page.text, team.page.url)
        return Cell((paragraph(page, *cycle),), head=True, span=_COLUMNS)

    def _line(self, line: BoardLine) -> tuple[Cell, ...]:
        state: tuple[Inline, ...] = (Text(" "), Lozenge(line.state)) if line.state else ()
        status: tuple[Inline, ...] = (Lozenge(line.status.word, line.status.tone), *state)
        comma = self._words.say("macro.objective.list_comma")
        return (
            Cell(
                (
                    paragraph(Reference(line.title.text, line.title.url)),
                    paragraph(comma.join(line.asides)),
                )
            ),
            Cell((paragraph(*status),)),
            Cell((paragraph(line.bar.percent),)),
            Cell((paragraph(comma.join(line.owners)),)),
        )
