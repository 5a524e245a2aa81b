"""Confluence's macros as far as OKR pages use them, and the frames of registered ones."""

from typing import TYPE_CHECKING

from lxml import etree
from markupsafe import Markup

from sandbox.wiki.frames import frame_url, origin
from sandbox.wiki.storage_format import AC

if TYPE_CHECKING:
    from sandbox.wiki.render import Renderer

_PANELS = {"info", "tip", "note", "warning", "panel", "success", "error"}
_COLOURS = {"grey", "red", "yellow", "green", "blue", "purple"}


def rendered_macro(renderer: "Renderer", node: etree._Element) -> Markup:
    name = node.get(f"{{{AC}}}name", "")
    parameters = macro_parameters(node)
    body = node.find(f"{{{AC}}}rich-text-body")
    inside = renderer.children(body) if body is not None else Markup("")
    if name in renderer.site.macros:
        return _frame(renderer, name, parameters)
    if name in _PANELS:
        return Markup('<div class="panel {}">{}</div>').format(name, _titled(parameters, inside))
    match name:
        case "details":
            hidden = parameters.get("hidden") == "true"
            return Markup("") if hidden else Markup('<div class="details">{}</div>').format(inside)
        case "status":
            return _status(parameters)
        case "jira":
            return _jira(renderer, parameters)
        case "code" | "noformat":
            text = node.findtext(f"{{{AC}}}plain-text-body", "")
            return Markup("<pre><code>{}</code></pre>").format(text)
        case "expand":
            title = parameters.get("title", "…")
            return Markup("<details><summary>{}</summary>{}</details>").format(title, inside)
        case "excerpt":
            return inside
        case "anchor":
            return Markup('<span id="{}"></span>').format(parameters.get("", ""))
    return _labelled(name, parameters, inside)


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


def _titled(parameters: dict[str, str], inside: Markup) -> Markup:
    title = parameters.get("title")
    return Markup("<strong>{}</strong>{}").format(title, inside) if title else inside


def _status(parameters: dict[str, str]) -> Markup:
    colour = parameters.get("colour", "grey").casefold()
    title = parameters.get("title", "")
    return Markup('<span class="status {}">{}</span>').format(
        colour if colour in _COLOURS else "grey", title
    )


def _jira(renderer: "Renderer", parameters: dict[str, str]) -> Markup:
    if key := parameters.get("key"):
        return renderer.chip(key)
    return Markup('<span class="chip jql">JQL <code>{}</code></span>').format(
        parameters.get("jqlQuery", "")
    )


def _labelled(name: str, parameters: dict[str, str], inside: Markup) -> Markup:
    """A macro this sandbox does not draw."""
    told = ", ".join(f"{key}={value}" for key, value in parameters.items() if key)
    return Markup(
        '<div class="unknown"><span class="tag">macro: {}</span> <small>{}</small>{}</div>'
    ).format(name, told, inside)
