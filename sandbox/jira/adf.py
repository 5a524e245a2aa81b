"""Atlassian documents and plain text: version 3 of the API speaks the one, version 2 the other."""

from sandbox.wire import JsonObject


def plain_text(document: JsonObject | None) -> str | None:
    """The words of an Atlassian document, a line per block."""
    if document is None:
        return None
    return "\n".join(_line(block) for block in document.get("content", [])).strip()


def document_of(text: str) -> JsonObject:
    """A paragraph per line."""
    return {"type": "doc", "version": 1, "content": [_paragraph(ln) for ln in text.splitlines()]}


def _paragraph(line: str) -> JsonObject:
    content = [{"type": "text", "text": line}] if line else []
    return {"type": "paragraph", "content": content}


def _line(node: JsonObject) -> str:
    return str(node.get("text", "")) + "".join(_line(part) for part in node.get("content", []))
