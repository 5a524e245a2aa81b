"""Whoever looks at a macro, as the host knows them."""

from dataclasses import dataclass, field

from connector.core.errors import Unauthorized


@dataclass(frozen=True, slots=True)
class Viewer:
    """`account` is the host's name for a person, empty for somebody not signed in; `token`, if
    the host gave one, asks the host with the person's own rights."""

    account: str
    token: str = field(default="", repr=False)


ANONYMOUS = Viewer("")


class ViewerNotAccepted(Unauthorized):
    """The host does not know the viewer by this token, or not any more: they sign in again."""

    code = "viewer_not_accepted"
