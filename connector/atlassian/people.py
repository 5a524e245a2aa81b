"""Display names of Confluence's users by account, many per call; nothing else of them is kept."""

import re
from collections.abc import Collection
from datetime import timedelta

import structlog

from connector.atlassian.batches import batches
from connector.atlassian.endpoints import Read
from connector.atlassian.http import Door
from connector.atlassian.memory import ShortMemory
from connector.core.errors import OkrError, Unauthorized, Unavailable
from connector.core.json import JsonObject

log = structlog.get_logger(__name__)

ACCOUNTS_PER_CALL = 250
NAMES_LAST = timedelta(hours=1)
_UNKNOWN = ""
_LONGEST_NAME = 200
# One odd id, which anybody can write on a page, must not spoil the call for all others.
_ACCOUNT = re.compile(r"[A-Za-z0-9:_-]{1,128}")


class People:
    """Remembers names for an hour, and also who has none."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._names: ShortMemory[str, str] = ShortMemory(lasting=NAMES_LAST)

    def names(self, accounts: Collection[str]) -> dict[str, str]:
        """Those that are known. A failure costs names, not the pages; only our token's raises."""
        wanted = sorted({one for one in accounts if _ACCOUNT.fullmatch(one)})
        found = {one: self._names.recall(one) for one in wanted}
        unasked = [one for one in wanted if found[one] is None]
        try:
            for batch in batches(unasked, ACCOUNTS_PER_CALL):
                asked = self._ask(list(batch))
                for account in batch:
                    found[account] = asked.get(account, _UNKNOWN)
                    self._names.keep(account, asked.get(account, _UNKNOWN))
        except Unauthorized:
            raise
        except OkrError as error:
            log.warning("people.unnamed", accounts=len(unasked), reason=str(error))
        return {account: name for account, name in found.items() if name}

    def _ask(self, accounts: list[str]) -> dict[str, str]:
        answer = self._door.read(Read.USERS, body={"accountIds": accounts})
        results = answer.get("results")
        if not isinstance(results, list):
            raise Unavailable("confluence users answered without results")
        users = [one for one in results if isinstance(one, dict)]
        return {str(one.get("accountId")): _name(one) for one in users}


def _name(user: JsonObject) -> str:
    """Empty where the user hides both names."""
    given = (user.get("displayName"), user.get("publicName"))
    names = (" ".join(one.split()) for one in given if isinstance(one, str))
    return next((name[:_LONGEST_NAME] for name in names if name), _UNKNOWN)
