"""`/rest/api/content/search` and `/rest/api/search`: CQL."""

import json
import time

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox.clock import wiki_time
from sandbox.datacenter import errors
from sandbox.datacenter.people import by_any_name
from sandbox.datacenter.wiki.expand import Expand
from sandbox.datacenter.wiki.requests import expand, paged, writer
from sandbox.guard import caller
from sandbox.site import current_site
from sandbox.wiki.cql import CqlError, CqlSearch
from sandbox.wiki.model import Page
from sandbox.wire import JsonObject, as_object, as_text

api = Blueprint("dc_wiki_search", __name__)


@api.get("/content/search")
def search_content() -> ResponseReturnValue:
    asked = expand()
    return paged(_found(), lambda page: writer().page(page, asked))


@api.get("/search")
def search() -> ResponseReturnValue:
    started, found, asked = time.monotonic(), _found(), expand()
    answer = paged(found, lambda page: _result(page, asked.within("content")))
    took = int((time.monotonic() - started) * 1000)
    told = {"totalSize": len(found), "cqlQuery": request.args["cql"], "searchDuration": took}
    return answer | told


def _result(page: Page, asked: Expand) -> JsonObject:
    return {
        "content": writer().page(page, asked),
        "title": page.title,
        "excerpt": "",
        "url": f"/pages/viewpage.action?pageId={page.id}",
        "resultGlobalContainer": {
            "title": page.space.name,
            "displayUrl": f"/display/{page.space.key}",
        },
        "entityType": "content",
        "iconCssClass": "aui-icon content-type-page",
        "lastModified": wiki_time(page.version.created),
        "friendlyLastModified": page.version.created.strftime("%b %d, %Y"),
        "timestamp": int(page.version.created.timestamp() * 1000),
    }


def _found() -> list[Page]:
    site, cql = current_site(), request.args.get("cql", "")
    if not cql.strip():
        raise errors.invalid("CQL query is missing")
    try:
        context = as_object(json.loads(request.args.get("cqlcontext") or "{}"))
    except ValueError as error:
        raise errors.invalid("Could not parse the cqlcontext") from error
    space, content = as_text(context.get("spaceKey")), as_text(context.get("contentId"))
    asking = CqlSearch(
        caller(), site.now(), site.pages, space or None, content or None, person=_person
    )
    try:
        return asking.find(cql)
    except CqlError as error:
        raise errors.invalid(str(error)) from error


def _person(text: str) -> str:
    """The account a query means by a user name or key; one that nobody has finds nothing."""
    account = by_any_name(text)
    return account.user.account_id if account else ""
