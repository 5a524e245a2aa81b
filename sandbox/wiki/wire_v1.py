"""Pages, labels and users as Confluence's REST API v1 writes them."""

from sandbox.clock import wiki_time
from sandbox.directory import User, user_by_id
from sandbox.site import current_site
from sandbox.wiki.model import Page
from sandbox.wire import JsonObject


def content(page: Page, expand: list[str]) -> JsonObject:
    """A page; `expand` names its parts without a prefix."""
    webui = f"/spaces/{page.space.key}/pages/{page.id}"
    written: JsonObject = {
        "id": str(page.id),
        "type": "page",
        "status": page.status,
        "title": page.title,
        "childTypes": {},
        "macroRenderedOutput": {},
        "restrictions": {},
        "_expandable": {"container": "", "metadata": "", "body": "", "ancestors": ""},
        "_links": {
            "webui": webui,
            "self": f"{current_site().base}/wiki/rest/api/content/{page.id}",
            "tinyui": f"/x/{page.id:x}",
        },
    }
    if "version" in expand:
        written["version"] = version(page)
    if "metadata.labels" in expand:
        del written["_expandable"]["metadata"]
        written["metadata"] = {"labels": labels(page)}
    if "space" in expand:
        written["space"] = {
            "id": page.space.id,
            "key": page.space.key,
            "name": page.space.name,
            "type": "global",
            "status": "current",
            "_expandable": {},
            "_links": {"webui": f"/spaces/{page.space.key}"},
        }
    return written


def search_result(page: Page, expand: list[str]) -> JsonObject:
    parts = [part.removeprefix("content.") for part in expand if part.startswith("content.")]
    return {
        "content": content(page, parts),
        "title": page.title,
        "excerpt": "",
        "url": f"/spaces/{page.space.key}/pages/{page.id}",
        "resultGlobalContainer": {
            "title": page.space.name,
            "displayUrl": f"/spaces/{page.space.key}",
        },
        "breadcrumbs": [],
        "entityType": "content",
        "iconCssClass": "aui-icon content-type-page",
        "lastModified": wiki_time(page.version.created),
        "friendlyLastModified": page.version.created.strftime("%b %d, %Y"),
        "score": 0.0,
    }


def labels(page: Page) -> JsonObject:
    labels = [
        {"prefix": lb.prefix, "name": lb.name, "id": str(lb.id), "label": lb.name}
        for lb in current_site().pages.labels(page)
    ]
    return {"results": labels, "start": 0, "limit": 200, "size": len(labels)}


def version(page: Page) -> JsonObject:
    author = user_by_id(page.version.author)
    return {
        "by": user(author) if author else {"type": "unknown"},
        "when": wiki_time(page.version.created),
        "friendlyWhen": page.version.created.strftime("%b %d, %Y"),
        "message": page.version.message,
        "number": page.version.number,
        "minorEdit": page.version.minor,
        "contentTypeModified": False,
    }


def user(user: User) -> JsonObject:
    return {
        "type": "known",
        "accountId": user.account_id,
        "accountType": "atlassian",
        "email": user.email,
        "publicName": user.name,
        "displayName": user.name,
        "timeZone": user.time_zone,
        "isExternalCollaborator": False,
        "profilePicture": {
            "path": f"/wiki/aa-avatar/{user.account_id}",
            "width": 48,
            "height": 48,
            "isDefault": True,
        },
        "_expandable": {"operations": "", "personalSpace": ""},
        "_links": {"self": f"{current_site().base}/wiki/rest/api/user?accountId={user.account_id}"},
    }
