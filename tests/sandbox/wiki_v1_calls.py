"""Calls of Confluence's version 1: content, restrictions by group, favourites and watches."""

from tests.sandbox.published import Call
from tests.sandbox.wiki_calls import (
    BELOW,
    BY_OPERATION,
    COMMENT,
    CONTENT,
    NO_CHECK,
    PAGE,
    STORED,
    TO_TOM,
    USER,
    of_page,
)

EXPANDED = (
    "space,history.lastUpdated,history.previousVersion,history.contributors.publishers,version,"
    "body.storage,body.view,body.atlas_doc_format,ancestors,children.page,children.comment,"
    "metadata.labels,metadata.properties.okr,restrictions.read,operations,container"
)
OLD = "/wiki/rest/api/content"
OLD_PAGE = {
    "type": "page",
    "title": "By version 1",
    "space": {"key": "HARBOUR"},
    "ancestors": [{"id": PAGE}],
    "body": {"storage": STORED},
}
OLD_CHANGE = {"type": "page", "title": "T", "version": {"number": 2}, "body": {"storage": STORED}}
OLD_COMMENT = {
    "type": "comment",
    "container": {"id": PAGE, "type": "page"},
    "body": {"storage": STORED},
}
OF_KEY = {"id": PAGE, "key": "okr"}
GROUP = {**TO_TOM, "groupName": "site-admins"}
GROUP_ID = {**TO_TOM, "groupId": "sandbox-site-admins"}
BY_GROUP = f"{BY_OPERATION}/{{operationKey}}/group/{{groupName}}"
BY_GROUP_ID = f"{BY_OPERATION}/{{operationKey}}/byGroupId/{{groupId}}"
GROUPED = Call("PUT", BY_GROUP, 200, GROUP)
CHANGED_BY_V1 = Call("PUT", CONTENT, values={"id": PAGE}, body=OLD_CHANGE)
CONTENT_CALLS = [
    Call("GET", OLD, query={"limit": 3, "expand": EXPANDED}),
    Call("POST", OLD, body=OLD_PAGE),
    Call("POST", OLD, body=OLD_COMMENT, query={"expand": "body.storage,version,container"}),
    Call("GET", CONTENT, values={"id": PAGE}, query={"expand": EXPANDED}),
    Call("GET", CONTENT, values={"id": "1"}, before=(COMMENT,)),
    CHANGED_BY_V1,
    Call("DELETE", CONTENT, 204, {"id": PAGE}),
    of_page("GET", f"{CONTENT}/history", expand="lastUpdated,previousVersion"),
    of_page("GET", f"{CONTENT}/version", expand="content,collaborators"),
    Call(
        "GET",
        f"{CONTENT}/version/{{versionNumber}}",
        values={"id": PAGE, "versionNumber": "1"},
        query={"expand": "content"},
    ),
    Call(
        "POST",
        f"{CONTENT}/version",
        values={"id": PAGE},
        body={"operationKey": "restore", "params": {"versionNumber": 1, "message": "Back"}},
        before=(CHANGED_BY_V1,),
    ),
    Call(
        "GET",
        f"{CONTENT}/child",
        values={"id": PAGE},
        query={"expand": "page,comment,attachment"},
        before=(BELOW,),
    ),
    Call(
        "GET",
        f"{CONTENT}/child/comment",
        values={"id": PAGE},
        query={"expand": "body.view,version"},
        before=(COMMENT,),
    ),
    Call("GET", f"{CONTENT}/child/{{type}}", values={"id": PAGE, "type": "page"}, before=(BELOW,)),
    Call(
        "GET",
        f"{CONTENT}/descendant",
        values={"id": PAGE},
        query={"expand": "page,comment"},
        before=(BELOW,),
    ),
    Call(
        "GET",
        f"{CONTENT}/descendant/{{type}}",
        values={"id": PAGE, "type": "page"},
        before=(BELOW,),
    ),
    of_page("GET", f"{CONTENT}/property"),
    of_page("POST", f"{CONTENT}/property", body={"key": "other", "value": {"a": [1]}}),
    Call("GET", f"{CONTENT}/property/{{key}}", values=OF_KEY),
    Call(
        "PUT",
        f"{CONTENT}/property/{{key}}",
        values=OF_KEY,
        body={"value": {"b": 2}, "version": {"number": 2}},
    ),
    Call(
        "POST",
        f"{CONTENT}/property/{{key}}",
        values={"id": PAGE, "key": "third"},
        body={"value": "words"},
    ),
    Call("DELETE", f"{CONTENT}/property/{{key}}", 204, OF_KEY),
    GROUPED,
    Call("GET", BY_GROUP, 200, GROUP, before=(GROUPED,)),
    Call("DELETE", BY_GROUP, 200, GROUP),
    Call("PUT", BY_GROUP_ID, 200, GROUP_ID),
    Call("GET", BY_GROUP_ID, 200, GROUP_ID, before=(GROUPED,)),
    Call("DELETE", BY_GROUP_ID, 200, GROUP_ID),
    Call("GET", f"{CONTENT}/restriction", values={"id": PAGE}, before=(GROUPED,)),
]
RELATION = (
    "/wiki/rest/api/relation/{relationName}/from/{sourceType}/{sourceKey}"
    "/to/{targetType}/{targetKey}"
)
LIKED = {
    "relationName": "favourite",
    "sourceType": "user",
    "sourceKey": "current",
    "targetType": "content",
    "targetKey": PAGE,
}
FAVOURITE = Call("PUT", RELATION, values=LIKED)
OKR_LABEL = {"labelName": "okr"}
TASTE_CALLS = [
    FAVOURITE,
    Call("GET", RELATION, values=LIKED, before=(FAVOURITE,)),
    Call("DELETE", RELATION, 204, LIKED),
    Call("GET", f"{USER}/watch/label/{{labelName}}", values=OKR_LABEL),
    Call("POST", f"{USER}/watch/label/{{labelName}}", 204, OKR_LABEL, headers=NO_CHECK),
    Call("DELETE", f"{USER}/watch/label/{{labelName}}", 204, OKR_LABEL, headers=NO_CHECK),
    Call("GET", f"{USER}/memberof"),
]

V1_CALLS = [*TASTE_CALLS, *CONTENT_CALLS]
