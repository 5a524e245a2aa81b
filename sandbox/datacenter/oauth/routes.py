"""
`/rest/oauth2/latest`: where applications send people, and where they fetch tokens.

https://developer.atlassian.com/server/confluence/confluence-oauth2-provider-api/
"""

import hmac
from http import HTTPStatus
from urllib.parse import urlencode

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from sandbox.clock import epoch_ms
from sandbox.datacenter.oauth.asking import PARAMETERS, SentBack, asked_of, refused
from sandbox.datacenter.oauth.grants import ACCESS_LIFE, Grant, WrongGrant
from sandbox.datacenter.oauth.links import IncomingLink
from sandbox.errors import Refused, shaped_for
from sandbox.links import consent
from sandbox.site import current_site

bp = Blueprint("dc_oauth", __name__, url_prefix="/confluence/rest/oauth2/latest")

_FORM = "application/x-www-form-urlencoded"
# What a client sends that takes JSON for the usual: seen in Jira 10,
# https://github.com/OpenHands/OpenHands/pull/14250
_NOT_A_FORM = (
    "The @FormParam is utilized when the content type of the request entity is not "
    "application/x-www-form-urlencoded"
)


@bp.before_request
def up() -> None:
    """Nobody signs in here: people do on the page of consent, applications by their secret."""
    if "confluence" in current_site().down:
        status = HTTPStatus.SERVICE_UNAVAILABLE
        raise Refused(status, shaped_for(request.path, status, status.phrase))


@bp.errorhandler(SentBack)
def sent_back(sent: SentBack) -> ResponseReturnValue:
    return redirect(sent.address)


@bp.get("/authorize")
def authorize() -> ResponseReturnValue:
    """Leads to the page of consent, or back with what is wrong."""
    asked_of(current_site(), request.args)
    kept = {name: request.args[name] for name in PARAMETERS if name in request.args}
    return redirect(f"{consent()}?{urlencode(kept)}")


@bp.post("/token")
def token() -> ResponseReturnValue:
    link, site = _application(), current_site()
    given, grants, now = request.values, site.dc.oauth.grants, site.now()
    try:
        match given.get("grant_type", ""):
            case "authorization_code":
                grant = grants.exchange(
                    link,
                    given.get("code", ""),
                    redirect=given.get("redirect_uri", ""),
                    verifier=given.get("code_verifier", ""),
                    at=now,
                )
            case "refresh_token":
                grant = grants.refresh(link, given.get("refresh_token", ""), at=now)
            case "":
                raise refused("invalid_request", "The grant type is missing")
            case _:
                raise refused("unsupported_grant_type", "The grant type is not supported")
    except WrongGrant as error:
        raise refused("invalid_grant", str(error)) from error
    return _written(grant)


@bp.post("/revoke")
def revoke() -> ResponseReturnValue:
    link = _application()
    if not request.values.get("token"):
        raise refused("invalid_request", "The token is missing")
    current_site().dc.oauth.grants.revoke(link, request.values["token"])
    return "", HTTPStatus.OK


def _application() -> IncomingLink:
    """The one whose secret came along, in the form or, as the examples have it, in the address."""
    if request.mimetype not in {"", _FORM}:
        status = HTTPStatus.INTERNAL_SERVER_ERROR
        raise Refused(status, {"message": _NOT_A_FORM, "status-code": int(status)})
    found = current_site().dc.oauth.links.find(request.values.get("client_id", ""))
    secret = request.values.get("client_secret", "").encode()
    if found is None or not hmac.compare_digest(found.client_secret.encode(), secret):
        raise refused(
            "invalid_client", "The client id or the secret is wrong", HTTPStatus.UNAUTHORIZED
        )
    return found


def _written(grant: Grant) -> ResponseReturnValue:
    told = {
        "access_token": grant.access,
        "token_type": "bearer",
        "expires_in": int(ACCESS_LIFE.total_seconds()),
        "refresh_token": grant.refresh,
        "created_at": epoch_ms(grant.renewed) // 1000,
    }
    return told, HTTPStatus.OK, {"Cache-Control": "no-store", "Pragma": "no-cache"}
