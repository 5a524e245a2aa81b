"""A door for each person who lets us ask a site with their own token."""

from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256

from connector.atlassian.http import Door, Limits
from connector.atlassian.memory import ShortMemory

# Somebody waits for the page; and one person's questions come one after the other.
VIEWER_LIMITS = Limits(timeout=10, concurrent=1, largest=4 * 1024 * 1024)
# People who are not signed in share one door.
NOBODYS_LIMITS = Limits(timeout=10, concurrent=3, largest=4 * 1024 * 1024)
_KEPT = 200
_LASTING = timedelta(minutes=10)


class ViewerDoors:
    """
    Makes a door when a token is first seen and keeps it for ten minutes, so that its connection
    and what the site said of its limits are used again. Tokens are kept in the doors alone.
    """

    def __init__(self, make: Callable[[str], Door], *, most: int = _KEPT) -> None:
        self._make = make
        self._doors: ShortMemory[bytes, Door] = ShortMemory(lasting=_LASTING, most=most)

    def __repr__(self) -> str:
        return "ViewerDoors()"

    def __call__(self, token: str) -> Door:
        """Two threads that come at once may make two doors; the later one is kept."""
        key = sha256(token.encode(errors="replace")).digest()
        door = self._doors.recall(key)
        if door is None:
            door = self._make(token)
            self._doors.keep(key, door)
        return door
