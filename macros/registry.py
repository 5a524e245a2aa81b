"""Every macro by the key of its route: what the service may draw, and the files it needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from connector.core.words import Words
from macros.document import Document
from macros.objective.document import objective_document
from macros.objective.page import render_page
from macros.objective.view import ObjectivesView

STATIC = Path(__file__).parent / "static"


class RenderPage(Protocol):
    def __call__(
        self,
        view: ObjectivesView,
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


class RenderDocument(Protocol):
    def __call__(self, view: ObjectivesView, words: Words) -> Document:
        """What an export shows: `macros.storage` and `macros.adf` write it."""
        ...


@dataclass(frozen=True, slots=True)
class Macro:
    """`key` is ours, `host_key` the name under which authors find the macro in Confluence."""

    key: str
    host_key: str
    render: RenderPage
    document: RenderDocument


MACROS: Mapping[str, Macro] = {
    "objective": Macro("objective", "okr-objective", render_page, objective_document)
}
