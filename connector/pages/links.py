"""Jira work named in plain text; what only looks like a key is left alone."""

import re

from connector.core.okr import EpicLink, IssueKey, JiraLink, JqlLink
from connector.core.text import plain
from connector.pages.content import KEY, Content, jira_link

_NO_PROJECT = re.compile(
    "UTF|COVID|SHA|ISO|MD|GPT|RFC|CVE|CWE|IEC|ANSI|GB|IEEE|PEP|AES|RSA|HTTP|TLS|SSL|IPV|IPHONE|WIN|"
    "FY|TOP|VIP|P0|P1|P2|GEN|PHASE|STEP|LEVEL|TIER|SOC|PCI|NPS|DAY|WEEK|CET|UTC|GMT"
)
_PERIOD = re.compile(r"(?:FY|Q|H|B)\d{0,4}-\d+|[A-Z]+-(?:19|20)\d\d")
_LONGEST = 2_000  # a text beyond any sentence is not searched
_WORD = r"(?<![A-Za-z0-9_/.-])"
_ANY = re.compile(rf"{_WORD}{KEY.pattern}(?![\w-])")
_SAID = re.compile(
    rf"(?:jira|epic|issue|ticket|史诗|任务|关联|需求单)\s?[:#]?\s?(?P<a>{KEY.pattern})(?![\w-])"
    rf"|[(\[【]\s?(?P<b>{KEY.pattern}(?:\s?[,、/;]\s?{KEY.pattern})*)\s?[)\]】]"
    rf"|(?:[-–—|·:,;]\s?|^)(?P<c>{KEY.pattern}(?:\s?[,、/;]\s?{KEY.pattern})*)\s?[.。]?$",
    re.IGNORECASE,
)
_CALLED = r"(?:\b(?:jira|epic|issue|ticket)|史诗|任务|关联|需求单)?\s?[:#]?\s?"
_JQL = re.compile(
    r"^[A-Za-z\"'][\w .\"'\[\]-]*\s*(?:!?=|!?~|\bin\b|\bnot in\b|\bis\b|[<>]=?)\s*\S", re.I
)
_ADDRESS = re.compile(r"https?://\S+")
_REFERENCE = re.compile(rf"{_ADDRESS.pattern}|{_ANY.pattern}")
_OPENING = re.compile(r"[(\[【]")
_NUMBERED = re.compile(r"-[1-9]")  # no key is without it
_EMPTY_END = re.compile(r"[(\[【]\s?[)\]】]|[\s\-–—|·:,;]+$")


def links_in_column(content: Content) -> tuple[JiraLink, ...]:
    """In a Jira column every key counts (UTF-8 is none), and so does a text shaped as a query."""
    found: list[JiraLink] = [*content.links]
    for line in (one for one in content.lines if len(one) <= _LONGEST):
        named = (_named(match[0]) for match in _REFERENCE.finditer(line))
        keys = [link for link in named if link]
        if not _JQL.match(line):
            found.extend(keys)
        elif not _ADDRESS.search(line):
            found.append(JqlLink(line))
    return tuple(dict.fromkeys(found))


def _named(reference: str) -> JiraLink | None:
    if reference.startswith("http"):
        return jira_link(reference)
    return EpicLink(IssueKey(reference)) if _is_key(reference) else None


def links_in_text(text: str) -> tuple[EpicLink, ...]:
    """Keys that a sentence presents as Jira work.

    >>> links_in_text("Checkout is quick (PAY-42, PAY-43)")
    (EpicLink(key='PAY-42'), EpicLink(key='PAY-43'))
    >>> links_in_text("All files are in UTF-8, as ISO-8601 asks since Q4-2026")
    ()
    """
    if len(text) > _LONGEST or not _NUMBERED.search(plain(text)):
        return ()
    keys = [
        key
        for match in _SAID.finditer(plain(text))
        for key in KEY.findall(match["a"] or match["b"] or match["c"])
        if _is_key(key)
    ]
    return tuple(EpicLink(IssueKey(key)) for key in dict.fromkeys(keys))


def without_links(text: str) -> str:
    """The sentence without the keys it presents in brackets or at its end.

    >>> without_links("Hires rise from 12% to 30% — HBR-20")
    'Hires rise from 12% to 30%'
    """
    if len(text) > _LONGEST:
        return plain(text)
    keys = [link.key for link in links_in_text(text)]
    said = plain(text)
    if not keys and said[-1:].isalnum() and not _OPENING.search(said):
        return said
    for key in keys:
        said = re.sub(
            rf"(?:[,、/;]\s?)?{_CALLED}{re.escape(key)}(?:\s?[,、/;]\s?(?={KEY.pattern}))?",
            " ",
            said,
            flags=re.IGNORECASE,
        )
    before = None
    while said != before:
        before, said = said, plain(_EMPTY_END.sub("", said))
    return said or plain(text)


def _is_key(key: str) -> bool:
    return not (_NO_PROJECT.fullmatch(key.partition("-")[0]) or _PERIOD.fullmatch(key))
