"""What a piece of a page says: its words, people, dates, lozenges and Jira work, in order."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlsplit

from connector.core.okr import EpicLink, IssueKey, JiraLink, JqlLink, Person
from connector.core.text import plain
from connector.pages.source import AC, RI, Element, Span, words_in

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
_LINKS = frozenset({"a", f"{{{AC}}}link"})
_STRUCK = frozenset({"s", "del", "strike"})
_FOOTNOTE = re.compile(r"\s*(?:\[?\d{1,2}\]?|\[?\*+\]?)\s*")
_CIRCLED = re.compile(r"(?:(?<=[\s;；。])|^)([①-⑳])[^\S\n]*[.、]?[^\S\n]*")
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
    """A link to another page: the words of the link, and the page's title or number."""

    words: str
    page: str


@dataclass(frozen=True, slots=True)
class Content:
    """Words line by line, and what stands among them. `placeholder`: only a template's hint.

    `struck`: all its words are crossed out. `dates` are those that the editor's own dates say.
    """

    lines: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    lozenges: tuple[Lozenge, ...] = ()
    links: tuple[JiraLink, ...] = ()
    placeholder: bool = False
    span: Span | tuple[None, None] = (None, None)
    bold: bool = False
    struck: bool = False
    dates: tuple[str, ...] = ()
    pages: tuple[PageLink, ...] = ()

    @property
    def text(self) -> str:
        return " ".join(self.lines)

    @property
    def sentence(self) -> str:
        """The words without those of lozenges: a status beside a title is not part of it."""
        said = self.text
        for one in self.lozenges:
            before, found, after = said.rpartition(one.title) if one.title else ("", "", said)
            said = plain(f"{before} {after}") if found else said
        return self._without_dates(said)

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


@dataclass(slots=True)
class _Collected:
    words: list[str] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    lozenges: list[Lozenge] = field(default_factory=list)
    links: list[JiraLink] = field(default_factory=list)
    placeholder: bool = False
    struck: bool = False  # whether words crossed out count
    dates: list[str] = field(default_factory=list)
    pages: list[PageLink] = field(default_factory=list)


def content_of(
    parts: Element | Iterable[Element],
    *,
    span: Span | tuple[None, None] = (None, None),
    without: frozenset[Element] = frozenset(),
) -> Content:
    """The content of an element, or of several in turn; elements in `without` are passed over.

    Words crossed out count only where there are no others: then they are what the author has.
    """
    if isinstance(parts, Element) and parts.tag == f"{{{AC}}}parameter":  # a panel's title
        return Content((plain(words_in(parts)),), span=span)
    whole = [parts] if isinstance(parts, Element) else list(parts)
    found, struck = _collected(whole, without), False
    if any(one is not part for part in whole for one in part.iter(*_STRUCK)):
        kept = "".join(found.words).strip() or found.people or found.links
        found = found if kept else _collected(whole, without, struck=True)
        struck = not kept and bool("".join(found.words).strip())
    said = "".join(found.words)
    if not said.isascii():
        said = _CIRCLED.sub(_counted, said)
    lines = [plain(line) for line in said.split("\n")]
    return Content(
        tuple(line for line in lines if line),
        tuple(dict.fromkeys(found.people)),
        tuple(found.lozenges),
        tuple(dict.fromkeys(found.links)),
        found.placeholder,
        span,
        isinstance(parts, Element) and _all_bold(parts),
        struck,
        tuple(found.dates),
        tuple(dict.fromkeys(found.pages)),
    )


def _collected(
    parts: list[Element], without: frozenset[Element], *, struck: bool = False
) -> _Collected:
    found = _Collected(struck=struck)
    for part in parts:
        _walk(part, found, without)
        found.words.append("\n")
    return found


def _counted(match: re.Match[str]) -> str:
    """`①` is a list number: without a sign after it, it would run into the words."""
    return f"{ord(match[1]) - ord('①') + 1}) "


def _walk(one: Element, found: _Collected, without: frozenset[Element]) -> None:
    if not isinstance(one.tag, str) or one in without:
        return
    if one.tag in _SILENT:
        found.placeholder |= one.tag == f"{{{AC}}}placeholder"
        return
    if _said(one, found):
        return
    block = one.tag in _BLOCKS
    found.words.append("\n" if block or one.tag == "br" else "")
    found.words.append(_flat(one.text))
    for child in one:
        _walk(child, found, without)
        found.words.append(_flat(child.tail))
    found.words.append("\n" if block else "")


def _flat(text: str | None) -> str:
    """Line ends in the source are not those of a reader."""
    return (text or "").replace("\n", " ").replace("\r", " ")


def _said(one: Element, found: _Collected) -> bool:
    """True for an element whose meaning is not its text."""
    match one.tag:
        case tag if tag in _LINKS:
            return _anchor(one, found) if tag == "a" else _page_link(one, found)
        case tag if tag in _STRUCK:
            return not found.struck
        case "sup":
            unit = next((word for word in reversed(found.words) if word), "")[-1:].isalpha()
            return not unit and bool(_FOOTNOTE.fullmatch(words_in(one)))
        case "time":
            found.dates.append(one.get("datetime", ""))
            found.words.append(f" {one.get('datetime', '')} ")
        case _ if one.tag == f"{{{AC}}}structured-macro":
            return _macro(one, found)
        case _ if one.tag == f"{{{RI}}}user":
            account = one.get(f"{{{RI}}}account-id") or one.get(f"{{{RI}}}userkey")
            name = one.get(f"{{{RI}}}username", "")
            found.people.append(Person(name, account))
        case _ if one.tag == f"{{{AC}}}emoticon":
            found.words.append(one.get(f"{{{AC}}}emoji-fallback", ""))
        case _:
            return False
    return True


def _anchor(one: Element, found: _Collected) -> bool:
    """A link to Jira work is the work; its address or key is not part of the sentence."""
    href = one.get("href", "")
    link = jira_link(href)
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
        found.pages.append(PageLink(words, title))
    found.words.append(words)
    return True


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
    """Every word is in <strong> or <b>, as people make a heading of a plain cell."""
    whole = plain(words_in(cell))
    if len(whole) > _LONGEST_HEADER:
        return False
    bold = plain("".join(words_in(b) for b in cell.iter("strong", "b")))
    return bool(bold) and bold == whole
