"""
Calls of routes that the platform's description does not have.

The agile API has a description of its own, and webhooks of administrators have none, only a page:
https://developer.atlassian.com/cloud/jira/platform/webhooks/. `UNDESCRIBED` says so by prefix;
what is asked of their answers are the keys by which the Python client `jira` and receivers of
webhooks know them.
"""

from tests.sandbox.published import Call

UNDESCRIBED = {
    "/rest/agile/1.0/": "Jira Software has a description of its own, which is not at hand",
    "/rest/webhooks/1.0/": "there is a page about it and no description",
}
AGILE = "/rest/agile/1.0"
SPRINT = {"name": "Sprint 9", "originBoardId": 3, "goal": "Go", "startDate": "2026-11-02T08:00:00Z",
          "endDate": "2026-11-16T08:00:00Z"}  # fmt: skip
HOOK = {
    "name": "ours",
    "url": "http://127.0.0.1:1/jira",
    "events": ["jira:issue_updated"],
    "filters": {"issue-related-events-section": "project = HBR"},
}
PAGE = "maxResults startAt isLast values"
ISSUES = "startAt maxResults total issues"
OF_BOARD = "id self name type location.projectKey location.projectId"
OF_SPRINT = "id self state name originBoardId"
OF_EPIC = "id key self name summary color.key done"
MOVE = {"issues": ["HBR-29"]}
OF_HOOK = "self name url events filters enabled"


KNOWN = {
    "boardId": "3",
    "sprintId": "1",
    "epicId": "HBR-1",
    "epicIdOrKey": "HBR-1",
    "issueIdOrKey": "HBR-23",
}


def agile(method: str, path: str, status: int = 200, body: object = None, *before: Call) -> Call:
    values = {name: value for name, value in KNOWN.items() if f"{{{name}}}" in path}
    return Call(method, f"{AGILE}/{path}", status, values, body=body, before=before)


def hook(method: str, path: str, status: int, body: object = None, *before: Call) -> Call:
    values = {"hookId": "1"} if "{" in path else {}
    return Call(method, f"/rest/webhooks/1.0/{path}", status, values, body=body, before=before)


MADE = agile("POST", "sprint", 201, SPRINT)
HOOKED = hook("POST", "webhook", 201, HOOK)
# Each call with the keys its answer must have.
UNDESCRIBED_CALLS: list[tuple[Call, str]] = [
    (agile("GET", "board"), PAGE),
    (agile("GET", "board/{boardId}"), OF_BOARD),
    (
        agile("GET", "board/{boardId}/configuration"),
        "id name columnConfig.columns estimation.field.fieldId ranking.rankCustomFieldId",
    ),
    (agile("GET", "board/{boardId}/issue"), ISSUES),
    (agile("GET", "board/{boardId}/backlog"), ISSUES),
    (agile("GET", "board/{boardId}/epic"), PAGE),
    (agile("GET", "board/{boardId}/epic/none/issue"), ISSUES),
    (agile("GET", "board/{boardId}/epic/{epicId}/issue"), ISSUES),
    (agile("GET", "board/{boardId}/version"), PAGE),
    (agile("GET", "board/{boardId}/project"), PAGE),
    (agile("GET", "board/{boardId}/sprint", 200, None, MADE), PAGE),
    (
        agile("GET", "board/{boardId}/sprint/{sprintId}/issue", 200, None, MADE),
        ISSUES,
    ),
    (MADE, OF_SPRINT),
    (agile("GET", "sprint/{sprintId}", 200, None, MADE), OF_SPRINT),
    (
        agile("PUT", "sprint/{sprintId}", 200, SPRINT | {"state": "active"}, MADE),
        OF_SPRINT,
    ),
    (agile("POST", "sprint/{sprintId}", 200, {"goal": "Stay"}, MADE), OF_SPRINT),
    (agile("DELETE", "sprint/{sprintId}", 204, None, MADE), ""),
    (agile("GET", "sprint/{sprintId}/issue", 200, None, MADE), ISSUES),
    (agile("POST", "sprint/{sprintId}/issue", 204, MOVE, MADE), ""),
    (agile("POST", "backlog/issue", 204, MOVE), ""),
    (agile("GET", "epic/{epicIdOrKey}"), OF_EPIC),
    (agile("GET", "epic/{epicIdOrKey}/issue"), ISSUES),
    (agile("POST", "epic/{epicIdOrKey}/issue", 204, MOVE), ""),
    (agile("GET", "epic/none/issue"), ISSUES),
    (agile("POST", "epic/none/issue", 204, MOVE), ""),
    (agile("GET", "issue/{issueIdOrKey}"), "id key self fields.epic.key"),
    (agile("GET", "issue/{issueIdOrKey}/estimation"), "fieldId value"),
    (
        agile("PUT", "issue/{issueIdOrKey}/estimation", 200, {"value": "5"}),
        "fieldId value",
    ),
    (agile("PUT", "issue/rank", 204, MOVE | {"rankBeforeIssue": "HBR-24"}), ""),
    (HOOKED, OF_HOOK),
    (hook("GET", "webhook", 200), ""),
    (hook("GET", "webhook/{hookId}", 200, None, HOOKED), OF_HOOK),
    (hook("PUT", "webhook/{hookId}", 200, {"enabled": False}, HOOKED), OF_HOOK),
    (hook("DELETE", "webhook/{hookId}", 204, None, HOOKED), ""),
]
