"""A macro for whoever asks, whichever door they came through."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import request

from connector.core.installation import Product
from connector.core.json import JsonObject
from connector.usecases.sites import origin_of
from connector.web.assets import assets_prefix
from connector.web.auth import Proof, current_site, principal
from connector.web.drawings import Drawing, Framing, drawing_of
from connector.web.services import services
from connector.web.sheets import Sheet
from connector.web.sight import shares_drawings
from macros.adf import adf
from macros.moment import iso
from macros.storage import storage


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
    return draw(key, drawing_of(key, given), known=known, frame=frame)


def draw(
    name: str,
    drawing: Drawing,
    *,
    known: str = "",
    frame: str = "",
    inside: Product = Product.CONFLUENCE,
) -> Drawn:
    """`name` is what metrics call it, `inside` the product whose page frames it."""
    tag = drawing.tag
    unchanged = known == tag
    services().metrics.macro_answered(name, "unchanged" if unchanged else "rendered")
    html = "" if unchanged else _document(name, drawing, _framing(tag, inside), frame)
    return Drawn(html, tag, drawing.locale)


def _document(name: str, drawing: Drawing, framing: Framing, frame: str) -> str:
    here = services()
    now = here.clock.now()

    def draw_it() -> Sheet:
        return Sheet.of(drawing.html(framing))

    key = (name, current_site().name, framing)
    shared = shares_drawings()
    sheet = here.sheets.find(key, draw_it, seconds=now.timestamp()) if shared else draw_it()
    return sheet.filled(now=iso(now), frame=frame)


def export_adf(key: str, given: Mapping[str, str]) -> JsonObject:
    """What stands for the macro in an export of Forge. Raises as `draw_macro`."""
    return adf(drawing_of(key, given).document())


def export_storage(key: str, given: Mapping[str, str]) -> str:
    """The same in storage format, for the exports of Connect. Raises as `draw_macro`."""
    return storage(drawing_of(key, given).document())


def _framing(tag: str, inside: Product) -> Framing:
    return Framing(
        assets=assets_prefix(request.path),
        resize_origin=origin_of(current_site().url_of(inside)),
        host_script=_host_script(),
        tag=tag,
    )


def _host_script() -> str:
    """The script that a Connect host gives to the pages it frames."""
    here = services()
    framed = principal().proof == Proof.CONNECT_REQUEST
    return here.connect.script if here.connect and framed else ""
