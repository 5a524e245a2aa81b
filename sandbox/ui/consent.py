"""The page on which somebody lets an application act for them, or does not."""

from http import HTTPStatus
from urllib.parse import urlsplit

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from sandbox.datacenter.oauth.asking import PARAMETERS, SentBack, asked_of, sent_back
from sandbox.datacenter.oauth.scopes import SCOPES
from sandbox.guard import refuse_foreign_posts
from sandbox.policy import policy
from sandbox.site import current_site
from sandbox.ui.chrome import shown
from sandbox.ui.identity import acting, signed_in

bp = Blueprint("ui_consent", __name__)
bp.before_request(refuse_foreign_posts)


@bp.errorhandler(SentBack)
def back(sent: SentBack) -> ResponseReturnValue:
    return redirect(sent.address)


@bp.get("/plugins/servlet/oauth2/consent")
def ask() -> ResponseReturnValue:
    """Whoever is chosen in the header answers; a stranger is asked to be somebody first."""
    link, asked = asked_of(current_site(), request.args)
    answer = shown(
        "consent.html",
        link=link,
        scopes=SCOPES[: SCOPES.index(asked.scope) + 1],
        kept={name: request.args[name] for name in PARAMETERS if name in request.args},
        may_answer=acting() is not None,
    )
    there = urlsplit(link.redirect)
    answer.headers["Content-Security-Policy"] = policy(f"{there.scheme}://{there.netloc}")
    return answer


@bp.post("/plugins/servlet/oauth2/consent")
def answered() -> ResponseReturnValue:
    site, me = current_site(), signed_in()
    _, asked = asked_of(site, request.form)
    if request.form.get("answer") != "allow":
        told = {"error": "access_denied", "error_description": "The user denied the request"}
        return redirect(sent_back(asked, **told), HTTPStatus.SEE_OTHER)
    code = site.dc.oauth.grants.allow(me, asked, at=site.now())
    return redirect(sent_back(asked, code=code), HTTPStatus.SEE_OTHER)
