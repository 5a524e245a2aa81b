"""
Addresses of the pages for people, built here and nowhere else.

Each product hangs under a root. On a Cloud site these are `/wiki` and the site itself; where the
products have context paths of their own, another `Roots` says so.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import current_app

from sandbox.wiki.model import Page


@dataclass(frozen=True, slots=True)
class Roots:
    """`wiki`: before `/spaces`; `jira`: before `/browse`; `boards`: before `/boards`."""

    wiki: str = "/wiki"
    jira: str = ""
    boards: str = "/jira"


CLOUD = Roots()
DATA_CENTER = Roots(wiki="/confluence", jira="/jira", boards="/jira")


def roots() -> Roots:
    """Those of the application that answers."""
    found: Roots = current_app.extensions.get("sandbox-roots", CLOUD)
    return found


def asked(address: str, **query: object) -> str:
    """The address with a query; what is empty is left out."""
    kept = {name: value for name, value in query.items() if value not in {None, "", False}}
    return f"{address}?{urlencode(kept)}" if kept else address


def home() -> str:
    return "/"


def account() -> str:
    """Where somebody chooses who they are."""
    return "/account"


def people() -> str:
    """Who may do what."""
    return "/people"


def applications() -> str:
    """Which applications may ask for access, and what one granted."""
    return f"{roots().wiki}/plugins/servlet/applinks"


def consent() -> str:
    """Where somebody lets an application in, as Data Center names it."""
    return f"{roots().wiki}/plugins/servlet/oauth2/consent"


def user_macros() -> str:
    return f"{roots().wiki}/admin/usermacros.action"


def space(key: str, part: str = "") -> str:
    return f"{roots().wiki}/spaces/{key}{part and f'/{part}'}"


def page(found: Page, part: str = "") -> str:
    return f"{space(found.space.key)}/pages/{found.id}{part and f'/{part}'}"


def wiki_search(text: str = "") -> str:
    return asked(f"{roots().wiki}/search", text=text)


def board(key: str, **query: object) -> str:
    return asked(f"{roots().boards}/boards/{key}", **query)


def issue(key: str, part: str = "") -> str:
    return f"{roots().jira}/browse/{key}{part and f'/{part}'}"


def issue_search(jql: str = "", **query: object) -> str:
    return asked(f"{roots().boards}/search", jql=jql, **query)


def new_issue(**query: object) -> str:
    return asked(f"{roots().boards}/create", **query)


def local(address: str) -> str | None:
    """The address if it stays on this site, None otherwise: for going back after a form."""
    if not address.startswith("/") or address.startswith("//") or "\\" in address:
        return None
    return address if address.isprintable() else None
