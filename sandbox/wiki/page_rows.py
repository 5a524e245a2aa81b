"""Spaces, pages and content properties from rows of SQLite."""

import json
from datetime import datetime
from sqlite3 import Row

from sandbox.wiki.model import Page, Property, Space, Version


def packed(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def space_of(row: Row) -> Space:
    return Space(
        row["id"],
        row["key"],
        row["name"],
        row["author"],
        datetime.fromisoformat(row["created"]),
        bool(row["public"]),
    )


def page_of(row: Row, space: Space) -> Page:
    version = Version(
        row["number"],
        row["editor"],
        datetime.fromisoformat(row["edited"]),
        row["message"],
        bool(row["minor"]),
    )
    return Page(
        row["id"],
        space,
        row["title"],
        row["status"],
        row["parent_id"],
        row["author"],
        datetime.fromisoformat(row["created"]),
        version,
        row["body"],
    )


def property_of(row: Row) -> Property:
    version = Version(
        row["number"],
        row["author"],
        datetime.fromisoformat(row["created"]),
        row["message"],
        minor=False,
    )
    return Property(row["id"], row["key"], json.loads(row["value"]), version)
