"""What the contract test asks of Confluence."""

from typing import Any

from sandbox.directory import TOM
from sandbox.seed_pages import PAGES as SEEDED
from tests.sandbox.published import Call

PAGE = "131073"
CONTENT = "/wiki/rest/api/content/{id}"
USER = "/wiki/rest/api/user"
NO_CHECK = {"X-Atlassian-Token": "no-check"}
BY_OPERATION = f"{CONTENT}/restriction/byOperation"


def restricted(*, to: str = TOM.account_id) -> list[dict[str, Any]]:
    users = [{"type": "known", "accountId": to}]
    return [{"operation": "update", "restrictions": {"user": users}}]


def of_page(method: str, path: str, status: int = 200, body: Any = None, **query: Any) -> Call:
    return Call(method, path, status, {"id": PAGE}, query, body)


TO_TOM = {"id": PAGE, "operationKey": "update"}
TOMS = {"accountId": TOM.account_id}
RESTRICTED = of_page("POST", f"{CONTENT}/restriction", body=restricted())
PAGES = "/wiki/api/v2/pages"
ONE = f"{PAGES}/{{id}}"
STORED = {"representation": "storage", "value": "<p>Hello</p>"}
NEW = str(max(page.id for page in SEEDED) + 73)  # the id that the next page will have
BELOW = Call(
    "POST",
    PAGES,
    body={"spaceId": "65538", "title": "Below", "body": STORED, "parentId": PAGE},
)
DRAFT = Call("POST", PAGES, body={"spaceId": "65538", "status": "draft"}, before=(BELOW,))
CHANGED = {"status": "draft", "title": "T", "body": STORED, "version": {"number": 1}}
SAVED = of_page("PUT", ONE, body={"id": PAGE, **CHANGED})
TREE_CALLS = [
    DRAFT,
    SAVED,
    Call(
        "GET",
        ONE,
        values={"id": PAGE},
        query={"get-draft": "true", "body-format": "storage"},
        before=(SAVED,),
    ),
    of_page("PUT", f"{ONE}/title", body={"status": "current", "title": "Another"}),
    Call("GET", f"{ONE}/versions", values={"id": PAGE}, query={"body-format": "storage"}),
    Call(
        "GET",
        f"{PAGES}/{{page-id}}/versions/{{version-number}}",
        values={"page-id": PAGE, "version-number": "1"},
    ),
    Call("GET", f"{ONE}/children", values={"id": PAGE}, before=(BELOW,)),
    Call("GET", f"{ONE}/direct-children", values={"id": PAGE}, before=(BELOW,)),
    Call("GET", f"{ONE}/descendants", values={"id": PAGE}, before=(BELOW,)),
    Call("GET", f"{ONE}/ancestors", values={"id": NEW}, before=(BELOW,)),
    Call("GET", "/wiki/api/v2/spaces/{id}", values={"id": "65538"}),
    Call("GET", "/wiki/api/v2/spaces/{id}/pages", values={"id": "65538"}),
    Call("GET", "/wiki/api/v2/labels/{id}/pages", values={"id": "1"}),
]
FOOTER = "/wiki/api/v2/footer-comments"
FIRST = {"comment-id": "1"}
COMMENT = Call("POST", FOOTER, 201, body={"pageId": PAGE, "body": STORED})
ANSWER = Call("POST", FOOTER, 201, body={"parentCommentId": "1", "body": STORED}, before=(COMMENT,))
COMMENT_CALLS = [
    COMMENT,
    ANSWER,
    Call(
        "GET",
        f"{ONE}/footer-comments",
        values={"id": PAGE},
        query={"body-format": "storage"},
        before=(COMMENT,),
    ),
    Call("GET", f"{FOOTER}/{{comment-id}}", values=FIRST, before=(COMMENT,)),
    Call("GET", f"{FOOTER}/{{id}}/children", values={"id": "1"}, before=(ANSWER,)),
    Call(
        "PUT",
        f"{FOOTER}/{{comment-id}}",
        values=FIRST,
        body={"body": STORED, "version": {"number": 2}},
        before=(COMMENT,),
    ),
    Call("DELETE", f"{FOOTER}/{{comment-id}}", 204, FIRST, before=(COMMENT,)),
    Call("GET", FOOTER, query={"body-format": "atlas_doc_format"}, before=(COMMENT,)),
    Call("GET", f"{FOOTER}/{{id}}/operations", values={"id": "1"}, before=(COMMENT,)),
    Call("GET", f"{FOOTER}/{{id}}/versions", values={"id": "1"}, before=(COMMENT,)),
    Call(
        "GET",
        f"{FOOTER}/{{id}}/versions/{{version-number}}",
        values={"id": "1", "version-number": "1"},
        before=(COMMENT,),
    ),
]
INLINE = "/wiki/api/v2/inline-comments"
SELECTED = {
    "textSelection": "Win the trust",
    "textSelectionMatchCount": 1,
    "textSelectionMatchIndex": 0,
}
REMARKED = Call(
    "POST",
    PAGES,
    body={
        "spaceId": "65538",
        "title": "Remarked",
        "body": {"representation": "storage", "value": "<p>Win the trust of exporters</p>"},
    },
)
REMARK = Call(
    "POST",
    INLINE,
    201,
    body={"pageId": NEW, "body": STORED, "inlineCommentProperties": SELECTED},
    before=(REMARKED,),
)
REPLY = Call("POST", INLINE, 201, body={"parentCommentId": "1", "body": STORED}, before=(REMARK,))
SETTLED = Call(
    "PUT",
    f"{INLINE}/{{comment-id}}",
    values=FIRST,
    body={"version": {"number": 2}, "body": STORED, "resolved": True},
    before=(REMARK,),
)
INLINE_CALLS = [
    REMARK,
    REPLY,
    SETTLED,
    Call("GET", INLINE, query={"body-format": "storage"}, before=(REMARK,)),
    Call("GET", f"{ONE}/inline-comments", values={"id": NEW}, before=(SETTLED,)),
    Call("GET", f"{INLINE}/{{comment-id}}", values=FIRST, before=(SETTLED,)),
    Call("GET", f"{INLINE}/{{id}}/children", values={"id": "1"}, before=(REPLY,)),
    Call("GET", f"{INLINE}/{{id}}/operations", values={"id": "1"}, before=(REMARK,)),
    Call("GET", f"{INLINE}/{{id}}/versions", values={"id": "1"}, before=(REMARK,)),
    Call(
        "GET",
        f"{INLINE}/{{id}}/versions/{{version-number}}",
        values={"id": "1", "version-number": "1"},
        before=(SETTLED,),
    ),
    Call("DELETE", f"{INLINE}/{{comment-id}}", 204, FIRST, before=(REMARK,)),
]
EVERYTHING = {
    f"include-{name}": "true"
    for name in (
        "labels",
        "properties",
        "operations",
        "likes",
        "versions",
        "version",
        "favorited-by-current-user-status",
        "collaborators",
        "direct-children",
    )
}
BODY_CALLS = [
    *(
        Call("GET", ONE, values={"id": PAGE}, query={"body-format": form})
        for form in (
            "atlas_doc_format",
            "view",
            "export_view",
            "anonymous_export_view",
            "styled_view",
            "editor",
        )
    ),
    Call("GET", ONE, values={"id": PAGE}, query=EVERYTHING),
    Call("GET", PAGES, query={"body-format": "atlas_doc_format", "sort": "-modified-date"}),
    of_page("GET", f"{ONE}/operations"),
]
MACRO = (
    '<ac:structured-macro ac:name="okr" ac:macro-id="m-1">'
    '<ac:parameter ac:name="a">b</ac:parameter>'
    "<ac:rich-text-body><p>Inside</p></ac:rich-text-body></ac:structured-macro>"
)
WITH_MACRO = of_page(
    "PUT",
    ONE,
    body={
        "id": PAGE,
        "status": "current",
        "title": "T",
        "body": {"representation": "storage", "value": MACRO},
        "version": {"number": 2},
    },
)
WIKI_CALLS = [
    *TREE_CALLS,
    *COMMENT_CALLS,
    *INLINE_CALLS,
    *BODY_CALLS,
    Call(
        "GET",
        f"{CONTENT}/history/{{version}}/macro/id/{{macroId}}",
        values={"id": PAGE, "version": "2", "macroId": "m-1"},
        before=(WITH_MACRO,),
    ),
    Call(
        "GET",
        "/wiki/rest/api/content/search",
        query={"cql": "label = okr", "expand": "version,space,metadata.labels"},
    ),
    of_page("GET", f"{CONTENT}/label"),
    of_page("DELETE", f"{CONTENT}/label", 204, name="okr"),
    Call("DELETE", f"{CONTENT}/label/{{label}}", 204, {"id": PAGE, "label": "okr"}),
    of_page("GET", f"{CONTENT}/restriction"),
    RESTRICTED,
    of_page("PUT", f"{CONTENT}/restriction", body={"results": restricted()}),
    of_page("DELETE", f"{CONTENT}/restriction"),
    of_page("GET", BY_OPERATION),
    Call("GET", f"{BY_OPERATION}/{{operationKey}}", values=TO_TOM),
    Call("GET", f"{BY_OPERATION}/{{operationKey}}/user", 200, TO_TOM, TOMS, before=(RESTRICTED,)),
    Call("PUT", f"{BY_OPERATION}/{{operationKey}}/user", 200, TO_TOM, TOMS),
    Call("DELETE", f"{BY_OPERATION}/{{operationKey}}/user", 200, TO_TOM, TOMS),
    of_page(
        "POST",
        f"{CONTENT}/permission/check",
        body={"subject": {"type": "user", "identifier": TOM.account_id}, "operation": "read"},
    ),
    Call("GET", USER, query=TOMS),
    Call("GET", USER, query={**TOMS, "expand": "operations"}),
    Call("GET", f"{USER}/watch/content/{{contentId}}", values={"contentId": PAGE}),
    Call("POST", f"{USER}/watch/content/{{contentId}}", 204, {"contentId": PAGE}, headers=NO_CHECK),
    Call(
        "DELETE", f"{USER}/watch/content/{{contentId}}", 204, {"contentId": PAGE}, headers=NO_CHECK
    ),
    Call("GET", f"{USER}/watch/space/{{spaceKey}}", values={"spaceKey": "HARBOUR"}),
    Call(
        "POST", f"{USER}/watch/space/{{spaceKey}}", 204, {"spaceKey": "HARBOUR"}, headers=NO_CHECK
    ),
    Call(
        "DELETE", f"{USER}/watch/space/{{spaceKey}}", 204, {"spaceKey": "HARBOUR"}, headers=NO_CHECK
    ),
]
