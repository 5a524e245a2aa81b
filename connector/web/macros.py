"""Macros as the wiki frames them: parameters checked, drawn, or said to be unchanged."""

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from connector.core.errors import BadInput, NotFound
from connector.core.okr import PageId
from connector.usecases.render_macro import MacroParams, macro_tag, show_objectives
from connector.usecases.sites import Site, origin_of
from connector.web.assets import assets_prefix, drawing_release
from connector.web.auth import MACRO_VIEWER, current_site, principal
from connector.web.language import words_for
from connector.web.services import WebServices, services
from macros.registry import MACROS, Macro
from schemas import validate

bp = Blueprint("macros", __name__, url_prefix="/macros")
bp.before_request(MACRO_VIEWER)

_NAMES = ("page", "objective", "locale", "theme")


@bp.get("/<key>")
def macro(key: str) -> ResponseReturnValue:
    """The whole document of one frame, or 304 to a caller who shows this very state already."""
    found, here = MACROS.get(key), services()
    if found is None:
        raise NotFound(f"no macro {key}")
    params = _params(here)
    if not principal().may_read(params.page):
        raise NotFound("not the page of this link")
    site = current_site()
    tag = macro_tag(
        params,
        site=site.name,
        store=here.store,
        clock=here.clock,
        policy=site.ports.policy,
        release=drawing_release(),
        jira_url=site.jira_url,
    )
    known = request.if_none_match.contains_weak(tag)
    here.metrics.macro_answered(key, "unchanged" if known else "rendered")
    response = Response(status=304) if known else _drawn(found, params, tag, site)
    response.set_etag(tag)
    return response


def _drawn(macro: Macro, params: MacroParams, tag: str, site: Site) -> Response:
    here = services()
    words = here.words(params.locale)
    view = show_objectives(
        params,
        site=site.name,
        store=here.store,
        clock=here.clock,
        policy=site.ports.policy,
        words=words,
        jira_url=site.jira_url,
    )
    page = macro.render(
        view,
        words=words,
        theme=params.theme,
        assets=assets_prefix(request.path),
        resize_origin=origin_of(site.confluence_url),
        tag=tag,
    )
    response = Response(page, mimetype="text/html")
    response.headers["Content-Language"] = words.locale
    return response


def _params(here: WebServices) -> MacroParams:
    """
    Hosts send a parameter that its author left out as an empty one.

    Raises BadInput for parameters that no page and no author can mean.
    """
    given = {name: value for name in _NAMES if (value := request.args.get(name, "").strip())}
    if wrong := validate("macro-params", given):
        raise BadInput("; ".join(f"{one.where}: {one.message}".lstrip(": ") for one in wrong))
    return MacroParams(
        page=PageId(given["page"]),
        objective=given.get("objective"),
        locale=words_for(request, here).locale,
        theme=given.get("theme", "auto"),
    )
