"""What we may leave at a page: content properties of our own, and nothing else."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from connector.core.okr import PageId


class PropertyKey(StrEnum):
    """The properties that are ours.

    `OKRS` has letters and digits only, and is of all apps in the world ours alone: so asks the
    index of properties.
    """

    OKRS = "okrconnector"
    BYLINE = "okr-connector-byline"


class Publish(StrEnum):
    """What the people who run a site let us leave there."""

    OFF = "off"
    PROPERTIES = "properties"


@dataclass(frozen=True, slots=True)
class Published:
    """
    What we know of our properties at a page, by their digests; a key that is missing has none.

    `revision` is that of the page when it was looked at, `checked_at` when that was.
    """

    page: PageId
    revision: int
    checked_at: datetime
    digests: Mapping[PropertyKey, str]


def digest(value: object) -> str:
    """The same for values that are the same JSON.

    >>> digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})
    True
    """
    return sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()
