"""
Guards of the Connect door: what Atlassian signs, what an installation signs, and what our own
page in an iframe bears. Each accepts its one kind of token and none of the others.
"""

from urllib.parse import urlsplit

from flask import Request

from connector.atlassian.bad_proof import BadProof, Reason
from connector.atlassian.connect_context import verify_context
from connector.atlassian.connect_lifecycle import verify_lifecycle
from connector.atlassian.connect_request import verify_request
from connector.atlassian.connect_tenant import ConnectProof, SecretsOf
from connector.atlassian.presented import presented_token
from connector.atlassian.qsh import SignedRequest
from connector.core.installation import DoorKind, InstallationKey
from connector.core.okr import PageId, SiteId
from connector.core.viewer import Viewer
from connector.web.auth import ClosedDoor, Guard, Principal, Proof
from connector.web.bodies import LONGEST_QUERY, whole_body
from connector.web.hosts import ConnectDoor
from connector.web.services import WebServices

MARK = "okr_connector.lifecycle_mark"
_FORM = "application/x-www-form-urlencoded"
_LONGEST_FORM = LONGEST_QUERY
_NO_SITE = SiteId("")


def connect_door(services: WebServices) -> ConnectDoor:
    """Raises ClosedDoor where no Connect app is taken in."""
    if services.connect is None:
        raise ClosedDoor("the Connect door is closed")
    return services.connect


def bears_jwt(request: Request) -> bool:
    """Whether a Connect host seems to ask; what the token is worth is another question."""
    scheme = request.headers.get("Authorization", "")[:4].lower()
    return "jwt" in request.args or scheme == "jwt "


def connect_principal(request: Request, services: WebServices) -> Principal:
    """The installation that signed this request, and who looks there. Raises BadProof."""
    connect_door(services)
    asked = _asked(request, services)
    proof = verify_request(
        _presented(request, asked), asked, secrets_of=_secrets(services), now=services.seconds
    )
    return _viewer(proof, Proof.CONNECT_REQUEST, services)


def _context(request: Request, services: WebServices) -> Principal:
    """Our own page in an iframe; the token covers no request, so only some routes take it."""
    connect_door(services)
    asked = _asked(request, services)
    proof = verify_context(
        _presented(request, asked), secrets_of=_secrets(services), now=services.seconds
    )
    return _viewer(proof, Proof.CONNECT_CONTEXT, services)


def _lifecycle(request: Request, services: WebServices) -> Principal:
    """Atlassian itself; of which site it speaks, the view takes from the body."""
    door = connect_door(services)
    asked = _asked(request, services)
    proof = verify_lifecycle(
        _presented(request, asked),
        asked,
        audience=services.base_url.rstrip("/"),
        key_of=door.key_of,
        seen=door.seen,
        now=services.seconds,
    )
    request.environ[MARK] = proof.mark
    key = InstallationKey(proof.client_key)
    return Principal(_NO_SITE, Proof.CONNECT_LIFECYCLE, installation=key)


def _asked(request: Request, services: WebServices) -> SignedRequest:
    """What a hash covers. Our own paths are plain ASCII, so a decoded one is as it was sent."""
    form = ""
    if request.mimetype == _FORM:
        if (request.content_length or 0) > _LONGEST_FORM:
            raise BadProof(Reason.OVERSIZE)
        form = whole_body(request, services)[:_LONGEST_FORM].decode(errors="replace")
    return SignedRequest(
        request.method,
        request.root_path + request.path,
        request.query_string.decode("latin-1"),
        form,
        base_path=urlsplit(services.base_url).path,
    )


def _presented(request: Request, asked: SignedRequest) -> str:
    return presented_token(request.headers.get("Authorization", ""), asked)


def _secrets(services: WebServices) -> SecretsOf:
    installations = connect_door(services).installations

    def secrets_of(client_key: str) -> tuple[str, ...]:
        key = InstallationKey(client_key)
        return installations.secrets(DoorKind.CONNECT, key, services.clock.now())

    return secrets_of


def _viewer(proof: ConnectProof, how: Proof, services: WebServices) -> Principal:
    key = InstallationKey(proof.client_key)
    found = connect_door(services).installations.find(DoorKind.CONNECT, key)
    if found is None or not found.alive:  # gone between the look for its secret and this one
        raise BadProof(Reason.UNKNOWN_TENANT)
    page = PageId(proof.page) if proof.page else None
    viewer = Viewer(proof.account or "")
    return Principal(found.site, how, page, viewer, installation=key)


CONNECT_LIFECYCLE = Guard(_lifecycle)
CONNECT_CALLER = Guard(connect_principal)
CONNECT_VIEWER = Guard(connect_principal, paced=True)
CONNECT_PAGE = Guard(_context, paced=True)
