"""What is known of a page while its blocks are met one after the other."""

from dataclasses import dataclass, field

from connector.core.findings import Place
from connector.pages.asides import labelled
from connector.pages.content import Content
from connector.pages.grid import MAX_CELLS
from connector.pages.heads import OF_OBJECTIVE, SHARED
from connector.pages.marks import split_objective
from connector.pages.positions import Element
from connector.pages.raw import RawObjective, RawPage
from connector.pages.source import Source

PARAGRAPH = 7  # a bold line is a heading below all headings
_OF_AN_AIM = frozenset({*OF_OBJECTIVE, *SHARED})


@dataclass(slots=True)
class Met:
    """The objective that is being read, and what belongs to it next."""

    source: Source
    page: RawPage = field(default_factory=RawPage)
    headings: list[tuple[int, str]] = field(default_factory=list)
    current: RawObjective | None = None
    level: int = 0
    collecting: bool = False
    sure: bool = False  # every item of a list is a key result, not only marked or measured ones
    named: bool = False  # a heading `Objective` stands over the title, not the title itself
    marked_only: bool = False  # only marked items are key results
    awaited: int = 0  # the level of a heading `O1` whose title is in the next paragraph
    cells_left: int = MAX_CELLS

    @property
    def heading(self) -> str:
        return self.headings[-1][1] if self.headings else ""

    @property
    def has_results(self) -> bool:
        return any(one.key_results for one in self.page.objectives)

    @property
    def idle(self) -> bool:
        """Nothing but another objective is of interest in a paragraph."""
        return self.current is None and not self.awaited and self.has_results

    def place(self, element: Element) -> Place:
        start, end = self.source.span(element)
        return Place(self.heading, start=start, end=end)

    def begin(self, title: str, content: Content, element: Element, level: int) -> None:
        marked = split_objective(content.text)[1]
        self.current = RawObjective(title, self.place(element), content, marked=marked)
        self.page.objectives.append(self.current)
        self.level, self.collecting, self.awaited = level, True, 0
        self.named = self.marked_only = False


def beneath(objective: RawObjective, content: Content) -> bool:
    """`Owner: Ana` under a key result, or under the title of an objective, is said of it."""
    cells = labelled(content)
    if not cells:
        return False
    if objective.key_results:
        last = objective.key_results[-1]
        if last.place.row is not None:
            return False
        objective.key_results[-1] = last._replace(cells=(*last.cells, *cells))
    elif all(cell.column in _OF_AN_AIM for cell in cells):
        objective.cells = (*objective.cells, *cells)
    else:
        return False
    return True
