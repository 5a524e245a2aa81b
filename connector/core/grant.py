"""What a host grants somebody who lets us read as them."""

from dataclasses import dataclass, field
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Grant:
    """`access` opens the host for `lasts`; `refresh` is good once, for the next grant."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    lasts: timedelta
