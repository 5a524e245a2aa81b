"""What all of the sandbox's own pages share: theme, language, navigation."""

from dataclasses import dataclass

from flask import make_response, render_template, request
from flask.wrappers import Response

from sandbox.directory import User, user_by_id
from sandbox.site import current_site
from sandbox.ui.words import WORDS

_YEAR = 365 * 24 * 3600
_THEMES = ("light", "dark")
_LOCALES = ("en", "zh")


@dataclass(frozen=True, slots=True)
class Look:
    theme: str
    locale: str


def look() -> Look:
    """From the address, else from the cookie of an earlier choice."""
    return Look(_chosen("theme", _THEMES), _chosen("locale", _LOCALES))


def _chosen(name: str, allowed: tuple[str, ...]) -> str:
    for value in (request.args.get(name, ""), request.cookies.get(f"sandbox-{name}", "")):
        if value[:5] in allowed or value[:2] in allowed:
            return value if value in allowed else value[:2]
    return allowed[0]


def shown(template: str, status: int = 200, **values: object) -> Response:
    """The page, with the choice of theme and language remembered."""
    chosen, site = look(), current_site()
    html = render_template(
        template,
        look=chosen,
        words=WORDS[chosen.locale],
        spaces=site.pages.spaces(),
        projects=site.issues.projects(),
        other_theme=_THEMES[chosen.theme == "light"],
        other_locale=_LOCALES[chosen.locale == "en"],
        initials=initials,
        **values,
    )
    response = make_response(html, status)
    for name in ("theme", "locale"):
        if name in request.args:
            response.set_cookie(
                f"sandbox-{name}", getattr(chosen, name), max_age=_YEAR, samesite="Lax"
            )
    response.headers["Cache-Control"] = "no-store"
    return response


def person(account_id: str | None) -> User | None:
    return user_by_id(account_id)


def initials(name: str) -> str:
    """
    Two letters for a round picture.

    >>> initials("Tom Becker"), initials("李娜")
    ('TB', '李娜')
    """
    parts = name.split()
    return "".join(part[0] for part in parts[:2]) if len(parts) > 1 else name[:2]
