"""
User macros: templates that a system administrator wrote, drawn into pages.

Velocity calls methods; since 9.0 Confluence lets a template call listed ones only and logs the
rest. Here the references that need no such call are drawn and nothing else is: `$!paramName`,
`$!body`, `$!content.id`, each with or without `!` and braces. Everything else stays as written,
or vanishes behind a `!`, with a line in the log. Values are escaped, unless the reference ends
in `Html`.
https://confluence.atlassian.com/doc/user-macro-template-syntax-223906130.html
https://developer.atlassian.com/server/framework/atlassian-sdk/configuring-the-velocity-allowlist/
https://developer.atlassian.com/server/confluence/enabling-xss-protection-in-plugins/
"""

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock

from markupsafe import Markup

log = logging.getLogger(__name__)

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
LONGEST_TEMPLATE = 64 * 1024
_DECLARED = re.compile(r"^[ \t]*##[ \t]*@param[ \t]+(\w+)", re.MULTILINE)
_COMMENT = re.compile(r"^[ \t]*##.*(?:\n|\Z)|##.*$", re.MULTILINE)
_REFERENCE = re.compile(
    r"\$(?P<quiet>!?)(?P<open>\{?)"
    r"(?P<name>[A-Za-z][\w-]*(?:\.[A-Za-z]\w*)*)(?P<call>(?:\([^()]*\)(?:\.\w+)*)*)"
    r"(?(open)\}?)"
)
_DIRECTIVE = re.compile(r"#(?:set|if|elseif|else|end|foreach|include|parse|macro|evaluate)\b")
_UNESCAPED = re.compile(r"Html$")


@dataclass(frozen=True, slots=True)
class UserMacro:
    """`name` is what stands in `ac:name`; a macro without a body, as its form would say."""

    name: str
    template: str

    @property
    def parameters(self) -> frozenset[str]:
        """Those it declares: others are not handed to it."""
        return frozenset(_DECLARED.findall(self.template))


class WrongMacro(ValueError):
    """What is wrong with a user macro, in one sentence."""


class UserMacros:
    """All of a site."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._held: dict[str, UserMacro] = {}

    def all(self) -> list[UserMacro]:
        with self._lock:
            return sorted(self._held.values(), key=lambda one: one.name)

    def find(self, name: str) -> UserMacro | None:
        with self._lock:
            return self._held.get(name)

    def put(self, name: str, template: str) -> UserMacro:
        """Raises `WrongMacro`. A macro of that name is replaced."""
        if not NAME.fullmatch(name):
            raise WrongMacro("A name has small letters, digits and hyphens")
        if not template.strip() or len(template) > LONGEST_TEMPLATE:
            raise WrongMacro(f"A template has 1 to {LONGEST_TEMPLATE} characters")
        made = UserMacro(name, template.replace("\r\n", "\n"))
        with self._lock:
            self._held[name] = made
        return made

    def remove(self, name: str) -> None:
        with self._lock:
            self._held.pop(name, None)


def drawn(macro: UserMacro, given: Mapping[str, str], *, page_id: int, body: Markup) -> Markup:
    """The template's HTML for one place on one page."""
    values: dict[str, str | Markup] = {
        f"param{name}": text for name, text in given.items() if name in macro.parameters
    }
    values |= {"content.id": str(page_id), "body": body}

    def value(found: re.Match[str]) -> str:
        return _value(macro, found, values)

    text = _COMMENT.sub("", macro.template)
    for directive in sorted(set(_DIRECTIVE.findall(text))):
        log.warning("user macro %s: %s is not played here", macro.name, directive)
    return Markup(_REFERENCE.sub(value, text))  # noqa: S704 - HTML is what an administrator writes here


def _value(macro: UserMacro, found: re.Match[str], values: Mapping[str, str | Markup]) -> str:
    name = found["name"]
    known = None if found["call"] else values.get(name)
    if known is not None:
        return known if _UNESCAPED.search(name) else Markup.escape(known)
    if found["call"] or "." in name:
        log.warning("user macro %s: invocation blocked: %s", macro.name, found[0])
    return "" if found["quiet"] else found[0]
