"""Macros of a Forge app in storage format: found, framed, and exported by the app's function."""

import uuid
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from lxml import etree
from markupsafe import Markup

from sandbox.forge import frames, functions
from sandbox.forge.frames import Framed
from sandbox.forge.installation import Installation
from sandbox.wiki.adf.extensions import adf_attributes
from sandbox.wiki.adf.writing import NotADocument, storage_of
from sandbox.wiki.storage_format import AC, parse
from sandbox.wire import JsonObject, as_object, as_text

if TYPE_CHECKING:
    from sandbox.wiki.render import Renderer

ECOSYSTEM = "com.atlassian.ecosystem"
DISPLAY = "display"
# As seen in exports of real sites.
NO_EXPORT = "We don’t have a way to export this macro."
_EXPORTS = {"pdf": "pdf", "word": "word"}


def drawn(renderer: "Renderer", node: etree._Element) -> Markup | None:
    """An `ac:adf-node` of a macro of the installed app; None for anything else."""
    told = adf_attributes(node)
    app, _, key = as_text(told.get("extensionKey")).rpartition("/static/")
    found = renderer.site.forge.installation
    if told.get("extensionType") != ECOSYSTEM or found is None:
        return None
    if app.partition("/")[0] != found.app_uuid:
        return None
    parameters = as_object(told.get("parameters"))
    config = as_object(parameters.get("guestParams"))
    local_id = as_text(told.get("localId")) or as_text(parameters.get("localId"))
    return _shown(renderer, found, key, config, local_id)


def drawn_as_connect(
    renderer: "Renderer", node: etree._Element, name: str, parameters: dict[str, str]
) -> Markup | None:
    """A Connect macro whose app became a Forge app and kept the keys of both."""
    found = renderer.site.forge.installation
    if found is None or not as_object(as_object(found.manifest.told.get("app")).get("connect")):
        return None
    return _shown(renderer, found, name, dict(parameters), node.get(f"{{{AC}}}local-id", ""))


def _shown(
    renderer: "Renderer", found: Installation, key: str, config: JsonObject, local_id: str
) -> Markup | None:
    module = found.manifest.module("macro", key)
    if module is None:
        return None
    framed = frames.of_macro(renderer.page, module, config, local_id)
    if renderer.output != DISPLAY:
        return _exported(renderer, found, framed)
    return frames.frame(
        framed,
        found,
        renderer.site.forge.secret,
        user=renderer.reader,
        locale=renderer.locale,
        theme=renderer.theme,
    )


def _exported(renderer: "Renderer", found: Installation, framed: Framed) -> Markup:
    """Once for each macro, by the app's own function; its answer is a document."""
    function = as_text(as_object(framed.module.get("adfExport")).get("function"))
    if renderer.inside_app:
        return Markup("")
    payload = {
        "exportType": _EXPORTS.get(renderer.output, "other"),
        "config": framed.extension["config"],
        "context": {
            **framed.extension,
            "localId": framed.local_id,
            "cloudId": found.cloud_id,
            "moduleKey": framed.key,
            "locale": {"zh": "zh-CN"}.get(renderer.locale, "en-US"),
        },
    }
    answer = functions.run(
        found, function, payload, tokens=renderer.site.forge.tokens, user=renderer.reader
    )
    try:
        storage = storage_of(answer) if answer is not None else None
    except NotADocument:
        storage = None
    if storage is None:
        return Markup("<p>{}</p>").format(NO_EXPORT)
    return renderer.of_an_app().children(parse(storage))


def written(found: Installation, module: JsonObject, config: dict[str, str]) -> str:
    """The macro in storage format, as the editor inserts it."""
    key = f"{found.app_uuid}/{found.environment}/static/{module['key']}"
    guests = "".join(
        f"<ac:adf-parameter key={quoteattr(name)}>{escape(value)}</ac:adf-parameter>"
        for name, value in config.items()
    )
    local_id = uuid.uuid4()
    title = module.get("title") if isinstance(module.get("title"), str) else module["key"]
    node = (
        '<ac:adf-node type="extension">'
        f'<ac:adf-attribute key="extension-key">{escape(key)}</ac:adf-attribute>'
        f'<ac:adf-attribute key="extension-type">{ECOSYSTEM}</ac:adf-attribute>'
        '<ac:adf-attribute key="parameters">'
        f'<ac:adf-parameter key="extension-title">{escape(str(title))}</ac:adf-parameter>'
        f'<ac:adf-parameter key="local-id">{local_id}</ac:adf-parameter>'
        f'<ac:adf-parameter key="guest-params">{guests}</ac:adf-parameter>'
        "</ac:adf-attribute>"
        f'<ac:adf-attribute key="local-id">{local_id}</ac:adf-attribute>'
        "</ac:adf-node>"
    )
    return f"<ac:adf-extension>{node}<ac:adf-fallback>{node}</ac:adf-fallback></ac:adf-extension>"
