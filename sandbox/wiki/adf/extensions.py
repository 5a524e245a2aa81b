"""Macros as extensions: the classic ones, and the apps' that storage keeps as document nodes."""

import re

from lxml import etree

from sandbox.wiki.adf import model
from sandbox.wiki.adf.model import node
from sandbox.wiki.storage_format import AC, RI
from sandbox.wire import JsonObject

_NUMBERS = {"integer": int, "number": float, "double": float}
_WORD = re.compile(r"-([a-z])")


def macro_attributes(macro: etree._Element) -> JsonObject:
    """`attrs` of an extension: key, type, parameters."""
    name = macro.get(f"{{{AC}}}name", "") or "unknown"
    told = {key: {"value": value} for key, value in _parameters(macro).items()}
    plain = macro.find(f"{{{AC}}}plain-text-body")
    if plain is not None:
        told["__bodyContent"] = {"value": plain.text or ""}
    metadata: JsonObject = {"title": name}
    for source, target in (("macro-id", "macroId"), ("schema-version", "schemaVersion")):
        value = macro.get(f"{{{AC}}}{source}")
        if value:
            metadata[target] = {"value": value}
    attrs: JsonObject = {
        "extensionType": model.CORE,
        "extensionKey": name,
        "parameters": {"macroParams": told, "macroMetadata": metadata},
    }
    layout, local = macro.get("data-layout"), macro.get(f"{{{AC}}}local-id")
    if layout in {"wide", "full-width", "default"}:
        attrs["layout"] = layout
    return attrs | ({"localId": local} if local else {})


def inline_extension(macro: etree._Element) -> JsonObject:
    attrs = macro_attributes(macro)
    attrs.pop("layout", None)
    return node("inlineExtension", attrs=attrs)


def _parameters(macro: etree._Element) -> dict[str, str]:
    """A parameter that names a page, a user or a space says it by its title, id or key."""
    return {
        one.get(f"{{{AC}}}name", ""): _named(one) or "".join(map(str, one.itertext())).strip()
        for one in macro.findall(f"{{{AC}}}parameter")
    }


def _named(parameter: etree._Element) -> str:
    attributes = ("content-title", "account-id", "userkey", "space-key", "value", "filename")
    for part in parameter.iter():
        if isinstance(part.tag, str) and etree.QName(part).namespace == RI:
            for name in attributes:
                if value := part.get(f"{{{RI}}}{name}"):
                    return value
    return ""


def adf_attributes(held: etree._Element) -> JsonObject:
    """The `ac:adf-attribute`s of a node, named as in the document."""
    return {
        camel(part.get("key", "")): _value(part) for part in held.findall(f"{{{AC}}}adf-attribute")
    }


def _value(part: etree._Element) -> object:
    inner = part.findall(f"{{{AC}}}adf-parameter")
    if inner:
        return {camel(one.get("key", "")): _value(one) for one in inner}
    words = (part.text or "").strip()
    read = _NUMBERS.get(part.get("type", ""))
    try:
        return read(words) if read else words
    except ValueError:
        return words


def camel(name: str) -> str:
    """
    >>> camel("extension-key")
    'extensionKey'
    """
    return _WORD.sub(lambda found: found[1].upper(), name)
