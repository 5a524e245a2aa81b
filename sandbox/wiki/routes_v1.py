"""The three things for which Confluence's v2 has nothing: CQL search, add label, who am I."""

import base64
import binascii
import time
from http import HTTPStatus
from urllib.parse import urlencode

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox import errors
from sandbox.clock import wiki_time
from sandbox.directory import User, user_by_id
from sandbox.guard import member, wiki_gate
from sandbox.site import current_site
from sandbox.wiki.cql import CqlError, CqlSearch
from sandbox.wiki.model import Page
from sandbox.wire import JsonObject, as_object, as_text

bp = Blueprint("wiki_v1", __name__, url_prefix="/wiki/rest/api")
bp.before_request(wiki_gate)

DEFAULT_RESULTS = 25
MOST_RESULTS = 250
LONGEST_LABEL = 255
_NOT_IN_LABELS = frozenset(" \t\n!#&()*,.:;<>?@[]^")


@bp.get("/search")
def search() -> ResponseReturnValue:
    started = time.monotonic()
    cql = request.args.get("cql", "")
    limit = request.args.get("limit", DEFAULT_RESULTS, type=int)
    limit = max(1, min(limit, MOST_RESULTS))
    start = _opened(request.args.get("cursor")) or request.args.get("start", 0, type=int)
    site = current_site()
    try:
        found = CqlSearch(member(), site.now(), site.pages).find(cql)
    except CqlError as error:
        raise errors.wiki_v1(HTTPStatus.BAD_REQUEST, str(error)) from error
    expand = request.args.get("expand", "").split(",")
    shown = found[start : start + limit]
    links = {"base": f"{site.base}/wiki", "context": "/wiki", "self": request.url}
    if start + limit < len(found):
        following = {"cql": cql, "limit": limit, "start": start + limit}
        if "expand" in request.args:
            following["expand"] = request.args["expand"]
        query = urlencode({"next": "true", "cursor": _cursor(start + limit)} | following)
        links["next"] = f"/rest/api/search?{query}"
    return {
        "results": [_result(page, expand) for page in shown],
        "start": start,
        "limit": limit,
        "size": len(shown),
        "totalSize": len(found),
        "cqlQuery": cql,
        "searchDuration": int((time.monotonic() - started) * 1000),
        "_links": links,
    }


def _cursor(start: int) -> str:
    return "_sa_" + base64.urlsafe_b64encode(str(start).encode()).decode()


def _opened(cursor: str | None) -> int:
    if cursor is None:
        return 0
    try:
        return int(base64.urlsafe_b64decode(cursor.removeprefix("_sa_").encode()))
    except (binascii.Error, ValueError) as error:
        raise errors.wiki_v1(HTTPStatus.BAD_REQUEST, "Invalid cursor") from error


def _result(page: Page, expand: list[str]) -> JsonObject:
    webui = f"/spaces/{page.space.key}/pages/{page.id}"
    content: JsonObject = {
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
    if "content.version" in expand:
        content["version"] = _version(page)
    if "content.metadata.labels" in expand:
        del content["_expandable"]["metadata"]
        content["metadata"] = {"labels": _labels(page)}
    if "content.space" in expand:
        content["space"] = {
            "id": page.space.id,
            "key": page.space.key,
            "name": page.space.name,
            "type": "global",
            "status": "current",
            "_expandable": {},
            "_links": {"webui": f"/spaces/{page.space.key}"},
        }
    return {
        "content": content,
        "title": page.title,
        "excerpt": "",
        "url": webui,
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


def _labels(page: Page) -> JsonObject:
    labels = [
        {"prefix": lb.prefix, "name": lb.name, "id": str(lb.id), "label": lb.name}
        for lb in current_site().pages.labels(page)
    ]
    return {"results": labels, "start": 0, "limit": 200, "size": len(labels)}


def _version(page: Page) -> JsonObject:
    author = user_by_id(page.version.author)
    return {
        "by": _user(author) if author else {"type": "unknown"},
        "when": wiki_time(page.version.created),
        "friendlyWhen": page.version.created.strftime("%b %d, %Y"),
        "message": page.version.message,
        "number": page.version.number,
        "minorEdit": page.version.minor,
        "contentTypeModified": False,
    }


def _user(user: User) -> JsonObject:
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


@bp.get("/user/current")
def current_user() -> ResponseReturnValue:
    return _user(member())


@bp.post("/content/<id>/label")
def add_labels(id: str) -> ResponseReturnValue:  # noqa: A002 - the published name of the parameter
    site = current_site()
    page = site.pages.find(int(id)) if id.isdecimal() else None
    if page is None or page.status != "current" or not site.pages.may_read(page, member()):
        raise errors.wiki_v1(
            HTTPStatus.NOT_FOUND, f"No content found with id: ContentId{{id={id}}}"
        )
    if not site.pages.may_edit(page, member()):
        raise errors.wiki_v1(HTTPStatus.FORBIDDEN, "Could not add labels to content")
    given = request.get_json(silent=True)
    wanted = [as_object(item) for item in (given if isinstance(given, list) else [given])]
    for label in wanted:
        _check_label(as_text(label.get("name")))
    for label in wanted:
        site.pages.add_label(
            page, label["name"].casefold(), as_text(label.get("prefix")) or "global"
        )
    links = {"self": request.base_url, "base": f"{site.base}/wiki", "context": "/wiki"}
    return {**_labels(page), "_links": links}


def _check_label(name: str) -> None:
    if not 0 < len(name) <= LONGEST_LABEL or _NOT_IN_LABELS & set(name):
        raise errors.wiki_v1(HTTPStatus.BAD_REQUEST, f"Invalid label name: '{name}'")
