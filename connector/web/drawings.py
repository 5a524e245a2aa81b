"""Each macro with its parameters, as far as the one who asks may see it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypedDict

from flask import request

from connector.core.board import Selection
from connector.core.errors import BadInput, NotFound
from connector.core.okr import Level, PageId
from connector.core.words import Words
from connector.usecases.render_board import (
    Board,
    BoardParams,
    board_tag,
    gather_board,
    show_board,
)
from connector.usecases.render_macro import (
    IssueSight,
    MacroParams,
    macro_tag,
    show_objectives,
)
from connector.usecases.sites import Site
from connector.usecases.tell_alignment import PageSight, ReaderAlignment, gather_alignment
from connector.web.assets import drawing_release
from connector.web.auth import current_site
from connector.web.language import words_for
from connector.web.services import services
from connector.web.sight import (
    issue_sight,
    may_hear_of_hidden,
    may_list_issues,
    mentioned_pages,
    require_readable,
    visible_pages,
)
from macros.board.view import BoardView
from macros.document import Document
from macros.objective.view import ObjectivesView
from macros.registry import BOARD, OBJECTIVE, RenderPage
from schemas import validate

_OBJECTIVE_NAMES = ("page", "objective", "locale", "theme")
_BOARD_NAMES = ("page", "cycle", "level", "space", "locale", "theme")


class Around(TypedDict):
    """What every renderer is told beside the view; `macros.framing` says what it means."""

    words: Words
    theme: str
    assets: str
    resize_origin: str
    tag: str
    host_script: str


@dataclass(frozen=True, slots=True)
class Framing:
    """
    What a frame needs beside its content; the names are those of `macros.registry`. `tag` was
    taken before anything is drawn, so that no document claims to be newer than it is.
    """

    assets: str
    resize_origin: str
    host_script: str
    tag: str

    def around(self, words: Words, theme: str) -> Around:
        """The same as the renderers' keywords."""
        return Around(
            words=words,
            theme=theme,
            assets=self.assets,
            resize_origin=self.resize_origin,
            tag=self.tag,
            host_script=self.host_script,
        )


class Drawing(Protocol):
    """`tag` changes with anything that would be drawn; nothing is drawn before it is asked for."""

    @property
    def tag(self) -> str: ...

    @property
    def locale(self) -> str: ...

    def html(self, framing: Framing) -> str: ...


class MacroDrawing(Drawing, Protocol):
    """A drawing that also stands in exports."""

    def document(self) -> Document: ...


def drawing_of(key: str, given: Mapping[str, str]) -> MacroDrawing:
    """
    Raises NotFound for a macro that there is not and for a page that the caller may not read,
    BadInput for parameters that no page and no author can mean.
    """
    make = _DRAWINGS.get(key)
    if make is None:
        raise NotFound(f"no macro {key}")
    return make(given)


@dataclass(frozen=True, slots=True)
class ObjectiveDrawing:
    """
    The objectives of one page that the caller may read. What they are told of its alignment is
    found out once: a document that was drawn stands for its tag, also before others.
    """

    params: MacroParams
    site: Site
    lists_issues: bool
    issue_sight: IssueSight | None
    alignment: ReaderAlignment
    render: RenderPage[ObjectivesView] = OBJECTIVE.render

    @property
    def locale(self) -> str:
        return self.params.locale

    @property
    def tag(self) -> str:
        here = services()
        return macro_tag(
            self.params,
            site=self.site.name,
            store=here.store,
            clock=here.clock,
            policy=self.site.ports.policy,
            release=drawing_release(),
            jira_url=self.site.jira_url,
            lists_issues=self.lists_issues,
            sight=self.issue_sight if self.lists_issues else None,
            alignment=self.alignment,
        )

    def html(self, framing: Framing) -> str:
        words = self._words()
        view = self._view(words, self.alignment)
        return self.render(view, **framing.around(words, self.params.theme))

    def document(self) -> Document:
        """It leaves the reader's hands, so it names nothing that stands on other pages."""
        words, alignment = self._words(), reader_alignment(self.site, self.params.page, None)
        return OBJECTIVE.document(self._view(words, alignment), words)

    def _words(self) -> Words:
        return services().words(self.locale)

    def _view(self, words: Words, alignment: ReaderAlignment) -> ObjectivesView:
        here = services()
        return show_objectives(
            self.params,
            site=self.site.name,
            store=here.store,
            clock=here.clock,
            policy=self.site.ports.policy,
            words=words,
            jira_url=self.site.jira_url,
            lists_issues=self.lists_issues,
            sight=self.issue_sight if self.lists_issues else None,
            alignment=alignment,
        )


@dataclass(frozen=True, slots=True)
class BoardDrawing:
    """The objectives of all pages that the caller may read."""

    params: BoardParams
    site: Site
    board: Board

    @property
    def locale(self) -> str:
        return self.params.locale

    @property
    def tag(self) -> str:
        return board_tag(
            self.board,
            self.params,
            site=self.site.name,
            clock=services().clock,
            policy=self.site.ports.policy,
            release=drawing_release(),
        )

    def html(self, framing: Framing) -> str:
        words = self._words()
        return BOARD.render(self._view(words), **framing.around(words, self.params.theme))

    def document(self) -> Document:
        words = self._words()
        return BOARD.document(self._view(words), words)

    def _words(self) -> Words:
        return services().words(self.locale)

    def _view(self, words: Words) -> BoardView:
        policy, clock = self.site.ports.policy, services().clock
        return show_board(self.board, self.params, clock=clock, policy=policy, words=words)


def _objective(asked: Mapping[str, str]) -> ObjectiveDrawing:
    given = checked("macro-params", asked, _OBJECTIVE_NAMES)
    params = MacroParams(
        page=PageId(given["page"]),
        objective=given.get("objective"),
        locale=locale_of(given),
        theme=given.get("theme", "auto"),
    )
    require_readable(params.page)
    site = current_site()
    alignment = reader_alignment(site, params.page, mentioned_pages)
    return ObjectiveDrawing(params, site, may_list_issues(), issue_sight(), alignment)


def reader_alignment(site: Site, page: PageId, sight: PageSight | None) -> ReaderAlignment:
    return gather_alignment(site.name, page, store=services().store, sight=sight)


def _board(asked: Mapping[str, str]) -> BoardDrawing:
    given = checked("board-params", asked, _BOARD_NAMES)
    level = given.get("level")
    params = BoardParams(
        page=PageId(given.get("page", "")),
        selection=Selection(
            given.get("cycle", ""), Level(level) if level else None, given.get("space", "")
        ),
        locale=locale_of(given),
        theme=given.get("theme", "auto"),
    )
    here, site = services(), current_site()
    board = gather_board(
        params,
        site=site.name,
        shelf=here.shelf,
        store=here.store,
        clock=here.clock,
        policy=site.ports.policy,
        sight=visible_pages,
        tells_hidden=may_hear_of_hidden(),
    )
    return BoardDrawing(params, site, board)


def checked(schema: str, asked: Mapping[str, str], names: tuple[str, ...]) -> dict[str, str]:
    """Hosts send a parameter that its author left out as an empty one. Raises BadInput."""
    given = {name: value for name in names if (value := asked.get(name, "").strip())}
    if wrong := validate(schema, given):
        raise BadInput("; ".join(f"{one.where}: {one.message}".lstrip(": ") for one in wrong))
    return given


def locale_of(given: Mapping[str, str]) -> str:
    return words_for(request, services(), named=given.get("locale", "")).locale


_DRAWINGS: Mapping[str, Callable[[Mapping[str, str]], MacroDrawing]] = {
    OBJECTIVE.key: _objective,
    BOARD.key: _board,
}
