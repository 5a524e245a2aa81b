"""The guard of the Forge door: an invocation token says for which installation, where in the
product, and for whom we are called."""

import json
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from flask import Request

from connector.atlassian.bad_proof import BadProof, Reason
from connector.atlassian.forge_claims import Invocation
from connector.atlassian.forge_token import verify_invocation
from connector.core.installation import Address, Installation, InstallationKey, Product
from connector.core.okr import PageId
from connector.core.viewer import Viewer
from connector.usecases.manage_installation import Seen, see_forge
from connector.usecases.sites import NotConnected
from connector.web.auth import ClosedDoor, Guard, Principal, Proof
from connector.web.hosts import ForgeDoor
from connector.web.services import WebServices

SYSTEM_TOKEN, USER_TOKEN = "X-Forge-OAuth-System", "X-Forge-OAuth-User"
# https://developer.atlassian.com/platform/forge/remote/essentials: at least two hours, at most four
_AT_LEAST, _AT_MOST = timedelta(hours=2), timedelta(hours=4)
_MARGIN = timedelta(minutes=5)
# One that lasts longer than this is not replaced: each frame brings one, and each write costs.
_ENOUGH = timedelta(hours=1)
# Which endpoint of the manifest a path belongs to: a reader's browser may call any path and send
# any header, but only ever as the frame that it shows.
LIFECYCLE = frozenset({"lifecycle", "app-events"})
SCHEDULE = frozenset({"schedule", "hourly"})
LEAVING = frozenset({"uninstalled", "leaving"})
PLATFORM: Mapping[str, frozenset[str]] = {
    "forge.confluence_event": frozenset({"confluence-events", "page-events"}),
    "forge.jira_event": frozenset({"jira-events", "issue-events"}),
    "forge.schedule": SCHEDULE,
    "forge.lifecycle": LIFECYCLE,
    "forge.uninstalled": LEAVING,
}
_PLATFORM = frozenset[str]().union(*PLATFORM.values())
# These come after an installation alone; events may have been on their way while it ended.
_INSTALLED = LIFECYCLE | SCHEDULE
# What reading claims may raise; a text that is no base64 or no UTF-8 is a ValueError too.
_NO_CLAIMS = (
    IndexError,
    KeyError,
    TypeError,
    ValueError,
    OverflowError,
    OSError,
    RecursionError,
)


def forge_door(services: WebServices) -> ForgeDoor:
    """Raises ClosedDoor where no Forge app is taken in."""
    if services.forge is None:
        raise ClosedDoor("the Forge door is closed")
    return services.forge


def _invoked(request: Request, services: WebServices) -> Principal:
    door = forge_door(services)
    told = verify_invocation(
        _bearer(request),
        app_id=door.app_id,
        keys=door.keys,
        api_origins=door.api_origins,
        now=services.seconds,
    )
    here = see_forge(_seen(told), installations=door.installations, clock=services.clock)
    if not here.alive and told.module_key not in LEAVING:
        raise NotConnected("the installation has ended")
    if told.module_key in _PLATFORM and here.alive:
        _keep_token(request, here, door, services.clock.now())
    viewer = Viewer(told.account or "", request.headers.get(USER_TOKEN, ""))
    page = PageId(told.page) if told.page else None
    return Principal(
        here.site,
        Proof.FORGE,
        page,
        viewer,
        installation=here.key,
        invocation=told,
        tells=told.module_key in _PLATFORM,
    )


def _bearer(request: Request) -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise BadProof(Reason.MISSING)
    return token.strip()


def _seen(told: Invocation) -> Seen:
    """`siteUrl` is where people are; calls for events do not say it."""
    at = told.site_url or ""
    shown = {Product.CONFLUENCE: f"{at}/wiki" if at else "", Product.JIRA: at}
    addresses = tuple(
        Address(product, api=base, shown=shown[product])
        for product in Product
        if (base := told.api_base_url(product)) is not None
    )
    issued = datetime.fromtimestamp(told.issued, UTC)
    since = issued if told.module_key in _INSTALLED else None
    return Seen(InstallationKey(told.installation), told.cloud_id, addresses, since)


def _keep_token(request: Request, here: Installation, door: ForgeDoor, now: datetime) -> None:
    """The system token, with which jobs ask the site long after this request."""
    given = request.headers.get(SYSTEM_TOKEN, "")
    if not given or door.installations.token(here.site, now + _ENOUGH) is not None:
        return
    door.installations.keep_token(here.site, given, _ends(given, now) - _MARGIN)


def _ends(token: str, now: datetime) -> datetime:
    """When a token ends that is not ours to read: it says so if it is a JWT, else the least that
    is promised. What it says only shortens or lengthens our own remembering."""
    try:
        part = token.split(".")[1]
        claims = json.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4)))
        said = datetime.fromtimestamp(claims["exp"], UTC)
    except _NO_CLAIMS:
        return now + _AT_LEAST
    return min(max(said, now), now + _AT_MOST)


FORGE_CALLER = Guard(_invoked, paced=True)
