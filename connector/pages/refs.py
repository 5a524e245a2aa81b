"""What an objective supports, and what it needs of others, from the words of a cell or a line."""

import re
from collections.abc import Iterator

from connector.core.okr import DependencyRef, ParentRef
from connector.core.text import plain, simplified
from connector.pages.content import Content, PageLink

_BETWEEN = re.compile(r"\s*[,、;]\s*")
_NOBODY = frozenset(
    {"", "-", "--", "—", "–", "/", "n/a", "na", "none", "无", "暂无", "tbd", "待定", "?"}
)
_KEY = re.compile(
    r"(?<![\w-])(?P<own>\d{1,20}-O?\d{1,6})(?![\w-])"
    r"|(?<![A-Za-z])O\s?(?P<o>\d{1,2})"
    r"(?:\s?[-–./·:\s]\s?KR\s?(?P<okr>\d{1,2})(?![\d.]))?(?![A-Za-z\d])"
    r"|(?<![A-Za-z])KR\s?(?P<kr>\d{1,2}(?:\.\d{1,2})?)(?![A-Za-z\d])"
    r"|(?:objective|goal|目标)\s?[#(]?\s?(?P<named>\d{1,2}|[一二三四五六七八九])(?!\d)",
    re.IGNORECASE,
)
_NUMERALS = "一二三四五六七八九"
_STATED = re.compile(
    r"\s*[(\[【:—–-]?\s*(?:(?P<no>未确认|待确认|未同意|待对齐"
    r"|(?:not (?:yet )?|un)confirmed|pending|to be confirmed|tbc)"
    r"|(?P<yes>已确认|已同意|已对齐|已承诺|confirmed|agreed|accepted|✅|✔|☑|✓))\s*[)\]】]?\s*",
    re.IGNORECASE,
)
_LONGEST = 500
_MOST = 20
_NO_PAGE = PageLink("", "")
_PRIVATE = 0xE000  # signs that no text has: Unicode leaves them to programs


def parents_in(content: Content) -> tuple[ParentRef, ...]:
    """
    >>> parents_in(Content(("公司 O2-KR1、Data O1",)))[0]
    ParentRef(text='公司 O2-KR1', key='O2-KR1', page='')
    """
    return tuple(
        ParentRef(text, _key(_without(link, text)), link.page, link.space)
        for text, link in _parts(content)
    )


def dependencies_in(content: Content) -> tuple[DependencyRef, ...]:
    """Each with what is said of its confirmation.

    >>> found = dependencies_in(Content(("法务（已确认）, IT (pending), HR",)))
    >>> [(one.text, one.confirmed) for one in found]
    [('法务', True), ('IT', False), ('HR', None)]
    """
    found = []
    for text, link in _parts(content):
        stated = _STATED.search(simplified(text))
        bare = plain(_STATED.sub(" ", text)) if stated else text
        confirmed = None if stated is None else stated["no"] is None
        key = _key(_without(link, bare))
        found.append(DependencyRef(bare or text, key, link.page, confirmed, link.space))
    return tuple(found)


def _parts(content: Content) -> Iterator[tuple[str, PageLink]]:
    """The parts of the words, each with the page that it links; a link is never taken apart."""
    said = [part for line in content.lines for part in _split(plain(line), content.pages)]
    named = [part[:_LONGEST] for part in dict.fromkeys(said) if part.lower() not in _NOBODY]
    alone = content.pages[0] if len(content.pages) == len(named) == 1 else _NO_PAGE
    for part in named[:_MOST]:
        linked = (link for link in content.pages if link.words and link.words in part)
        yield part, next(linked, alone)


def _split(line: str, links: tuple[PageLink, ...]) -> list[str]:
    """`Sales, Q4` as the words of a link is one name."""
    torn = [link.words for link in links[:_MOST] if _BETWEEN.search(link.words)]
    for at, words in enumerate(torn):
        line = line.replace(words, chr(_PRIVATE + at))
    parts = _BETWEEN.split(line)
    for at, words in enumerate(torn):
        parts = [part.replace(chr(_PRIVATE + at), words) for part in parts]
    return parts


def _without(link: PageLink, text: str) -> str:
    """Numbers in a page's title are none of its objectives."""
    return text.replace(link.words, " ") if link.words else text


def _key(text: str) -> str:
    """The objective or key result that the words name, in one spelling."""
    match = _KEY.search(simplified(plain(text)))
    if match is None:
        return ""
    if match["own"]:
        return match["own"].upper()
    if match["kr"]:
        return f"KR{match['kr']}"
    number = match["o"] or match["named"]
    if number in _NUMERALS:
        number = str(_NUMERALS.index(number) + 1)
    return f"O{int(number)}" + (f"-KR{int(match['okr'])}" if match["okr"] else "")
