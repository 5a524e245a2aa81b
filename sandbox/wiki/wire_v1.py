"""Labels, restrictions, versions and users as Confluence's REST API v1 writes them."""

from sandbox.clock import wiki_time
from sandbox.directory import User, user_by_id
from sandbox.jira.groups import ADMINISTRATORS, GROUPS
from sandbox.site import current_site
from sandbox.wiki.model import Page
from sandbox.wiki.rights import OPERATIONS
from sandbox.wire import JsonObject

__all__ = ["OPERATIONS", "group", "group_id", "labels", "restriction", "user", "version"]

MOST_NAMED = 100


def restriction(page: Page, operation: str) -> JsonObject:
    """Whom an operation on a page is restricted to."""
    rights = current_site().pages.rights
    named = rights.restricted(page.id, operation)
    users = [user(found) for account in named if (found := user_by_id(account))]
    groups = [group(name) for name in rights.restricted_groups(page.id, operation)]
    path = f"{current_site().base}/wiki/rest/api/content/{page.id}/restriction/byOperation"
    return {
        "operation": operation,
        "restrictions": {"user": _named(users), "group": _named(groups), "_expandable": {}},
        "_expandable": {"content": f"/rest/api/content/{page.id}"},
        "_links": {"self": f"{path}/{operation}"},
    }


def _named(found: list[JsonObject]) -> JsonObject:
    return {"results": found, "start": 0, "limit": MOST_NAMED, "size": len(found)}


def group(name: str) -> JsonObject:
    link = f"{current_site().base}/wiki/rest/api/group/by-id?id={group_id(name)}"
    return {"type": "group", "name": name, "id": group_id(name), "_links": {"self": link}}


def group_id(name: str) -> str:
    """The same id as Jira's half gives."""
    return f"sandbox-{name}"


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
        "minorEdit": False,
        "contentTypeModified": False,
    }


def site_operations(user: User) -> list[JsonObject]:
    """
    What somebody may do with the site as a whole.

    The target `application` and its operations are those seen in the field:
    https://community.developer.atlassian.com/t/how-to-check-if-a-user-can-administer-confluence-in-a-connect-app/29678
    """
    mine = ["use"] if user.is_app else ["use", "create_space"]
    if user in GROUPS[ADMINISTRATORS]:
        mine.append("administer")
    return [{"operation": name, "targetType": "application"} for name in mine]


def user(user: User) -> JsonObject:
    return {
        "type": "known",
        "accountId": user.account_id,
        "accountType": user.account_type,
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
