"""The Connect door: descriptors, open to all; lifecycle calls; webhooks of installed sites."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

import structlog
from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

import connector
from connector.atlassian.bad_proof import BadProof, Reason
from connector.atlassian.installed import Lifecycle, lifecycle_of
from connector.atlassian.payloads import issue_event, page_event
from connector.core.errors import BadInput, NotFound, Unavailable
from connector.core.events import SweepDue
from connector.core.installation import DoorKind
from connector.core.json import JsonObject
from connector.usecases.manage_installation import Installed, install_connect, uninstall
from connector.web.auth import principal
from connector.web.auth_connect import (
    CONNECT_CALLER,
    CONNECT_LIFECYCLE,
    CONNECT_PAGE,
    MARK,
    connect_door,
)
from connector.web.descriptors import confluence_descriptor, jira_descriptor, translations
from connector.web.framed import begun_anew
from connector.web.frames import HEADER
from connector.web.receiving import answer_delivery, delivery_id, queue_event
from connector.web.services import services

log = structlog.get_logger(__name__)

FILE_NAME = "atlassian-connect.json"

bp = Blueprint("descriptor", __name__)
lifecycle_bp = Blueprint("connect_lifecycle", __name__, url_prefix="/connect")
lifecycle_bp.before_request(CONNECT_LIFECYCLE)
frames_bp = Blueprint("connect_frames", __name__, url_prefix="/connect")
frames_bp.before_request(CONNECT_PAGE)
events_bp = Blueprint("connect_webhooks", __name__, url_prefix="/connect/webhooks")
events_bp.before_request(CONNECT_CALLER)


@bp.get(f"/{FILE_NAME}")
def descriptor() -> ResponseReturnValue:
    return jsonify(confluence_descriptor(services().descriptor, services().base_url))


@bp.get("/atlassian-connect-jira.json")
def descriptor_of_jira() -> ResponseReturnValue:
    """The same app for Jira, which reads a descriptor of its own."""
    return jsonify(jira_descriptor(services().descriptor, services().base_url))


@bp.get("/atlassian-connect/<locale>.json")
def words_of_descriptors(locale: str) -> ResponseReturnValue:
    """What both descriptors say, in one of the languages that they name."""
    if locale not in services().descriptor["translations"]["paths"]:
        raise NotFound(f"no words in {locale}")
    return jsonify(translations(services().words(locale)))


@lifecycle_bp.post("/installed")
def installed() -> ResponseReturnValue:
    """
    Kept before the answer, for the host takes anything but 200 and 204 as a failure, and signs
    its next request with the new secret.
    """
    told = _told()
    if told.secret is None:
        raise BadInput("not an installation: sharedSecret")
    with _good_again():
        _install(Installed(told.key, told.address, told.secret))
    return "", 204


@lifecycle_bp.post("/uninstalled")
def uninstalled() -> ResponseReturnValue:
    here, told = services(), _told()
    with _good_again():
        uninstall(
            DoorKind.CONNECT,
            told.key,
            installations=connect_door(here).installations,
            clock=here.clock,
        )
    log.info("site.uninstalled", product=told.address.product)
    return "", 204


@frames_bp.post("/frame")
def frame() -> ResponseReturnValue:
    """A page that slept longer than its frame lasts: its host says anew who looks."""
    response = Response(status=204)
    response.headers[HEADER] = begun_anew(request.headers.get(HEADER, ""))
    return response


@events_bp.post("/jira")
def jira_webhook() -> ResponseReturnValue:
    body, site, clock = request.get_data(), principal().site, services().clock
    return answer_delivery(
        "jira", issue_event(body, site=site, received_at=clock.now(), delivery=delivery_id())
    )


@events_bp.post("/confluence")
def confluence_webhook() -> ResponseReturnValue:
    body, site, clock = request.get_data(), principal().site, services().clock
    return answer_delivery(
        "confluence", page_event(body, site=site, received_at=clock.now(), delivery=delivery_id())
    )


@contextmanager
def _good_again() -> Iterator[None]:
    """A call that could not be carried out: the host may make the very same one again."""
    try:
        yield
    except Unavailable:
        connect_door(services()).seen.forget(request.environ[MARK])
        raise


def _told() -> Lifecycle:
    """
    The body, which the signature does not cover: it must speak of the installation that the token
    speaks of, and of a host that may install us.
    """
    told = lifecycle_of(request.get_data())
    if told.key != principal().installation:
        raise BadProof(Reason.ISSUER)
    if not connect_door(services()).takes(told.host):
        raise BadProof(Reason.ADDRESS)
    return told


def _install(told: Installed) -> None:
    """Keep it, and have the whole site read soon; each new installation is one more reason."""
    here, now = services(), services().clock.now()
    made = install_connect(
        told,
        installations=connect_door(here).installations,
        store=here.store,
        clock=here.clock,
        own=here.site,
    )
    log.info("site.installed", site=made.site, product=told.address.product)
    queue_event(SweepDue(made.site, int(now.timestamp()), full=True, received_at=now))


def load_descriptor() -> JsonObject:
    """From beside this module, where the wheel has it, else from the root of the checkout."""
    packaged = resources.files("connector.web") / FILE_NAME
    root = Path(connector.__file__).parent.parent
    text = (packaged if packaged.is_file() else root / FILE_NAME).read_text(encoding="utf-8")
    found: JsonObject = json.loads(text)
    return found
