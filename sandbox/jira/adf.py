"""Atlassian documents and plain text: version 3 of the API speaks the one, version 2 the other."""

from typing import TypeGuard

from sandbox.wire import JsonObject

_DEEPEST = 100


def plain_text(document: JsonObject | None) -> str | None:
    """The words of an Atlassian document, a line per block."""
    if document is None:
        return None
    return "\n".join(_line(block) for block in document.get("content", [])).strip()


def is_document(value: object) -> TypeGuard[JsonObject]:
    """Whether it has the shape of one: a document of nodes, each with a type, texts with a text."""
    if not isinstance(value, dict) or value.get("type") != "doc":
        return False
    version = value.get("version")
    return version == 1 and not isinstance(version, bool) and _is_node(value, _DEEPEST)


def document_of(text: str) -> JsonObject:
    """A paragraph per line."""
    return {"type": "doc", "version": 1, "content": [_paragraph(ln) for ln in text.splitlines()]}


def _paragraph(line: str) -> JsonObject:
    content = [{"type": "text", "text": line}] if line else []
    return {"type": "paragraph", "content": content}


def _line(node: JsonObject) -> str:
    return str(node.get("text", "")) + "".join(_line(part) for part in node.get("content", []))


def _is_node(node: object, depth: int) -> bool:
    if not isinstance(node, dict) or not isinstance(node.get("type"), str) or not depth:
        return False
    if not isinstance(node.get("text", ""), str) or (node["type"] == "text" and "text" not in node):
        return False
    inner = node.get("content", [])
    return isinstance(inner, list) and all(_is_node(part, depth - 1) for part in inner)
