"""Confluence's macros as far as OKR pages use them, and the frames of registered ones."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree
from markupsafe import Markup

from sandbox.connect import macros as connect_macros
from sandbox.forge import macros as forge_macros
from sandbox.wiki import user_macros
from sandbox.wiki.frames import frame_url, origin
from sandbox.wiki.storage_format import AC

if TYPE_CHECKING:
    from sandbox.wiki.render import Renderer

_PANELS = {"info", "tip", "note", "warning", "panel", "success", "error"}
_COLOURS = {"grey", "red", "yellow", "green", "blue", "purple"}


@dataclass(frozen=True, slots=True)
class Macro:
    """A macro with its parameters read and its rich text already drawn."""

    name: str
    node: etree._Element
    parameters: dict[str, str]
    inside: Markup


def rendered_macro(renderer: "Renderer", node: etree._Element) -> Markup:
    body = node.find(f"{{{AC}}}rich-text-body")
    inside = renderer.children(body) if body is not None else Markup("")
    macro = Macro(node.get(f"{{{AC}}}name", ""), node, macro_parameters(node), inside)
    if own := _user_macro(renderer, macro):
        return own
    if macro.name in renderer.site.macros:
        return _frame(renderer, macro.name, macro.parameters)
    for host in (connect_macros.drawn, forge_macros.drawn_as_connect):
        app = host(renderer, node, macro.name, macro.parameters)
        if app is not None:
            return app
    if macro.name == "jira":
        return _jira(renderer, macro.parameters)
    return _MACROS.get(macro.name, _labelled)(macro)


def macro_parameters(node: etree._Element) -> dict[str, str]:
    return {
        parameter.get(f"{{{AC}}}name", ""): "".join(map(str, parameter.itertext()))
        for parameter in node.findall(f"{{{AC}}}parameter")
    }


def _frame(renderer: "Renderer", name: str, parameters: dict[str, str]) -> Markup:
    page = renderer.page
    values = parameters | {
        "page.id": str(page.id),
        "page.title": page.title,
        "space.key": page.space.key,
        "locale": renderer.locale,
        "theme": renderer.theme,
    }
    url = frame_url(renderer.site.macros[name], values)
    return Markup(
        '<iframe class="macro" title="{}" src="{}" data-origin="{}" loading="eager"></iframe>'
    ).format(name, url, origin(url))


def _user_macro(renderer: "Renderer", macro: Macro) -> Markup | None:
    """What Data Center's administrator wrote under this name, None where there is nothing."""
    site = renderer.site
    found = site.dc.user_macros.find(macro.name) if site.data_center else None
    if found is None:
        return None
    return user_macros.drawn(found, macro.parameters, page_id=renderer.page.id, body=macro.inside)


def _panel(macro: Macro) -> Markup:
    title = Markup("<strong>{}</strong>").format(macro.parameters.get("title", ""))
    return Markup('<div class="panel {}">{}{}</div>').format(macro.name, title, macro.inside)


def _details(macro: Macro) -> Markup:
    """Page Properties, which an author may hide."""
    if macro.parameters.get("hidden") == "true":
        return Markup("")
    return Markup('<div class="details">{}</div>').format(macro.inside)


def _status(macro: Macro) -> Markup:
    colour = macro.parameters.get("colour", "grey").casefold()
    title = macro.parameters.get("title", "")
    return Markup('<span class="status {}">{}</span>').format(
        colour if colour in _COLOURS else "grey", title
    )


def _code(macro: Macro) -> Markup:
    text = macro.node.findtext(f"{{{AC}}}plain-text-body", "")
    return Markup("<pre><code>{}</code></pre>").format(text)


def _expand(macro: Macro) -> Markup:
    title = macro.parameters.get("title", "…")
    return Markup("<details><summary>{}</summary>{}</details>").format(title, macro.inside)


def _excerpt(macro: Macro) -> Markup:
    return macro.inside


def _anchor(macro: Macro) -> Markup:
    return Markup('<span id="{}"></span>').format(macro.parameters.get("", ""))


def _labelled(macro: Macro) -> Markup:
    """A macro this sandbox does not draw."""
    told = ", ".join(f"{key}={value}" for key, value in macro.parameters.items() if key)
    return Markup(
        '<div class="unknown"><span class="tag">macro: {}</span> <small>{}</small>{}</div>'
    ).format(macro.name, told, macro.inside)


def _jira(renderer: "Renderer", parameters: dict[str, str]) -> Markup:
    if key := parameters.get("key"):
        return renderer.chip(key)
    return Markup('<span class="chip jql">JQL <code>{}</code></span>').format(
        parameters.get("jqlQuery", "")
    )


_MACROS: dict[str, Callable[[Macro], Markup]] = {
    **dict.fromkeys(_PANELS, _panel),
    "details": _details,
    "status": _status,
    "code": _code,
    "noformat": _code,
    "expand": _expand,
    "excerpt": _excerpt,
    "anchor": _anchor,
}
