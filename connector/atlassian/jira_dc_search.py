"""Searching Jira Data Center: `startAt` and `total`, up to a thousand issues in a call."""

from collections.abc import Collection, Iterator, Sequence

from connector.atlassian.answers import NotOffered, TooMuch
from connector.atlassian.endpoints import Read
from connector.atlassian.http import Door
from connector.atlassian.jira_search import listed
from connector.atlassian.jql import keys_in
from connector.atlassian.remedies import Remedy, with_remedy
from connector.core.errors import Forbidden, NotFound, Refused, Unavailable
from connector.core.json import JsonObject
from connector.core.okr import IssueId, IssueKey

# The default of `jira.search.views.default.max`; a site that allows less trims the page.
ISSUES_PER_CALL = 1000
MOST_ANSWERS = 1000
MOST_READ_AFRESH = 5
# Servlet containers take 8 KB for all headers of a request.
LONGEST_IN_ADDRESS = 4000


class JiraDcSearch:
    """Speaks JSON; the adapter above speaks issues."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._only_get = False

    def issues(
        self, jql: str, fields: Sequence[str], reconcile: Collection[IssueId] = ()
    ) -> Iterator[JsonObject]:
        """
        All issues a query finds.

        The search of one node sees a change at once, that of the others in a cluster a moment
        later. There is no `reconcileIssues` here: a few of those that changed just now are read
        by themselves, if the query finds them. Raises Refused for a query that Jira does not
        accept.
        """
        afresh = set(list(reconcile)[:MOST_READ_AFRESH])
        for given in self._pages({"jql": f"{jql} ORDER BY key", "fields": list(fields)}):
            if str(given.get("id")) not in afresh:
                yield given
            elif (read := self._one(str(given.get("key")), fields)) is not None:
                yield read

    def finds(self, jql: str) -> bool:
        """Whether a query finds any issue. Raises Refused as `issues` does."""
        body: JsonObject = {"jql": jql, "fields": ["status"], "startAt": 0, "maxResults": 1}
        return bool(listed(self._ask(body), "issues"))

    def fetch(self, keys: Sequence[IssueKey], fields: Sequence[str]) -> Iterator[JsonObject]:
        """
        Those of these issues that we may read: one call where Jira only warns of keys it does
        not know (`validateQuery`), else the one that is refused is found by halving.
        """
        body: JsonObject = {
            "jql": keys_in("key", keys),
            "fields": list(fields),
            "validateQuery": False,
        }
        try:
            yield from list(self._pages(body))
        except Refused:
            if len(keys) > 1:
                half = len(keys) // 2
                yield from self.fetch(keys[:half], fields)
                yield from self.fetch(keys[half:], fields)

    def fetch_one(self, key: IssueKey, fields: Sequence[str]) -> JsonObject:
        """Finds moved issues by their old key. Raises NotFound."""
        return self._door.read(Read.DC_ISSUE, part=key, params={"fields": ",".join(fields)})

    def _one(self, key: str, fields: Sequence[str]) -> JsonObject | None:
        try:
            return self.fetch_one(IssueKey(key), fields)
        except (NotFound, Forbidden):
            return None

    def _pages(self, body: JsonObject) -> Iterator[JsonObject]:
        start = 0
        for _ in range(MOST_ANSWERS):
            asked = body | {"startAt": start, "maxResults": ISSUES_PER_CALL}
            answer = self._ask(asked)
            found = listed(answer, "issues")
            yield from found
            start += len(found)
            total = answer.get("total")
            if not isinstance(total, int):
                raise Unavailable("jira issue_search answered without total")
            if not found or start >= total:
                return
        raise Unavailable("jira issue_search does not come to an end")

    def _ask(self, body: JsonObject) -> JsonObject:
        """By POST; through a gateway that lets only GET pass, by GET from then on."""
        if not self._only_get:
            try:
                return self._door.read(Read.DC_ISSUE_SEARCH, body=body)
            except NotOffered:
                self._only_get = True
        if len(body["jql"]) > LONGEST_IN_ADDRESS:
            said = "jira issue_search: POST is not let through, and the query is too long for GET"
            raise with_remedy(TooMuch(said), Remedy.METHOD)
        params = body | {"fields": ",".join(body["fields"])}
        if "validateQuery" in params:
            params["validateQuery"] = "false"
        return self._door.read(Read.DC_ISSUE_LIST, params=params)
