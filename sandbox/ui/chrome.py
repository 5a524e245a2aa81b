"""What all of the sandbox's own pages share: who looks, theme, language, navigation."""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from zoneinfo import ZoneInfo

from flask import make_response, render_template, request
from flask.wrappers import Response

from sandbox import links
from sandbox.directory import USERS, User, user_by_id
from sandbox.jira.groups import ADMINISTRATORS, GROUPS
from sandbox.site import current_site
from sandbox.ui.app_links import app_links
from sandbox.ui.identity import acting
from sandbox.ui.words import WORDS

_YEAR = 365 * 24 * 3600
_THEMES = ("light", "dark")
_LOCALES = ("en", "zh")
_STRANGERS_ZONE = ZoneInfo("Etc/UTC")


@dataclass(frozen=True, slots=True)
class Look:
    theme: str
    locale: str

    @property
    def words(self) -> dict[str, str]:
        return WORDS[self.locale]


def look() -> Look:
    """From the address, else from the cookie of an earlier choice, else as the user has it."""
    user = acting()
    own = user.locale if user else ""
    return Look(_chosen("theme", _THEMES, ""), _chosen("locale", _LOCALES, own))


def _chosen(name: str, allowed: tuple[str, ...], own: str) -> str:
    for value in (request.args.get(name, ""), request.cookies.get(f"sandbox-{name}", ""), own):
        if value and (value[:5] in allowed or value[:2] in allowed):
            return value if value in allowed else value[:2]
    return allowed[0]


def shown(template: str, status: int = HTTPStatus.OK, **values: object) -> Response:
    """The page, with the choice of theme and language remembered."""
    chosen, site, me = look(), current_site(), acting()
    html = render_template(
        template,
        look=chosen,
        words=chosen.words,
        links=links,
        me=me,
        users=USERS,
        administers=administers(me),
        data_center=site.data_center is not None,
        spaces=[space for space in site.pages.spaces() if site.pages.may_view(space, me)],
        projects=[one for one in site.issues.projects() if site.issues.may_browse(one, me)],
        here=request.full_path.rstrip("?"),
        other_theme=_THEMES[chosen.theme == "light"],
        other_locale=_LOCALES[chosen.locale == "en"],
        app_links=app_links(),
        initials=initials,
        person=person,
        when=when,
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


def refused(status: int) -> Response:
    """Nothing tells what is missing from what is hidden."""
    return shown("refused.html", status, refusal=int(status))


def administers(user: User | None) -> bool:
    return user in GROUPS[ADMINISTRATORS]


def person(account_id: str | None) -> User | None:
    return user_by_id(account_id)


def when(moment: datetime) -> str:
    """In the zone of whoever looks."""
    me = acting()
    return moment.astimezone(me.zone if me else _STRANGERS_ZONE).strftime("%Y-%m-%d %H:%M %Z")


def initials(name: str) -> str:
    """
    Two letters for a round picture.

    >>> initials("Tom Becker"), initials("李娜")
    ('TB', '李娜')
    """
    parts = name.split()
    return "".join(part[0] for part in parts[:2]) if len(parts) > 1 else name[:2]
