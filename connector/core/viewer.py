"""Whoever looks at a macro, as the host knows them."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Viewer:
    """`account` is the host's name for a person, empty for somebody not signed in; `token`, if
    the host gave one, asks the host with the person's own rights."""

    account: str
    token: str = field(default="", repr=False)


ANONYMOUS = Viewer("")
