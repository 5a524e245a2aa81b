"""Forms that change something: only one of ours, for this very page, is taken."""

import hashlib
import hmac
import json

from flask import Request

from connector.core.errors import Forbidden
from connector.core.okr import PageId, SiteId
from connector.web.services import WebServices

_FORM_KEY = b"okr-connector/form/1"
_OURS = frozenset({"", "same-origin", "none"})


class ForeignForm(Forbidden):
    """Another site's page posts here in the name of whoever reads it, or the form is too old."""

    code = "foreign_form"


def form_proof(services: WebServices, site: SiteId, action: str, page: PageId) -> str:
    """What a form of ours carries: a page of another site cannot read it, so it cannot send it.

    It changes with the API token, and where there is none with every start of the service.
    """
    secret = services.api_token.encode() if services.api_token else services.form_key
    key = hmac.new(secret, _FORM_KEY, hashlib.sha256).digest()
    signed = json.dumps([site, action, page]).encode()
    return hmac.new(key, signed, hashlib.sha256).hexdigest()


def require_own_look(request: Request) -> None:
    """
    Raises ForeignForm for what a page of another site fetches or embeds: it could not read the
    answer, but each look costs calls to the site. A link that a person follows is fine.
    """
    foreign = request.headers.get("Sec-Fetch-Site", "") not in _OURS
    if foreign and request.headers.get("Sec-Fetch-Mode", "") != "navigate":
        raise ForeignForm("asked by a page of another site")


def require_own_form(
    request: Request, services: WebServices, *, site: SiteId, action: str, page: PageId
) -> None:
    """
    Raises ForeignForm.

    Origin says nothing here, because our Referrer-Policy makes it `null`; browsers say in
    Sec-Fetch-Site who asks, and programs do not send it.
    https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Sec-Fetch-Site
    """
    given = request.form.get("proof", "").encode(errors="replace")
    due = form_proof(services, site, action, page).encode()
    if request.headers.get("Sec-Fetch-Site", "") not in _OURS:
        raise ForeignForm("sent from a page of another site")
    if not hmac.compare_digest(given, due):
        raise ForeignForm("without the proof of a form of ours")
