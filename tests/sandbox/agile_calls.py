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
BOARD = {"boardId": "3"}
PAGE = "maxResults startAt isLast values"
ISSUES = "startAt maxResults total issues"
OF_BOARD = "id self name type location.projectKey location.projectId"
OF_SPRINT = "id self state name originBoardId"
OF_EPIC = "id key self name summary color.key done"
MOVE = {"issues": ["HBR-29"]}
OF_HOOK = "self name url events filters enabled"


def agile(
    method: str, path: str, status: int = 200, body: object = None, *before: Call, **values: str
) -> Call:
    return Call(method, f"{AGILE}/{path}", status, values, body=body, before=before)


def hook(method: str, path: str, status: int, body: object = None, *before: Call) -> Call:
    values = {"hookId": "1"} if "{" in path else {}
    return Call(method, f"/rest/webhooks/1.0/{path}", status, values, body=body, before=before)


MADE = agile("POST", "sprint", 201, SPRINT)
ONE = {"sprintId": "1"}
HOOKED = hook("POST", "webhook", 201, HOOK)
# Each call with the keys its answer must have.
UNDESCRIBED_CALLS: list[tuple[Call, str]] = [
    (agile("GET", "board"), PAGE),
    (agile("GET", "board/{boardId}", **BOARD), OF_BOARD),
    (
        agile("GET", "board/{boardId}/configuration", **BOARD),
        "id name columnConfig.columns estimation.field.fieldId ranking.rankCustomFieldId",
    ),
    (agile("GET", "board/{boardId}/issue", **BOARD), ISSUES),
    (agile("GET", "board/{boardId}/backlog", **BOARD), ISSUES),
    (agile("GET", "board/{boardId}/epic", **BOARD), PAGE),
    (agile("GET", "board/{boardId}/epic/none/issue", **BOARD), ISSUES),
    (agile("GET", "board/{boardId}/epic/{epicId}/issue", **BOARD, epicId="HBR-1"), ISSUES),
    (agile("GET", "board/{boardId}/version", **BOARD), PAGE),
    (agile("GET", "board/{boardId}/project", **BOARD), PAGE),
    (agile("GET", "board/{boardId}/sprint", 200, None, MADE, **BOARD), PAGE),
    (
        agile("GET", "board/{boardId}/sprint/{sprintId}/issue", 200, None, MADE, **BOARD, **ONE),
        ISSUES,
    ),
    (MADE, OF_SPRINT),
    (agile("GET", "sprint/{sprintId}", 200, None, MADE, **ONE), OF_SPRINT),
    (
        agile("PUT", "sprint/{sprintId}", 200, SPRINT | {"state": "active"}, MADE, **ONE),
        OF_SPRINT,
    ),
    (agile("POST", "sprint/{sprintId}", 200, {"goal": "Stay"}, MADE, **ONE), OF_SPRINT),
    (agile("DELETE", "sprint/{sprintId}", 204, None, MADE, **ONE), ""),
    (agile("GET", "sprint/{sprintId}/issue", 200, None, MADE, **ONE), ISSUES),
    (agile("POST", "sprint/{sprintId}/issue", 204, MOVE, MADE, **ONE), ""),
    (agile("POST", "backlog/issue", 204, MOVE), ""),
    (agile("GET", "epic/{epicIdOrKey}", epicIdOrKey="HBR-1"), OF_EPIC),
    (agile("GET", "epic/{epicIdOrKey}/issue", epicIdOrKey="HBR-1"), ISSUES),
    (agile("POST", "epic/{epicIdOrKey}/issue", 204, MOVE, epicIdOrKey="HBR-2"), ""),
    (agile("GET", "epic/none/issue"), ISSUES),
    (agile("POST", "epic/none/issue", 204, MOVE), ""),
    (agile("GET", "issue/{issueIdOrKey}", issueIdOrKey="HBR-24"), "id key self fields.epic.key"),
    (agile("GET", "issue/{issueIdOrKey}/estimation", issueIdOrKey="HBR-23"), "fieldId value"),
    (
        agile("PUT", "issue/{issueIdOrKey}/estimation", 200, {"value": "5"}, issueIdOrKey="HBR-23"),
        "fieldId value",
    ),
    (agile("PUT", "issue/rank", 204, MOVE | {"rankBeforeIssue": "HBR-24"}), ""),
    (HOOKED, OF_HOOK),
    (hook("GET", "webhook", 200), ""),
    (hook("GET", "webhook/{hookId}", 200, None, HOOKED), OF_HOOK),
    (hook("PUT", "webhook/{hookId}", 200, {"enabled": False}, HOOKED), OF_HOOK),
    (hook("DELETE", "webhook/{hookId}", 204, None, HOOKED), ""),
]
