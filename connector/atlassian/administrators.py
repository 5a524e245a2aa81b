"""
Who administers Confluence Cloud: what the site says that a person may do with it as a whole.

Its answer names operations on the target `application`, one of them `administer`.
https://developer.atlassian.com/cloud/confluence/rest/v1/api-group-users/#api-wiki-rest-api-user-get
https://community.developer.atlassian.com/t/how-to-check-if-a-user-can-administer-confluence-in-a-connect-app/29678
"""

from connector.atlassian.endpoints import Read
from connector.atlassian.http import Door
from connector.core.errors import NotFound, Unavailable

_ADMINISTERS = ("administer", "application")


class CloudAdministrators:
    """The port `Administrators` over one site, asked as the app."""

    def __init__(self, door: Door) -> None:
        self._door = door

    def administers(self, account: str) -> bool:
        """Nobody without a name; raises Unavailable for an answer that does not say."""
        if not account:
            return False
        params: dict[str, str | int] = {"accountId": account, "expand": "operations"}
        try:
            answer = self._door.read(Read.WIKI_PERSON, params=params)
        except NotFound:
            return False
        allowed = answer.get("operations")
        if answer.get("accountId") != account or not isinstance(allowed, list):
            raise Unavailable("confluence person answered without operations")
        return any(
            isinstance(one, dict) and (one.get("operation"), one.get("targetType")) == _ADMINISTERS
            for one in allowed
        )
