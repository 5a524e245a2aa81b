"""What a piece of a page says: its words, people, dates, lozenges and Jira work, in order."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

from connector.core.okr import EpicLink, IssueKey, JiraLink, JqlLink, Person
from connector.core.text import plain
from connector.pages.positions import NOWHERE, Element, Nowhere, Span
from connector.pages.source import AC, RI, Source, words_in

KEY = re.compile(r"[A-Z][A-Z0-9_]+-[1-9]\d*")
_SILENT = frozenset(
    f"{{{AC}}}{name}"
    for name in (
        "placeholder",
        "parameter",
        "task-id",
        "task-uuid",
        "task-status",
        "adf-attribute",
        "adf-fallback",
    )
)
_PARAMETER = f"{{{AC}}}parameter"
_STRUCK = frozenset({"s", "del", "strike"})
_FOOTNOTE = re.compile(r"\s*(?:\[?\d{1,2}\]?|\[?\*+\]?)\s*")
_CIRCLED = re.compile(r"(?:(?<=[\s;；。])|^)([①-⑳])[^\S\n]*[.、]?[^\S\n]*")
_CIRCLE = re.compile("[①-⑳]")
_BLOCKS = frozenset(
    {"p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "td", "th"}
)
_LONGEST_HEADER = 200
_UNTIL = re.compile(
    r"(?:\b(?:by|before|until|on|since|from|to|of)|[到至于在自从—–-])\s*:?$", re.IGNORECASE
)
_PAGE = re.compile(r"(?:/pages/(\d{1,20})(?:[/?#]|$)|[?&]pageId=(\d{1,20}))")
_BROWSE = re.compile(r"/browse/([A-Za-z][A-Za-z0-9_]+-[1-9]\d*)/?$")


@dataclass(frozen=True, slots=True)
class Lozenge:
    """A status macro: its words and its colour."""

    title: str
    colour: str


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link to another page: the words of the link, and the page's title or number; with a
    title the key of its space, where that is another one."""

    words: str
    page: str
    space: str = ""


class Content(NamedTuple):
    """Words line by line, and what stands among them. `placeholder`: only a template's hint.

    `struck`: all its words are crossed out. `dates` are those that the editor's own dates say.
    `element` and `source` say where it stands.
    """

    lines: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    lozenges: tuple[Lozenge, ...] = ()
    links: tuple[JiraLink, ...] = ()
    placeholder: bool = False
    element: Element | None = None
    source: Source | None = None
    struck: bool = False
    dates: tuple[str, ...] = ()
    pages: tuple[PageLink, ...] = ()

    @property
    def text(self) -> str:
        lines = self.lines
        return lines[0] if len(lines) == 1 else " ".join(lines)

    @property
    def sentence(self) -> str:
        """The words without those of lozenges: a status beside a title is not part of it."""
        said = self.text
        for one in self.lozenges:
            before, found, after = said.rpartition(one.title) if one.title else ("", "", said)
            said = plain(f"{before} {after}") if found else said
        return self._without_dates(said) if self.dates else said

    def _without_dates(self, said: str) -> str:
        """A date behind the words, as tasks have it, is no part of them; `by 12 May` is."""
        for one in reversed(self.dates):
            bare = said.removesuffix(one).rstrip()
            if not one or bare == said or not bare or _UNTIL.search(bare):
                return said
            said = bare
        return said

    @property
    def blank(self) -> bool:
        return not (self.lines or self.people or self.links or self.lozenges)

    @property
    def span(self) -> Span | Nowhere:
        """The bytes of the element; looked up only here, for most of a page is never asked."""
        if self.source is None or self.element is None:
            return NOWHERE
        return self.source.span(self.element)

    @property
    def bold(self) -> bool:
        """Every word is in <strong> or <b>, as people make a heading of a plain cell."""
        return self.element is not None and _all_bold(self.element)


@dataclass(slots=True)
class _Collected:
    words: list[str] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    lozenges: list[Lozenge] = field(default_factory=list)
    links: list[JiraLink] = field(default_factory=list)
    placeholder: bool = False
    struck: bool = False  # whether words crossed out count
    crossed: bool = False  # whether there were any
    dates: list[str] = field(default_factory=list)
    pages: list[PageLink] = field(default_factory=list)


def content_of(
    part: Element, *, source: Source | None = None, without: frozenset[Element] = frozenset()
) -> Content:
    """The content of an element; elements in `without` are passed over.

    Words crossed out count only where there are no others: then they are what the author has.
    """
    if not without:
        words = only_words(part)
        if words is not None:
            return Content(_lines(words), element=part, source=source)
    if part.tag == _PARAMETER:  # a panel's title
        return Content((plain(words_in(part)),), element=part, source=source)
    found, struck = _collected(part, without), False
    if found.crossed:
        kept = "".join(found.words).strip() or found.people or found.links
        found = found if kept else _collected(part, without, struck=True)
        struck = not kept and bool("".join(found.words).strip())
    return Content(
        _lines("".join(found.words)),
        tuple(dict.fromkeys(found.people)),
        tuple(found.lozenges),
        tuple(dict.fromkeys(found.links)),
        found.placeholder,
        part,
        source,
        struck,
        tuple(found.dates),
        tuple(dict.fromkeys(found.pages)),
    )


def only_words(part: Element) -> str | None:
    """The words of an element that holds nothing else, as most do; None for any other.

    The one paragraph of a cell or an item counts as the cell itself.
    """
    if part.tag in _NOT_WORDS:
        return None
    children = len(part)
    if children == 1 and part[0].tag in _BLOCKS:
        if _says(part.text) or _says(part[0].tail):
            return None
        part = part[0]
        children = len(part)
    if not children:
        return _flat(part.text)
    for one in part.iterdescendants():
        tag = one.tag
        if not isinstance(tag, str) or (tag in _NOT_ONLY_WORDS and not _is_mere_link(one)):
            return None
    return _flat(words_in(part))


def _is_mere_link(one: Element) -> bool:
    """An address elsewhere is no part of what is said."""
    if one.tag != "a":
        return False
    href = one.get("href", "")
    return not _may_be_jira(href) and _PAGE.search(href) is None


def _says(text: str | None) -> bool:
    return bool(text and text.strip())


def _lines(said: str) -> tuple[str, ...]:
    if not said.isascii() and _CIRCLE.search(said):
        said = _CIRCLED.sub(_counted, said)
    if "\n" not in said:
        line = plain(said)
        return (line,) if line else ()
    return tuple(line for line in map(plain, said.split("\n")) if line)


def _collected(part: Element, without: frozenset[Element], *, struck: bool = False) -> _Collected:
    # what is itself crossed out, as a whole, is not asked for
    found = _Collected(struck=struck)
    _walk(part, found, without)
    if part.tag in _STRUCK:
        found.crossed = next(part.iterdescendants(*_STRUCK), None) is not None
    return found


def _counted(match: re.Match[str]) -> str:
    """`①` is a list number: without a sign after it, it would run into the words."""
    return f"{ord(match[1]) - ord('①') + 1}) "


def _walk(one: Element, found: _Collected, without: frozenset[Element]) -> None:
    tag = one.tag
    if not isinstance(tag, str) or one in without:
        return
    read = _READERS.get(tag)
    if read is not None and read(one, found):
        return
    words, block = found.words, tag in _BLOCKS
    if block or tag == "br":
        words.append("\n")
    if one.text:
        words.append(_flat(one.text))
    for child in one:
        _walk(child, found, without)
        if child.tail:
            words.append(_flat(child.tail))
    if block:
        words.append("\n")


def _flat(text: str | None) -> str:
    """Line ends in the source are not those of a reader."""
    return text.replace("\n", " ").replace("\r", " ") if text else ""


# Each is true where the element's meaning is not its text.


def _placeholder(_one: Element, found: _Collected) -> bool:
    found.placeholder = True
    return True


def _crossed_out(_one: Element, found: _Collected) -> bool:
    found.crossed = True
    return not found.struck


def _footnote(one: Element, found: _Collected) -> bool:
    unit = next((word for word in reversed(found.words) if word), "")[-1:].isalpha()
    return not unit and bool(_FOOTNOTE.fullmatch(words_in(one)))


def _time(one: Element, found: _Collected) -> bool:
    found.dates.append(one.get("datetime", ""))
    found.words.append(f" {one.get('datetime', '')} ")
    return True


def _user(one: Element, found: _Collected) -> bool:
    account = one.get(f"{{{RI}}}account-id") or one.get(f"{{{RI}}}userkey")
    name = one.get(f"{{{RI}}}username", "")
    found.people.append(Person(name, account))
    return True


def _emoticon(one: Element, found: _Collected) -> bool:
    found.words.append(one.get(f"{{{AC}}}emoji-fallback", ""))
    return True


def _anchor(one: Element, found: _Collected) -> bool:
    """A link to Jira work is the work; its address or key is not part of the sentence."""
    href = one.get("href", "")
    link = jira_link(href) if _may_be_jira(href) else None
    if link is None:
        page = _PAGE.search(href)
        if page:
            found.pages.append(PageLink(plain(words_in(one)), page[1] or page[2]))
        return False
    found.links.append(link)
    said = plain(words_in(one))
    if not (said.startswith("http") or said == plain(one.get("href", "")) or KEY.fullmatch(said)):
        found.words.append(said)
    return True


def _page_link(one: Element, found: _Collected) -> bool:
    """A link to a page; without words of its own it shows the page's title."""
    target = one.find(f"{{{RI}}}page")
    if target is None:
        return False
    title = target.get(f"{{{RI}}}content-title", "")
    words = plain(words_in(one)) or title
    if title:
        found.pages.append(PageLink(words, title, target.get(f"{{{RI}}}space-key", "")[:255]))
    found.words.append(words)
    return True


def _may_be_jira(href: str) -> bool:
    """False for most addresses, without taking them apart."""
    named = "browse/" in href or "jql" in href or "selectedIssue" in href
    return named or "%" in href or not href.isprintable()


def jira_link(href: str) -> JiraLink | None:
    """The Jira work an address leads to.

    >>> jira_link("https://x.example/browse/PAY-42")
    EpicLink(key='PAY-42')
    """
    try:
        address = urlsplit(href)
    except ValueError:
        return None
    query = parse_qs(address.query)
    match = _BROWSE.search(unquote(address.path))
    key = match[1].upper() if match else query.get("selectedIssue", [""])[0]
    if KEY.fullmatch(key):
        return EpicLink(IssueKey(key))
    jql = plain(query.get("jql", [""])[0])
    return JqlLink(jql) if jql else None


def _macro(one: Element, found: _Collected) -> bool:
    values = parameters(one)
    match one.get(f"{{{AC}}}name"):
        case "status":
            title = plain(values.get("title", ""))
            found.lozenges.append(Lozenge(title, values.get("colour", "")))
            found.words.append(f" {title} ")
        case "jira":
            key = values.get("key", "").upper()
            jql = plain(values.get("jqlQuery", "") or values.get("jql", ""))
            if KEY.fullmatch(key):
                found.links.append(EpicLink(IssueKey(key)))
            elif jql:
                found.links.append(JqlLink(jql))
        case _:
            return False
    return True


def parameters(macro: Element) -> dict[str, str]:
    """A macro's parameters by name."""
    return {
        child.get(f"{{{AC}}}name", ""): words_in(child).strip()
        for child in macro
        if child.tag == f"{{{AC}}}parameter"
    }


def _all_bold(cell: Element) -> bool:
    whole = plain(words_in(cell))
    if len(whole) > _LONGEST_HEADER:
        return False
    bold = plain("".join(words_in(b) for b in cell.iter("strong", "b")))
    return bool(bold) and bold == whole


_READERS: dict[str, Callable[[Element, _Collected], bool]] = {
    **dict.fromkeys(_SILENT, lambda _one, _found: True),
    f"{{{AC}}}placeholder": _placeholder,
    "a": _anchor,
    f"{{{AC}}}link": _page_link,
    **dict.fromkeys(_STRUCK, _crossed_out),
    "sup": _footnote,
    "time": _time,
    f"{{{AC}}}structured-macro": _macro,
    f"{{{RI}}}user": _user,
    f"{{{AC}}}emoticon": _emoticon,
}
_NOT_WORDS = _READERS.keys() | {"br"}
_NOT_ONLY_WORDS = _NOT_WORDS | _BLOCKS
