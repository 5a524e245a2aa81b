"""Every macro by the key of its route: what the service may draw, and the files it needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from connector.core.words import Words
from macros.board.document import board_document
from macros.board.page import render_board
from macros.board.view import BoardView
from macros.document import Document
from macros.objective.document import objective_document
from macros.objective.page import render_page
from macros.objective.view import ObjectivesView

STATIC = Path(__file__).parent / "static"

View = TypeVar("View")
View_contra = TypeVar("View_contra", contravariant=True)


class RenderPage(Protocol[View_contra]):
    def __call__(
        self,
        view: View_contra,
        *,
        words: Words,
        theme: str,
        assets: str,
        resize_origin: str,
        tag: str = "",
        frame: str = "",
        host_script: str = "",
    ) -> str:
        """The whole HTML document for one frame."""
        ...


class RenderDocument(Protocol[View_contra]):
    def __call__(self, view: View_contra, words: Words) -> Document:
        """What an export shows: `macros.storage` and `macros.adf` write it."""
        ...


@dataclass(frozen=True, slots=True)
class Macro(Generic[View]):
    """`key` is ours, `host_key` the name under which authors find the macro in Confluence."""

    key: str
    host_key: str
    render: RenderPage[View]
    document: RenderDocument[View]


OBJECTIVE: Macro[ObjectivesView] = Macro(
    "objective", "okr-objective", render_page, objective_document
)
BOARD: Macro[BoardView] = Macro("board", "okr-board", render_board, board_document)
# Any only here: whoever draws one of them by its key has made the view that it takes.
MACROS: Mapping[str, Macro[Any]] = {one.key: one for one in (OBJECTIVE, BOARD)}
