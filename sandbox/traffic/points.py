"""
What a call costs, by Atlassian's published table.

One point for the call; one for each core object it returns (issues, projects, pages, spaces,
attachments) or two for each identity object (users, groups, roles, permissions). A write costs
one. Other reads cost one more. https://developer.atlassian.com/cloud/jira/platform/rate-limiting/
"""

import re

BASE = 1
PER_CORE = 1
PER_IDENTITY = 2
OTHER = 1

_READS_BY_POST = re.compile(
    r"/(search/jql|search/approximate-count|jql/match|bulkfetch|users-bulk|permission/check)$"
)
_CORE = re.compile(
    r"/rest/api/\w+/(issue/\{\w+\}|issue/bulkfetch|search(/jql)?|project(/search|/\{\w+\})?)"
    r"|/rest/agile/1\.0/(.+/)?issue(/\{\w+\})?|/rest/agile/1\.0/board/\{\w+\}/project"
    r"|/wiki/api/v2/(\w+/\{id\}/)?(pages|spaces)(/\{id\})?"
    r"|/wiki/api/v2/pages/\{id\}/(ancestors|attachments|children|descendants|direct-children)"
    r"|/wiki/rest/api/(search|content(/search|/\{id\})?|space(/\{\w+\})?)"
    r"|/wiki/rest/api/content/\{id\}/(child|descendant)/\{type\}"
)
_IDENTITY = re.compile(
    r"/(myself|users?|users-bulk|users?/\w+|user/\w+/search|group/\w+|groups/picker"
    r"|role(/\{\w+\})?|roledetails|mypermissions|permissions|permission/check)$"
)
_LISTS = ("issues", "results", "values", "permissions", "groups")


def points(method: str, route: str, status: int, body: object) -> int:
    """
    `route` as published, `body` the JSON of the answer.

    >>> points("GET", "/rest/api/3/issue/{issueIdOrKey}", 200, {"key": "HBR-1"})
    2
    >>> points("POST", "/rest/api/3/search/jql", 200, {"issues": [{}, {}, {}]})
    4
    >>> points("PUT", "/wiki/api/v2/pages/{id}", 200, {"id": "1"})
    1
    """
    writes = method not in {"GET", "HEAD"} and not _READS_BY_POST.search(route)
    if writes or status >= 400:
        return BASE
    if _IDENTITY.search(route):
        return BASE + PER_IDENTITY * _objects(body)
    if _CORE.fullmatch(route):
        return BASE + PER_CORE * _objects(body)
    return BASE + OTHER


def _objects(body: object) -> int:
    if isinstance(body, dict):
        listed = next((body[name] for name in _LISTS if name in body), None)
        return len(listed) if isinstance(listed, list | dict) else 1
    return len(body) if isinstance(body, list) else 1
