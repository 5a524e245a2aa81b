"""What callers send before they have proved anything: not too much of it, and few at a time."""

from flask import Request
from werkzeug.exceptions import RequestURITooLarge

from connector.core.errors import Unavailable
from connector.web.services import WebServices

# Addresses of Connect carry a token of a few KB; reading a longer query costs milliseconds.
LONGEST_QUERY = 32 * 1024


class BodiesWait(Unavailable):
    """Somebody sends so slowly that others would wait with them."""

    code = "busy"


def refuse_long_query(request: Request) -> None:
    """Raises RequestURITooLarge; what answers the caller does not read the query either."""
    if len(request.query_string) > LONGEST_QUERY:
        request.query_string, request.environ["QUERY_STRING"] = b"", ""
        raise RequestURITooLarge


def whole_body(request: Request, services: WebServices) -> bytes:
    """
    The body of a caller who has proved nothing yet. The server gives it to us as it arrives, and
    whoever sends half of one would keep a thread until they hang up.

    Raises BodiesWait, and RequestEntityTooLarge.
    """
    with services.bodies.one(BodiesWait("others are sending")):
        return request.get_data()
