"""The JSON of Confluence Data Center's REST API as our types; what does not fit was no answer."""

from datetime import datetime
from urllib.parse import parse_qs, urlsplit

from connector.atlassian.wiki_wire import label_names
from connector.core.errors import Unavailable
from connector.core.json import JsonObject
from connector.core.okr import PageId
from connector.ports import PageStamp, WikiPage


def stamp(given: JsonObject) -> PageStamp:
    """A found page with `expand=version`."""
    try:
        return PageStamp(PageId(str(given["id"])), int(given["version"]["number"]))
    except (KeyError, TypeError, ValueError):
        raise Unavailable("confluence: a search result without id or version") from None


def page(given: JsonObject, *, base: str) -> WikiPage:
    """A page with body, version, space and labels expanded; `base` is the wiki's address."""
    try:
        return WikiPage(
            page=PageId(str(given["id"])),
            title=str(given["title"]),
            space=str(given["space"]["key"]),
            url=base.rstrip("/") + str(given["_links"]["webui"]),
            version=int(given["version"]["number"]),
            labels=label_names(given["metadata"]["labels"]["results"]),
            body=str(given["body"]["storage"]["value"]),
            saved_at=_moment(given["version"].get("when")),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        said = "confluence: a page without title, version, space, labels or body"
        raise Unavailable(said) from None


def start_of_next(answer: JsonObject, start: int) -> int | None:
    """
    Where the next results begin: as `_links.next` has it, else behind the `limit` that the site
    kept to; None after the last.
    """
    links = answer.get("_links")
    following = links.get("next") if isinstance(links, dict) else None
    if not isinstance(following, str) or not following:
        return None
    told = parse_qs(urlsplit(following).query).get("start", [""])[0]
    if told.isascii() and told.isdecimal():
        return int(told)
    limit = answer.get("limit")
    return start + limit if isinstance(limit, int) else None


def _moment(text: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(text)) if text else None
    except ValueError:
        return None
