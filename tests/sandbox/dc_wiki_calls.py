"""What the contract test asks of Confluence Data Center."""

from typing import Any

from tests.sandbox.data_center import account
from tests.sandbox.published import Call

API = "/confluence/rest/api"
PAGE = "131073"
CONTENT = f"{API}/content/{{id}}"
NO_CHECK = {"X-Atlassian-Token": "no-check"}
STORED = {"storage": {"value": "<p>Hello</p>", "representation": "storage"}}


def of_page(method: str, path: str, status: int = 200, body: Any = None, **query: Any) -> Call:
    return Call(method, path, status, {"id": PAGE}, query, body)


def new_page(title: str, parent: str | None = None) -> dict[str, Any]:
    above = {"ancestors": [{"id": parent}]} if parent else {}
    return {"type": "page", "title": title, "space": {"key": "HARBOUR"}, "body": STORED, **above}


BELOW = Call("POST", f"{API}/content", body=new_page("Below", PAGE))
COMMENT = Call(
    "POST",
    f"{API}/content",
    body={"type": "comment", "container": {"id": PAGE, "type": "page"}, "body": STORED},
)
PROPERTY = of_page("POST", f"{CONTENT}/property", body={"key": "okr", "value": {"a": 1}})
KEYED = {"id": PAGE, "key": "okr"}
TRASHED = of_page("DELETE", CONTENT)
RESTRICTION = [
    {
        "operation": "update",
        "restrictions": {"user": [{"type": "known", "userKey": account("tom.becker").userkey}]},
    }
]
UPDATE = {"id": PAGE, "operationKey": "update"}
HOOK = {
    "name": "Hook",
    "url": "http://127.0.0.1:9/hook",
    "events": ["page_created", "page_updated"],
    "configuration": {"secret": "whsec-demo"},
    "active": True,
}
HOOKED = Call("POST", f"{API}/webhooks", 201, body=HOOK)
ONE_HOOK = {"webhookId": "1"}
MACRO = (
    '<ac:structured-macro ac:name="okr" ac:macro-id="m-1">'
    '<ac:parameter ac:name="a">b</ac:parameter>'
    "<ac:rich-text-body><p>Inside</p></ac:rich-text-body></ac:structured-macro>"
)
WITH_MACRO = Call(
    "PUT",
    f"{API}/content/{{contentId}}",
    values={"contentId": PAGE},
    body={
        "type": "page",
        "title": "T",
        "version": {"number": 2},
        "body": {"storage": {"value": MACRO, "representation": "storage"}},
    },
)
WATCHED = {"contentId": PAGE}
IN_HARBOUR = {"spaceKey": "HARBOUR"}
CALLS = [
    Call("GET", f"{API}/content", query={"spaceKey": "HARBOUR", "limit": 2, "expand": "version"}),
    BELOW,
    COMMENT,
    of_page("GET", CONTENT),
    of_page(
        "GET",
        CONTENT,
        expand="body.storage,body.view,version,space,ancestors,metadata.labels,history.lastUpdated,"
        "metadata.properties.okr,children.page,children.comment,container,history.contributors",
    ),
    Call("GET", CONTENT, values={"id": "1"}, query={"expand": "body.storage"}, before=(COMMENT,)),
    Call("PUT", WITH_MACRO.path, values=WITH_MACRO.values, body=WITH_MACRO.body),
    TRASHED,
    Call("DELETE", CONTENT, 204, {"id": PAGE}, {"status": "trashed"}, before=(TRASHED,)),
    of_page("GET", f"{CONTENT}/history", expand="lastUpdated,contributors"),
    Call(
        "GET",
        f"{CONTENT}/history/{{version}}/macro/id/{{macroId}}",
        values={"id": PAGE, "version": "2", "macroId": "m-1"},
        before=(WITH_MACRO,),
    ),
    of_page("GET", f"{CONTENT}/label"),
    of_page("POST", f"{CONTENT}/label", body=[{"prefix": "global", "name": "q4"}]),
    of_page("DELETE", f"{CONTENT}/label", 204, name="okr"),
    Call("DELETE", f"{CONTENT}/label/{{label}}", 204, {"id": PAGE, "label": "okr"}),
    PROPERTY,
    Call("GET", f"{CONTENT}/property", values={"id": PAGE}, before=(PROPERTY,)),
    Call("GET", f"{CONTENT}/property/{{key}}", values=KEYED, before=(PROPERTY,)),
    Call("POST", f"{CONTENT}/property/{{key}}", values=KEYED, body={"value": {"a": 1}}),
    Call(
        "PUT",
        f"{CONTENT}/property/{{key}}",
        values=KEYED,
        body={"key": "okr", "value": {"a": 2}, "version": {"number": 2}},
        before=(PROPERTY,),
    ),
    Call("DELETE", f"{CONTENT}/property/{{key}}", 204, KEYED, before=(PROPERTY,)),
    of_page("PUT", f"{CONTENT}/restriction", body=RESTRICTION),
    of_page("GET", f"{CONTENT}/restriction/byOperation"),
    Call("GET", f"{CONTENT}/restriction/byOperation/{{operationKey}}", values=UPDATE),
    Call("GET", f"{CONTENT}/child", values={"id": PAGE}, query={"expand": "page"}, before=(BELOW,)),
    Call(
        "GET",
        f"{CONTENT}/child/{{type}}",
        values={"id": PAGE, "type": "page"},
        query={"expand": "version"},
        before=(BELOW,),
    ),
    Call("GET", f"{CONTENT}/child/comment", values={"id": PAGE}, before=(COMMENT,)),
    of_page("GET", f"{CONTENT}/descendant"),
    Call(
        "GET",
        f"{CONTENT}/descendant/{{type}}",
        values={"id": PAGE, "type": "page"},
        before=(BELOW,),
    ),
    Call("GET", f"{API}/content/search", query={"cql": "label = okr", "limit": 2}),
    Call("GET", f"{API}/search", query={"cql": "creator = li.na", "limit": 2}),
    Call("GET", f"{API}/space"),
    Call("GET", f"{API}/space/{{spaceKey}}", values=IN_HARBOUR),
    Call("GET", f"{API}/user", query={"username": "li.na"}),
    Call("GET", f"{API}/user/current"),
    Call("GET", f"{API}/server-information"),
    Call("GET", f"{API}/accessmode"),
    Call("GET", f"{API}/user/watch/content/{{contentId}}", values=WATCHED),
    Call("POST", f"{API}/user/watch/content/{{contentId}}", values=WATCHED, headers=NO_CHECK),
    Call(
        "DELETE", f"{API}/user/watch/content/{{contentId}}", 204, values=WATCHED, headers=NO_CHECK
    ),
    Call("GET", f"{API}/user/watch/space/{{spaceKey}}", values=IN_HARBOUR),
    Call("POST", f"{API}/user/watch/space/{{spaceKey}}", values=IN_HARBOUR, headers=NO_CHECK),
    Call("DELETE", f"{API}/user/watch/space/{{spaceKey}}", 204, IN_HARBOUR, headers=NO_CHECK),
    HOOKED,
    Call("GET", f"{API}/webhooks", before=(HOOKED,)),
    Call("GET", f"{API}/webhooks/{{webhookId}}", values=ONE_HOOK, before=(HOOKED,)),
    Call(
        "PUT",
        f"{API}/webhooks/{{webhookId}}",
        values=ONE_HOOK,
        body=HOOK | {"active": False},
        before=(HOOKED,),
    ),
    Call("DELETE", f"{API}/webhooks/{{webhookId}}", 204, ONE_HOOK, before=(HOOKED,)),
    Call("POST", f"{API}/webhooks/test", query={"url": "http://127.0.0.1:9/hook"}),
]
