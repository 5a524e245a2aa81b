"""The Forge door: frames and exports of readers, events, the hourly call, coming and going."""

import json
from collections.abc import Mapping

import structlog
from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from connector.atlassian.forge_payloads import forge_issue_event, forge_page_event
from connector.core.errors import BadInput, Forbidden, NotFound
from connector.core.events import SweepDue
from connector.core.installation import DoorKind, Product
from connector.core.okr import PageId
from connector.usecases.manage_installation import uninstall
from connector.web.auth import principal
from connector.web.auth_forge import FORGE_CALLER, PLATFORM, forge_door
from connector.web.drawing import Drawn, draw, draw_macro, export_adf
from connector.web.page_drawings import panel_drawing
from connector.web.receiving import answer_delivery, queue_event
from connector.web.services import services
from macros.registry import MACROS, OBJECTIVE
from schemas import validate

log = structlog.get_logger(__name__)

bp = Blueprint("forge", __name__, url_prefix="/forge")
bp.before_request(FORGE_CALLER)

_MACROS = {one.host_key: one.key for one in MACROS.values()}
_HOUR = 3600


class WrongEndpoint(Forbidden):
    """A path that is not for whoever calls: events come from Atlassian, not from a frame."""

    code = "wrong_endpoint"


@bp.before_request
def only_for_its_endpoint() -> None:
    allowed = PLATFORM.get(request.endpoint or "")
    told = principal().invocation
    if allowed is not None and (told is None or told.module_key not in allowed):
        raise WrongEndpoint("not from this endpoint")


@bp.post("/macro")
def macro() -> ResponseReturnValue:
    """The document of the macro on the page that Forge names, or that it is still the same."""
    asked = _asked("forge-macro")
    known = asked.get("etag", "")
    return _answer(draw_macro(_macro(asked), {**asked, "page": _page()}, known=known))


@bp.post("/panel")
def panel() -> ResponseReturnValue:
    """The same for what the issue moves that Forge names."""
    asked = _asked("forge-macro")
    drawing = panel_drawing({**asked, "issue": _issue()})
    return _answer(draw("panel", drawing, known=asked.get("etag", ""), inside=Product.JIRA))


@bp.post("/export")
def export() -> ResponseReturnValue:
    """The same as a document of Atlassian's, for PDF, Word and e-mail."""
    asked = _asked("forge-export")
    return jsonify({"adf": export_adf(_macro(asked), asked)})


@bp.post("/events/confluence")
def confluence_event() -> ResponseReturnValue:
    body, site, clock = request.get_data(), principal().site, services().clock
    return answer_delivery("confluence", forge_page_event(body, site=site, received_at=clock.now()))


@bp.post("/events/jira")
def jira_event() -> ResponseReturnValue:
    body, site, clock = request.get_data(), principal().site, services().clock
    return answer_delivery("jira", forge_issue_event(body, site=site, received_at=clock.now()))


@bp.post("/schedule")
def schedule() -> ResponseReturnValue:
    """Once an hour: the guard has kept the new token, and the whole site is looked through."""
    return _sweep(_HOUR)


@bp.post("/lifecycle")
def lifecycle() -> ResponseReturnValue:
    """Installed, or a new version was agreed to: the guard has kept it, now read the site."""
    log.info("site.installed", site=principal().site, door=DoorKind.FORGE)
    return _sweep(1)


@bp.post("/uninstalled")
def uninstalled() -> ResponseReturnValue:
    here, who = services(), principal()
    if who.installation is not None:
        uninstall(
            DoorKind.FORGE,
            who.installation,
            installations=forge_door(here).installations,
            clock=here.clock,
        )
    log.info("site.uninstalled", site=who.site, door=DoorKind.FORGE)
    return jsonify({})


def _sweep(interval: int) -> ResponseReturnValue:
    """A rare second call within the interval is the same sweep."""
    now = services().clock.now()
    slot = int(now.timestamp() // interval)
    queue_event(SweepDue(principal().site, slot, full=True, received_at=now))
    return jsonify({})


def _page() -> PageId:
    """The page that the token names; what the body says of it counts nothing."""
    page = principal().page
    if page is None:
        raise BadInput("the macro stands on no page that was saved")
    return page


def _issue() -> str:
    """The issue that the token names, as `_page`."""
    told = principal().invocation
    if told is None or told.issue is None:
        raise BadInput("the panel stands beside no issue")
    return told.issue


def _answer(drawn: Drawn) -> ResponseReturnValue:
    if drawn.html:
        return jsonify({"html": drawn.html, "etag": drawn.tag})
    return jsonify({"unchanged": True})


def _macro(asked: Mapping[str, str]) -> str:
    """Our key of the macro that is named by its key in the page."""
    key = _MACROS.get(asked.get("macro", OBJECTIVE.host_key))
    if key is None:
        raise NotFound("no such macro")
    return key


def _asked(schema: str) -> dict[str, str]:
    try:
        document = json.loads(request.get_data())
    except (ValueError, RecursionError):
        raise BadInput("the body is JSON") from None
    if not isinstance(document, dict):
        raise BadInput("the body is a JSON object")
    if wrong := validate(schema, document):
        raise BadInput("; ".join(f"{one.where}: {one.message}".lstrip(": ") for one in wrong))
    return {name: str(value) for name, value in document.items()}
