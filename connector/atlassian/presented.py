"""Where a request carries its Connect token: in one place, else none of them is believed."""

from urllib.parse import unquote_plus

from connector.atlassian.bad_proof import BadProof, Reason
from connector.atlassian.qsh import SignedRequest

_SCHEME = "jwt "


def presented_token(authorization: str, request: SignedRequest) -> str:
    """
    The token of the header `Authorization: JWT …`, of the query or of the form (`jwt=`).

    Webhooks have it in the header, iframes in the query, macros rendered by POST in the form.
    `authorization` is empty without such a header. Raises BadProof for none and for several.
    """
    found = [value for text in (request.query, request.form) for value in _values(text)]
    if authorization[: len(_SCHEME)].lower() == _SCHEME:
        found.append(authorization[len(_SCHEME) :].strip())
    if len(found) > 1:
        raise BadProof(Reason.DOUBLED)
    if not found or not found[0]:
        raise BadProof(Reason.MISSING)
    return found[0]


def _values(query: str) -> list[str]:
    if "jwt" not in query and "%" not in query:
        return []
    pairs = (pair.partition("=") for pair in query.split("&"))
    return [unquote_plus(value) for name, _, value in pairs if _named(name) == "jwt"]


def _named(name: str) -> str:
    return unquote_plus(name) if "%" in name or "+" in name else name
