"""What Confluence knows: spaces, pages and their versions, labels, properties."""

from dataclasses import dataclass
from datetime import datetime

LARGEST_ID = 2**63 - 1  # what SQLite counts to


@dataclass(frozen=True, slots=True)
class Space:
    id: int
    key: str
    name: str
    author: str
    created: datetime
    public: bool = False


@dataclass(frozen=True, slots=True)
class Version:
    number: int
    author: str
    created: datetime
    message: str
    minor: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was in one of its versions. `body` is storage format, byte for byte."""

    id: int
    space: Space
    title: str
    status: str
    parent_id: int | None
    author: str
    created: datetime
    version: Version
    body: str


@dataclass(frozen=True, slots=True)
class Label:
    id: int
    prefix: str
    name: str


@dataclass(frozen=True, slots=True)
class Property:
    id: int
    key: str
    value: object
    version: Version
