"""Names of Data Center's users by their key, one call each; nothing else of them is kept."""

import re
from collections.abc import Collection
from datetime import timedelta

import structlog

from connector.atlassian.endpoints import Read
from connector.atlassian.http import Door
from connector.atlassian.memory import ShortMemory
from connector.core.errors import Forbidden, NotFound, OkrError, Unauthorized

log = structlog.get_logger(__name__)

# People rarely change their name, and there is no call for many of them.
NAMES_LAST = timedelta(days=7)
LOOKED_UP_AT_ONCE = 500
_UNKNOWN = ""
_LONGEST_NAME = 200
_KEY = re.compile(r"[A-Za-z0-9:_.@-]{1,128}")


class DcPeople:
    """
    Remembers names for a week, and also who has none.

    Where the site counts our requests, half of them are left for the pages: whoever was not asked
    for is asked for the next time that a page names them.
    """

    def __init__(self, door: Door) -> None:
        self._door = door
        self._names: ShortMemory[str, str] = ShortMemory(lasting=NAMES_LAST)

    def names(self, accounts: Collection[str]) -> dict[str, str]:
        """Those that are known. A failure costs names, not the pages; only our token's raises."""
        wanted = sorted({one for one in accounts if _KEY.fullmatch(one)})
        found = {one: self._names.recall(one) for one in wanted}
        unasked = [one for one in wanted if found[one] is None]
        try:
            for key in unasked[:LOOKED_UP_AT_ONCE]:
                if not self._has_room():
                    break
                found[key] = self._ask(key)
                self._names.keep(key, found[key] or _UNKNOWN)
        except Unauthorized:
            raise
        except OkrError as error:
            log.warning("people.unnamed", accounts=len(unasked), reason=str(error))
        return {account: name for account, name in found.items() if name}

    def _has_room(self) -> bool:
        told = {name.lower(): text for name, text in self._door.rate_limits.items()}
        left, most = told.get("x-ratelimit-remaining", ""), told.get("x-ratelimit-limit", "")
        if not (left.isdecimal() and most.isdecimal()):
            return True
        return int(left) > int(most) // 2

    def _ask(self, key: str) -> str:
        try:
            given = self._door.read(Read.WIKI_PERSON, params={"key": key}).get("displayName")
        except (NotFound, Forbidden):
            return _UNKNOWN
        return " ".join(given.split())[:_LONGEST_NAME] if isinstance(given, str) else _UNKNOWN
