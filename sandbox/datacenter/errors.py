"""Refusals in the shapes of the two products."""

from collections.abc import Iterable
from http import HTTPStatus

from sandbox import errors
from sandbox.errors import Refused

NOT_SIGNED_IN = "You are not authenticated. Authentication required to perform this operation."
LOGIN_REQUIRED = ("You do not have the permission to see the specified issue.", "Login Required")
UNAUTHENTICATED = "Client must be authenticated to access this resource."


def wiki(status: int, message: str) -> Refused:
    return errors.data_center_wiki(status, message)


def no_content(content_id: str) -> Refused:
    return wiki(HTTPStatus.NOT_FOUND, f"No content found with id: ContentId{{id={content_id}}}")


def invalid(message: str) -> Refused:
    return wiki(HTTPStatus.BAD_REQUEST, message)


def stale(current: int) -> Refused:
    message = f"Version must be incremented on update. Current version is: {current}"
    return wiki(HTTPStatus.CONFLICT, message)


def wiki_shaped(refused: Refused) -> Refused:
    """What the shared rules refuse in the words of Cloud's v2, in the shape of this product."""
    told = refused.body.get("errors")
    if not isinstance(told, list) or not told:
        return refused
    return wiki(refused.status, str(told[0]["title"]))


def jira(
    status: int, messages: Iterable[str] = (), fields: dict[str, str] | None = None
) -> Refused:
    return errors.jira(status, messages, fields)


def unauthenticated(product: str) -> Refused:
    """
    `/rest/api/2/myself` and its like in Jira; Confluence has one body for everything.

    The header is Jira's; Confluence's answer was not seen.
    """
    status = HTTPStatus.UNAUTHORIZED
    if product == "jira":
        return errors.jira(status, [NOT_SIGNED_IN])
    return Refused(status, {"message": UNAUTHENTICATED, "status-code": int(status)})
