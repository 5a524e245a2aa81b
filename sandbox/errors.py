"""Refusals in the shapes of the three APIs: Jira v3, Confluence v2, Confluence v1."""

from collections.abc import Iterable
from http import HTTPStatus

from sandbox.wire import JsonObject

NO_SUCH_ISSUE = "Issue does not exist or you do not have permission to see it."
UNAUTHENTICATED = "Client must be authenticated to access this resource."
BAD_PAYLOAD = "Invalid request payload. Refer to the REST API documentation and try again."
SEARCH_REMOVED = (
    "The requested API has been removed. Please migrate to the /rest/api/3/search/jql API. "
    "A full migration guideline is available at "
    "https://developer.atlassian.com/changelog/#CHANGE-2046"
)
_V1_EXCEPTIONS = {
    400: "BadRequestException",
    403: "PermissionException",
    404: "NotFoundException",
    409: "ConflictException",
}


class Refused(Exception):
    """A request that is answered with an error; carries the answer."""

    def __init__(
        self, status: int, body: JsonObject, headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(f"{status} {body}")
        self.status = int(status)
        self.body = body
        self.headers = headers or {}


def jira(
    status: int, messages: Iterable[str] = (), errors: dict[str, str] | None = None
) -> Refused:
    return Refused(status, {"errorMessages": list(messages), "errors": errors or {}})


def jira_unauthenticated() -> Refused:
    return Refused(
        HTTPStatus.UNAUTHORIZED,
        {"message": UNAUTHENTICATED, "status-code": int(HTTPStatus.UNAUTHORIZED)},
    )


def wiki(status: int, code: str, title: str) -> Refused:
    error = {"status": int(status), "code": code, "title": title, "detail": None}
    return Refused(status, {"errors": [error]})


def wiki_invalid(title: str) -> Refused:
    return wiki(HTTPStatus.BAD_REQUEST, "INVALID_REQUEST_PARAMETER", title)


def wiki_not_found() -> Refused:
    return wiki(HTTPStatus.NOT_FOUND, "NOT_FOUND", "Not Found")


def wiki_forbidden() -> Refused:
    return wiki(HTTPStatus.FORBIDDEN, "FORBIDDEN", "Current user not permitted to edit content")


def wiki_conflict(what: str, *, current: int, provided: object) -> Refused:
    """As captured from a Cloud site, where this one error carries its status as text."""
    given = "null" if provided is None else provided
    title = (
        f"Version must be incremented when updating a {what}. "
        f"Current Version: [{current}]. Provided version: [{given}]"
    )
    error = {"status": "409", "code": "CONFLICT", "title": title, "detail": None}
    return Refused(HTTPStatus.CONFLICT, {"errors": [error]})


def wiki_v1(status: int, message: str) -> Refused:
    kind = _V1_EXCEPTIONS.get(int(status), "ServiceException")
    return Refused(
        status,
        {
            "statusCode": int(status),
            "data": {
                "authorized": status != HTTPStatus.FORBIDDEN,
                "valid": True,
                "errors": [],
                "successful": False,
            },
            "message": f"com.atlassian.confluence.api.service.exceptions.{kind}: {message}",
        },
    )


def data_center_wiki(status: int, message: str) -> Refused:
    """Data Center's version 1, whose message is bare and whose status has a name beside it."""
    try:
        reason = HTTPStatus(status).phrase
    except ValueError:
        reason = "Error"
    data = {
        "authorized": status not in {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND},
        "valid": status != HTTPStatus.BAD_REQUEST,
        "allowedInReadOnlyMode": True,
        "errors": [],
        "successful": False,
    }
    body = {"statusCode": int(status), "data": data, "message": message, "reason": reason}
    return Refused(status, body)


def shaped_for(path: str, status: int, reason: str) -> JsonObject:
    """The body of an error that no route raised itself, in the manner of the path's API."""
    if path.startswith("/confluence/"):
        return data_center_wiki(status, reason).body
    if path.startswith("/wiki/api/v2"):
        code = HTTPStatus(status).name
        return wiki(status, code, reason).body
    if path.startswith("/wiki/rest"):
        return wiki_v1(status, reason).body
    return jira(status, [reason]).body
