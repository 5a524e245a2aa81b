"""Confluence's JSON as our types; what does not fit was not an answer."""

from datetime import datetime
from urllib.parse import parse_qs, unquote, urlsplit

from connector.core.errors import Unavailable
from connector.core.json import JsonObject
from connector.core.okr import PageId
from connector.ports import PageStamp, WikiPage


def stamp(result: JsonObject) -> PageStamp | None:
    """One result of a CQL search with `expand=content.version`; None when it is no page."""
    content = result.get("content")
    if not isinstance(content, dict) or content.get("type", "page") != "page":
        return None
    try:
        return PageStamp(PageId(str(content["id"])), int(content["version"]["number"]))
    except (KeyError, TypeError, ValueError):
        raise Unavailable("confluence: a search result without id or version") from None


def searched_labels(result: JsonObject) -> frozenset[str] | None:
    """Labels of a search result (`expand=content.metadata.labels`), None when not all came."""
    content = result.get("content")
    metadata = content.get("metadata") if isinstance(content, dict) else None
    labels = metadata.get("labels") if isinstance(metadata, dict) else None
    if isinstance(labels, list):
        return label_names(labels)
    if not isinstance(labels, dict) or not isinstance(labels.get("results"), list):
        return None
    found = labels["results"]
    limit = labels.get("limit")
    if isinstance(limit, int) and len(found) >= limit:
        return None
    return label_names(found)


def label_names(labels: list[JsonObject]) -> frozenset[str]:
    return frozenset(str(lb["name"]) for lb in labels if isinstance(lb, dict) and "name" in lb)


def page(given: JsonObject, *, labels: frozenset[str], base: str) -> WikiPage:
    """A page of API v2 with its body in storage format; `base` is the wiki's address."""
    try:
        webui = str(given["_links"]["webui"])
        return WikiPage(
            page=PageId(str(given["id"])),
            title=str(given["title"]),
            space=_space(webui) or str(given.get("spaceId", "")),
            url=base.rstrip("/") + webui,
            version=int(given["version"]["number"]),
            labels=labels,
            body=str(given["body"]["storage"]["value"]),
            saved_at=_moment(given["version"].get("createdAt")),
        )
    except (KeyError, TypeError, ValueError):
        raise Unavailable("confluence: a page without title, version or body") from None


def _moment(text: object) -> datetime | None:
    """When the version was saved; a wiki that does not say leaves the age unknown."""
    try:
        return datetime.fromisoformat(str(text)) if text else None
    except ValueError:
        return None


def _space(webui: str) -> str:
    """v2 pages carry the space's id; its key is in their own link: `/spaces/KEY/pages/1/Title`."""
    parts = urlsplit(webui).path.split("/")
    return unquote(parts[2]) if len(parts) > 2 and parts[1] == "spaces" else ""


def next_cursor(answer: JsonObject) -> str | None:
    """
    The cursor of `_links.next`, which is a path with a query; only the cursor is taken from it.
    """
    links = answer.get("_links")
    following = links.get("next") if isinstance(links, dict) else None
    if not isinstance(following, str):
        return None
    cursors = parse_qs(urlsplit(following).query).get("cursor")
    return cursors[0] if cursors else None


def base_of(answer: JsonObject, otherwise: str) -> str:
    """The address people use: behind the API gateway it differs from the one we call."""
    links = answer.get("_links")
    base = links.get("base") if isinstance(links, dict) else None
    return base if isinstance(base, str) and base.startswith("http") else otherwise
