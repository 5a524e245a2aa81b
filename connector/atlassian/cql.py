"""Writing CQL: labels are quoted, times are relative."""

from collections.abc import Collection
from datetime import datetime, timedelta

INDEX_MARGIN = timedelta(minutes=5)


def labelled_pages(labels: Collection[str], since: datetime | None, *, now: datetime) -> str:
    """
    Pages with one of the labels, changed since then or all of them.

    CQL reads a date in the time zone of whoever set up the site (CONFCLOUD-70966) and in whole
    minutes, so the border is relative: how long ago, by our clock alone, and a margin for the
    index, which lags.
    """
    named = ", ".join(_quoted(label) for label in sorted(labels))
    cql = f"label in ({named}) and type = page"
    if since is None:
        return cql
    ago = now - since + INDEX_MARGIN
    minutes = max(1, -(-int(ago.total_seconds()) // 60))
    return f'{cql} and lastmodified >= now("-{minutes}m")'


def titled_page(space: str, title: str) -> str:
    """The page of a title in a space; archived and trashed ones are in no search."""
    return f"type = page and space = {_quoted(space)} and title = {_quoted(title)}"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
