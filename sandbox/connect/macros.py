"""Macros of Connect apps: framed in a page, as storage format in what is exported."""

from typing import TYPE_CHECKING

from lxml import etree
from markupsafe import Markup

from sandbox.connect.frames import Place, frame, name_of, signed_address
from sandbox.connect.places import of_macro
from sandbox.connect.tenancy import Tenancy
from sandbox.outbound import NoAnswer, call
from sandbox.wiki.storage_format import AC, NotStorageFormat, as_storage, parse
from sandbox.wire import JsonObject, as_object, as_text

if TYPE_CHECKING:
    from sandbox.wiki.render import Renderer

DYNAMIC, STATIC = "dynamicContentMacros", "staticContentMacros"
DISPLAY = "display"
PATIENCE = 20.0
_LARGEST = 5 * 1024 * 1024


def drawn(
    renderer: "Renderer", node: etree._Element, name: str, parameters: dict[str, str]
) -> Markup | None:
    """The macro as its app wants it shown here, None when no app has it."""
    host, account = renderer.site.connect, renderer.account
    for kind in (DYNAMIC, STATIC):
        found = host.module("confluence", kind, name)
        if found is None:
            continue
        tenancy, module = found
        place = of_macro(
            renderer.page,
            parameters,
            macro_id=node.get(f"{{{AC}}}macro-id", ""),
            body=_body(node),
            output=renderer.output,
        )
        if kind == DYNAMIC and renderer.output == DISPLAY:
            return frame(tenancy, module, place, account, number=_number(node))
        template = _static_address(module, kind, renderer.output)
        return _static(renderer, tenancy, module, template, place)
    return None


def _static_address(module: JsonObject, kind: str, output: str) -> str:
    """Where the storage format is; empty for a dynamic macro without a mode for this output."""
    if kind == STATIC:
        return as_text(module.get("url"))
    modes = as_object(module.get("renderModes"))
    return as_text(as_object(modes.get(output) or modes.get("default")).get("url"))


def _static(
    renderer: "Renderer", tenancy: Tenancy, module: JsonObject, template: str, place: Place
) -> Markup:
    if not template or renderer.inside_app:
        return Markup("")
    url = signed_address(tenancy, template, place.values, renderer.account)
    try:
        answer = call("GET", url, headers={}, seconds=PATIENCE, most=_LARGEST)
        if not answer.ok:
            return _failed(module, f"the app answered {answer.status}")
        return renderer.of_an_app().children(parse(answer.text))
    except (NoAnswer, NotStorageFormat) as error:
        return _failed(module, str(error))


def _failed(module: JsonObject, reason: str) -> Markup:
    return Markup('<div class="panel error">Error rendering macro ‘{}’: {}</div>').format(
        name_of(module), reason
    )


def _body(node: etree._Element) -> str:
    rich = node.find(f"{{{AC}}}rich-text-body")
    if rich is None:
        return node.findtext(f"{{{AC}}}plain-text-body", "")
    return (rich.text or "") + "".join(map(as_storage, rich))


def _number(node: etree._Element) -> int:
    """Which macro of the page this is, from 1."""
    macros = node.getroottree().getroot().iter(f"{{{AC}}}structured-macro")
    return next(number for number, one in enumerate(macros, 1) if one is node)
