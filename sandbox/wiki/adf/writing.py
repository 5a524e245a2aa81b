"""An Atlassian document as storage format."""

import json

from sandbox.wiki.adf.words import Unknown, children
from sandbox.wiki.adf.written_blocks import block_storage
from sandbox.wire import JsonObject


class NotADocument(ValueError):
    """What was given is no Atlassian document, or holds a node that has no storage format."""


def storage_of(text: str) -> str:
    """The storage format of a document given as JSON. Raises `NotADocument`."""
    try:
        given = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotADocument("The document is not valid JSON") from error
    if not isinstance(given, dict) or given.get("type") != "doc":
        raise NotADocument("The document's type must be doc")
    try:
        return _document(given)
    except Unknown as error:
        raise NotADocument(str(error)) from error
    except RecursionError as error:
        raise NotADocument("The document is nested too deeply") from error


def _document(given: JsonObject) -> str:
    blocks = children(given)
    if not any(block.get("type") == "layoutSection" for block in blocks):
        return "".join(block_storage(block) for block in blocks)
    return f"<ac:layout>{_sections(blocks)}</ac:layout>"


def _sections(blocks: list[JsonObject]) -> str:
    """What stands beside layouts stands in sections of one column."""
    written, loose = [], ""
    for block in blocks:
        if block.get("type") == "layoutSection":
            written += [_single(loose), block_storage(block)]
            loose = ""
        else:
            loose += block_storage(block)
    return "".join([*written, _single(loose)])


def _single(loose: str) -> str:
    if not loose:
        return ""
    return (
        '<ac:layout-section ac:type="fixed-width" ac:breakout-mode="default">'
        f"<ac:layout-cell>{loose}</ac:layout-cell></ac:layout-section>"
    )
