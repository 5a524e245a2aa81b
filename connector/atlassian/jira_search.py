"""The three searching calls of Jira Cloud, paged and in batches."""

from collections.abc import Collection, Iterator, Sequence

from connector.atlassian.batches import batches
from connector.atlassian.endpoints import Read
from connector.atlassian.http import Door
from connector.core.errors import Unavailable
from connector.core.json import JsonObject
from connector.core.okr import IssueId, IssueKey

ISSUES_PER_CALL = 100
MOST_ANSWERS = 1000
MOST_RECONCILED = 50
MATCHED_PER_CALL = 500
QUERIES_PER_CALL = 50


class JiraSearch:
    """Speaks JSON; the adapter above speaks issues."""

    def __init__(self, door: Door) -> None:
        self._door = door

    def issues(
        self, jql: str, fields: Sequence[str], reconcile: Collection[IssueId] = ()
    ) -> Iterator[JsonObject]:
        """
        All issues a query finds, 100 per call.

        `reconcileIssues` takes at most 50 ids, which must be the same on each page; the field
        shows pages of at most 100 once more than ids are asked for. Raises Refused for a query
        that Jira does not accept, among them one that names an unknown or hidden key.
        """
        body: JsonObject = {"jql": jql, "fields": list(fields), "maxResults": ISSUES_PER_CALL}
        ids = [int(found) for found in reconcile if _is_id(found)][:MOST_RECONCILED]
        if ids:
            body["reconcileIssues"] = ids
        seen: set[str] = set()
        for _ in range(MOST_ANSWERS):
            answer = self._door.read(Read.ISSUE_SEARCH, body=body)
            yield from listed(answer, "issues")
            token = answer.get("nextPageToken")
            if not isinstance(token, str) or not token or answer.get("isLast") is True:
                return
            if token in seen:
                raise Unavailable("jira issue_search repeats its page token")
            seen.add(token)
            body = body | {"nextPageToken": token}
        raise Unavailable("jira issue_search does not come to an end")

    def fetch(self, keys: Sequence[IssueKey], fields: Sequence[str]) -> Iterator[JsonObject]:
        """Those of these issues that we may read, in 100s; a moved one comes with its new key."""
        for batch in batches(keys, ISSUES_PER_CALL):
            body: JsonObject = {"issueIdsOrKeys": list(batch), "fields": list(fields)}
            yield from listed(self._door.read(Read.ISSUES, body=body), "issues")

    def fetch_one(self, key: IssueKey, fields: Sequence[str]) -> JsonObject:
        """Finds moved issues by their old key. Raises NotFound."""
        return self._door.read(Read.ISSUE, part=key, params={"fields": ",".join(fields)})

    def matches(
        self, queries: Sequence[str], issues: Sequence[IssueId]
    ) -> dict[str, set[IssueId] | str]:
        """
        Which of the issues each query finds, or what Jira says is wrong with the query.

        The published limits are unnamed ("exceeds the maximum number"); 50 queries with 500
        issues per call are well inside what has been seen.
        """
        found: dict[str, set[IssueId] | str] = {}
        for some in batches(queries, QUERIES_PER_CALL):
            for ids in batches(issues, MATCHED_PER_CALL):
                body: JsonObject = {"jqls": list(some), "issueIds": [int(i) for i in ids]}
                answer = self._door.read(Read.JQL_MATCH, body=body)
                for query, match in zip(some, listed(answer, "matches"), strict=False):
                    found[query] = _joined(found.get(query), match)
        return found


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal()


def listed(answer: JsonObject, name: str) -> list[JsonObject]:
    listed = answer.get(name)
    if not isinstance(listed, list) or not all(isinstance(item, dict) for item in listed):
        raise Unavailable(f"jira answered without {name}")
    return listed


def _joined(before: set[IssueId] | str | None, match: JsonObject) -> set[IssueId] | str:
    if isinstance(before, str):
        return before
    if match.get("errors"):
        return "; ".join(str(error) for error in match["errors"])[:300]
    return (before or set()) | {IssueId(str(found)) for found in match.get("matchedIssues") or ()}
