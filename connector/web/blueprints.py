"""Page templates for Confluence's create dialog: the page with its gaps, and what fills them."""

from flask import Blueprint, Response, jsonify
from flask.typing import ResponseReturnValue

from connector.core.cycle import current_quarter
from connector.core.errors import NotFound
from connector.core.okr import Level
from connector.core.words import Words
from connector.pages.blueprints import KINDS, blueprint_context, blueprint_template
from connector.web.auth import current_site, principal
from connector.web.auth_connect import CONNECT_VIEWER
from connector.web.looking import Busy, one_of_few
from connector.web.services import services

PREFIX = "/connect/blueprints"

# Confluence fetches a template without any proof, and it is the same for everybody:
# https://github.com/atlassian-labs/connect-security-req-tester/issues/36
templates_bp = Blueprint("connect_templates", __name__, url_prefix=PREFIX)
bp = Blueprint("connect_blueprints", __name__, url_prefix=PREFIX)
bp.before_request(CONNECT_VIEWER)


@templates_bp.get("/<kind>/template")
def template(kind: str) -> ResponseReturnValue:
    level, words = _kind(kind)
    return Response(blueprint_template(level, words), mimetype="application/xml")


@bp.post("/<kind>/context")
def context(kind: str) -> ResponseReturnValue:
    """
    The host waits 10 s at most. What it tells of space and person is not read: who creates the
    page stands in its proof.
    """
    level, words = _kind(kind)
    policy, clock = current_site().ports.policy, services().clock
    month = policy.fiscal_year_start_month
    cycle = current_quarter(policy.today(clock.now()), fiscal_year_start_month=month)
    unit = _author() if level is Level.INDIVIDUAL else ""
    return jsonify(blueprint_context(level, cycle, words, label=policy.labels[0], unit=unit))


def _kind(kind: str) -> tuple[Level, Words]:
    if kind not in KINDS:
        raise NotFound(f"no blueprint {kind}")
    level, locale = KINDS[kind]
    return level, services().words(locale)


def _author() -> str:
    """Their name, so that two people's pages in one space are not called the same."""
    viewer = principal().viewer
    if viewer is None or not viewer.account:
        return ""
    try:
        with one_of_few(services()):
            names = current_site().ports.wiki.name_people([viewer.account])
    except Busy:
        return ""
    return names.get(viewer.account, "")
