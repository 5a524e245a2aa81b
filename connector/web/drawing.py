"""A macro of a page for whoever asks, whichever door they came through."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import request

from connector.core.errors import BadInput, NotFound
from connector.core.json import JsonObject
from connector.core.okr import PageId
from connector.usecases.render_macro import MacroParams, macro_tag, show_objectives
from connector.usecases.sites import Site, origin_of
from connector.web.assets import assets_prefix, drawing_release
from connector.web.auth import Proof, current_site, principal
from connector.web.language import words_for
from connector.web.services import services
from macros.adf import adf
from macros.document import Document
from macros.objective.view import ObjectivesView
from macros.registry import MACROS, Macro
from macros.storage import storage
from schemas import validate

_NAMES = ("page", "objective", "locale", "theme")


@dataclass(frozen=True, slots=True)
class Drawn:
    """`html` is a whole document, empty for a caller who shows this very state already."""

    html: str
    tag: str
    locale: str


def draw_macro(key: str, given: Mapping[str, str], *, known: str = "", frame: str = "") -> Drawn:
    """
    `known` is the tag of what the caller shows; `frame` what its page will ask again with.

    Raises BadInput for parameters that no page and no author can mean, NotFound for a page that
    the caller may not read.
    """
    found, params, site = _macro(key), _params(given), current_site()
    require_readable(params.page)
    tag = _tag(params, site)
    unchanged = known == tag
    services().metrics.macro_answered(key, "unchanged" if unchanged else "rendered")
    html = "" if unchanged else _html(found, params, site, tag, frame)
    return Drawn(html, tag, params.locale)


def export_adf(key: str, given: Mapping[str, str]) -> JsonObject:
    """What stands for the macro in an export of Forge. Raises as `draw_macro`."""
    return adf(_document(key, given))


def export_storage(key: str, given: Mapping[str, str]) -> str:
    """The same in storage format, for the exports of Connect. Raises as `draw_macro`."""
    return storage(_document(key, given))


def require_readable(page: PageId) -> None:
    """Raises NotFound, as for a page that is not there, if the caller may not read it."""
    who = principal()
    if who.viewer is None:
        readable = who.may_read(page)
    else:
        readable = page in services().visibility.visible(current_site(), who.viewer, [page])
    if not readable:
        raise NotFound("no such page for this caller")


def _document(key: str, given: Mapping[str, str]) -> Document:
    found, params, site = _macro(key), _params(given), current_site()
    require_readable(params.page)
    words = services().words(params.locale)
    return found.document(_view(params, site), words)


def _macro(key: str) -> Macro:
    found = MACROS.get(key)
    if found is None:
        raise NotFound(f"no macro {key}")
    return found


def _html(macro: Macro, params: MacroParams, site: Site, tag: str, frame: str) -> str:
    return macro.render(
        _view(params, site),
        words=services().words(params.locale),
        theme=params.theme,
        assets=assets_prefix(request.path),
        resize_origin=origin_of(site.confluence_url),
        tag=tag,
        frame=frame,
        host_script=_host_script(),
    )


def _host_script() -> str:
    """The script that a Connect host gives to the pages it frames."""
    here = services()
    framed = principal().proof == Proof.CONNECT_REQUEST
    return here.connect.script if here.connect and framed else ""


def _view(params: MacroParams, site: Site) -> ObjectivesView:
    here = services()
    return show_objectives(
        params,
        site=site.name,
        store=here.store,
        clock=here.clock,
        policy=site.ports.policy,
        words=here.words(params.locale),
        jira_url=site.jira_url,
    )


def _tag(params: MacroParams, site: Site) -> str:
    here = services()
    return macro_tag(
        params,
        site=site.name,
        store=here.store,
        clock=here.clock,
        policy=site.ports.policy,
        release=drawing_release(),
        jira_url=site.jira_url,
    )


def _params(asked: Mapping[str, str]) -> MacroParams:
    """Hosts send a parameter that its author left out as an empty one. Raises BadInput."""
    given = {name: value for name in _NAMES if (value := asked.get(name, "").strip())}
    if wrong := validate("macro-params", given):
        raise BadInput("; ".join(f"{one.where}: {one.message}".lstrip(": ") for one in wrong))
    return MacroParams(
        page=PageId(given["page"]),
        objective=given.get("objective"),
        locale=words_for(request, services(), named=given.get("locale", "")).locale,
        theme=given.get("theme", "auto"),
    )
