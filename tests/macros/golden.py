"""Golden pages, compared by what they mean: the tree, its attributes and its words."""

from pathlib import Path

from lxml import html

FOLDER = Path(__file__).parent.parent / "golden" / "macros"


def canonical(page: str) -> str:
    """One element or text per line, attributes in order, white space of the source dropped."""
    lines: list[str] = []
    _write(html.document_fromstring(page), 0, lines)
    return "\n".join(lines) + "\n"


def _write(element: html.HtmlElement, depth: int, lines: list[str]) -> None:
    attributes = "".join(f' {name}="{value}"' for name, value in sorted(element.attrib.items()))
    lines.append(f"{'  ' * depth}<{element.tag}{attributes}>")
    _say(element.text, depth + 1, lines)
    for child in element:
        _write(child, depth + 1, lines)
        _say(child.tail, depth + 1, lines)


def _say(text: str | None, depth: int, lines: list[str]) -> None:
    if text and text.strip():
        lines.append(f"{'  ' * depth}{' '.join(text.split())}")
