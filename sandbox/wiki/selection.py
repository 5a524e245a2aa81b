"""Words chosen in a page's text, and the markers that tie a comment to them."""

import re
from dataclasses import dataclass
from html.entities import html5
from xml.sax.saxutils import quoteattr

TOKEN = re.compile(
    r"""(?P<cdata><!\[CDATA\[.*?\]\]>)|(?P<comment><!--.*?-->)"""
    r"""|(?P<tag></?(?P<name>[\w:.-]+)(?:[^>"']|"[^"]*"|'[^']*')*>)"""
    r"""|(?P<entity>&(?P<code>\#?\w+);)|(?P<char>.)""",
    re.DOTALL,
)
# What no reader sees as words of the page.
_UNSEEN = {
    "ac:parameter",
    "ac:plain-text-body",
    "ac:task-id",
    "ac:task-uuid",
    "ac:task-status",
    "ac:adf-attribute",
    "ac:adf-fallback",
    "ac:placeholder",
}
_SAME_LINE = {"strong", "b", "em", "i", "u", "s", "del", "code", "span", "a", "sub", "sup"}
_SAME_LINE |= {"ac:inline-comment-marker", "ac:link", "ac:link-body", "ac:plain-text-link-body"}


@dataclass(frozen=True, slots=True)
class _Sign:
    """A sign of the page as a reader sees it, and where storage format has it."""

    seen: str
    start: int
    end: int


def places(storage: str, words: str) -> list[list[tuple[int, int]]]:
    """
    Every place where the words stand, each as the pieces of storage format that hold them.

    >>> places("<p>a <b>b</b> b</p>", "a b")
    [[(3, 5), (8, 9)]]
    """
    signs = _visible(storage)
    seen = "".join(sign.seen for sign in signs)
    wanted = " ".join(words.split())
    found, start = [], seen.find(wanted) if wanted else -1
    while start >= 0:
        found.append(_pieces(signs[start : start + len(wanted)]))
        start = seen.find(wanted, start + len(wanted))
    return found


def marked(storage: str, pieces: list[tuple[int, int]], reference: str) -> str:
    """The storage format with a marker around each piece; everything else stays as it is."""
    for start, end in reversed(pieces):
        inside = storage[start:end]
        marker = f"<ac:inline-comment-marker ac:ref={quoteattr(reference)}>"
        storage = f"{storage[:start]}{marker}{inside}</ac:inline-comment-marker>{storage[end:]}"
    return storage


def is_marked(storage: str, reference: str) -> bool:
    return f"ac:ref={quoteattr(reference)}" in storage


def _visible(storage: str) -> list[_Sign]:
    signs: list[_Sign] = []
    unseen = 0
    for token in TOKEN.finditer(storage):
        name = token["name"]
        if name in _UNSEEN:
            unseen += _depth(token["tag"])
        elif name and name not in _SAME_LINE:
            signs.append(_Sign("\n", token.end(), token.end()))
        elif not unseen and (token["char"] or token["entity"]):
            seen = token["char"] or _character(token["code"])
            _add(signs, _Sign(seen, *token.span()))
    return signs


def _depth(tag: str) -> int:
    if tag.endswith("/>"):
        return 0
    return -1 if tag.startswith("</") else 1


def _add(signs: list[_Sign], sign: _Sign) -> None:
    if not sign.seen.isspace() or sign.seen == "\N{NO-BREAK SPACE}":
        signs.append(sign)
    elif signs and not signs[-1].seen.isspace():
        signs.append(_Sign(" ", sign.start, sign.end))


def _character(code: str) -> str:
    if not code.startswith("#"):
        return html5.get(f"{code};", "\N{REPLACEMENT CHARACTER}")[:1]
    try:
        return chr(int(f"0{code[1:]}" if code[1:2] == "x" else code[1:], 0 if "x" in code else 10))
    except (ValueError, OverflowError):
        return "\N{REPLACEMENT CHARACTER}"


def _pieces(signs: list[_Sign]) -> list[tuple[int, int]]:
    """Neighbours joined: a new piece begins where a tag stands between two signs."""
    found: list[tuple[int, int]] = []
    for sign in signs:
        if found and found[-1][1] == sign.start:
            found[-1] = (found[-1][0], sign.end)
        else:
            found.append((sign.start, sign.end))
    return found
