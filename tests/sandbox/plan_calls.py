"""What the contract test asks about what issues are planned by, rights, JQL and bulk work."""

from dataclasses import replace

from sandbox.directory import LI_NA, TOM
from tests.sandbox.conftest import authorization
from tests.sandbox.jira_calls import HBR, SAID, after, given, of_issue, site

MADE_VERSION = site(
    "POST",
    "version",
    201,
    {"name": "2.0", "projectId": 10001, "startDate": "2026-11-01", "releaseDate": "2026-12-01"},
)
OTHER_VERSION = replace(MADE_VERSION, body={"name": "2.1", "project": "HBR", "released": True})
MADE_COMPONENT = site(
    "POST",
    "component",
    201,
    {"name": "Web", "project": "HBR", "description": "Pages", "leadAccountId": TOM.account_id},
)
ONE = {"id": "10001"}
WATCHED = of_issue("POST", "watchers", 204, LI_NA.account_id)
# Who reported an issue does not vote for it.
VOTED = replace(of_issue("POST", "votes", 204), headers=authorization(TOM))
LOGGED = of_issue("POST", "worklog", 201, {"timeSpent": "2h", "comment": SAID["body"]})
MOVED = {"bulkTransitionInputs": [{"selectedIssueIdsOrKeys": ["HBR-24"], "transitionId": "31"}]}
CHOSEN = {"selectedIssueIdsOrKeys": ["HBR-24", "NO-1"]}
LABELLED = CHOSEN | {
    "selectedActions": ["labels", "priority"],
    "editedFieldsInput": {
        "labelsFields": [
            {
                "fieldId": "labels",
                "labels": [{"name": "q4"}],
                "bulkEditMultiSelectFieldOption": "ADD",
            }
        ],
        "priority": {"priorityId": "2"},
    },
}
PARSED = {
    "queries": [
        "project = HBR and (status was not Done by currentUser() or labels in (a, EMPTY))"
        " order by created desc",
        "status not changed after startOfDay() and due is empty",
        "sprint in openSprints()",
        "x =",
        "colour = red",
    ]
}
PERMITTED = {
    "accountId": TOM.account_id,
    "globalPermissions": ["BULK_CHANGE"],
    "projectPermissions": [
        {"permissions": ["EDIT_ISSUES"], "projects": [10001], "issues": [10024]}
    ],
}
VERSIONS = [
    MADE_VERSION,
    after(given(site("GET", "version/{id}"), **ONE), MADE_VERSION),
    after(given(site("PUT", "version/{id}", 200, {"released": True}), **ONE), MADE_VERSION),
    after(given(site("DELETE", "version/{id}", 204), **ONE), MADE_VERSION),
    after(
        given(site("PUT", "version/{id}/mergeto/{moveIssuesTo}", 204), **ONE, moveIssuesTo="10002"),
        MADE_VERSION,
        OTHER_VERSION,
    ),
    after(given(site("GET", "version/{id}/relatedIssueCounts"), **ONE), MADE_VERSION),
    after(given(site("GET", "version/{id}/unresolvedIssueCount"), **ONE), MADE_VERSION),
    after(given(site("GET", "project/{projectIdOrKey}/versions"), **HBR), MADE_VERSION),
    after(given(site("GET", "project/{projectIdOrKey}/version"), **HBR), MADE_VERSION),
    MADE_COMPONENT,
    after(given(site("GET", "component/{id}"), **ONE), MADE_COMPONENT),
    after(given(site("PUT", "component/{id}", 200, {"name": "App"}), **ONE), MADE_COMPONENT),
    after(given(site("DELETE", "component/{id}", 204), **ONE), MADE_COMPONENT),
    after(given(site("GET", "component/{id}/relatedIssueCounts"), **ONE), MADE_COMPONENT),
    after(given(site("GET", "project/{projectIdOrKey}/components"), **HBR), MADE_COMPONENT),
    after(given(site("GET", "project/{projectIdOrKey}/component"), **HBR), MADE_COMPONENT),
    after(given(site("GET", "project/{projectIdOrKey}"), **HBR), MADE_VERSION, MADE_COMPONENT),
]
AROUND = [
    WATCHED,
    after(of_issue("GET", "watchers"), WATCHED),
    after(of_issue("DELETE", "watchers", 204, accountId=LI_NA.account_id), WATCHED),
    of_issue("GET", "votes"),
    VOTED,
    after(replace(VOTED, method="DELETE"), VOTED),
    LOGGED,
    after(of_issue("GET", "worklog"), LOGGED),
    after(given(of_issue("GET", "worklog/{id}"), **ONE), LOGGED),
    after(given(of_issue("PUT", "worklog/{id}", 200, {"timeSpentSeconds": 60}), **ONE), LOGGED),
    after(given(of_issue("DELETE", "worklog/{id}", 204), **ONE), LOGGED),
]
RIGHTS = [
    site("GET", "group/member", groupname="site-admins"),
    site("GET", "group/bulk"),
    site("GET", "groups/picker", query="admin"),
    site("GET", "user/groups", accountId=TOM.account_id),
    site("POST", "permissions/check", 200, PERMITTED),
    site("POST", "permissions/project", 200, {"permissions": ["EDIT_ISSUES"]}),
    site("GET", "role"),
    given(site("GET", "role/{id}"), id="10002"),
    given(site("GET", "project/{projectIdOrKey}/role"), **HBR),
    given(site("GET", "project/{projectIdOrKey}/role/{id}"), **HBR, id="10003"),
    given(site("GET", "project/{projectIdOrKey}/roledetails"), **HBR),
    given(site("GET", "project/{projectKeyOrId}/permissionscheme"), projectKeyOrId="HBR"),
    site("GET", "permissionscheme"),
    given(site("GET", "permissionscheme/{schemeId}"), schemeId="10000"),
    given(site("GET", "project/{projectKeyOrId}/securitylevel"), projectKeyOrId="HBR"),
    given(site("GET", "securitylevel/{id}"), id="10000"),
]
MANY = [
    site("GET", "bulk/issues/transition", issueIdsOrKeys="HBR-24,YUN-1"),
    site("POST", "bulk/issues/transition", 201, MOVED),
    site("POST", "bulk/issues/fields", 201, LABELLED),
    site("POST", "bulk/issues/delete", 201, CHOSEN),
    site("POST", "bulk/issues/watch", 201, CHOSEN),
    site("POST", "bulk/issues/unwatch", 201, CHOSEN),
    after(
        given(site("GET", "bulk/queue/{taskId}"), taskId="10001"),
        site("POST", "bulk/issues/transition", 201, MOVED),
    ),
    site("POST", "jql/parse", 200, PARSED),
    site("GET", "jql/autocompletedata"),
    site("POST", "jql/autocompletedata", 200, {}),
    site("GET", "jql/autocompletedata/suggestions", fieldName="status", fieldValue="d"),
    site("GET", "webhook", 403),
    site("POST", "webhook", 403, {}),
    site("DELETE", "webhook", 403, {}),
    site("GET", "webhook/failed", 403),
    site("PUT", "webhook/refresh", 403, {}),
]
PLAN_CALLS = [*VERSIONS, *AROUND, *RIGHTS, *MANY]
