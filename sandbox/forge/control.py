"""`/_sandbox/forge`: what an administrator does with the app, and how long Forge takes."""

from dataclasses import asdict
from http import HTTPStatus
from pathlib import Path

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox.directory import ADMIN
from sandbox.errors import Refused
from sandbox.forge.installation import Installation
from sandbox.forge.macros import written
from sandbox.forge.manifest import WrongManifest
from sandbox.forge.timing import WrongTiming, changed
from sandbox.guard import refuse_foreign_posts
from sandbox.site import current_site
from sandbox.wiki.changes import update_page
from sandbox.wire import JsonObject, as_id, as_object, as_text

bp = Blueprint("forge_control", __name__, url_prefix="/_sandbox/forge")
bp.before_request(refuse_foreign_posts)


@bp.errorhandler(WrongManifest)
@bp.errorhandler(WrongTiming)
def wrong(error: ValueError) -> ResponseReturnValue:
    return {"error": str(error)}, HTTPStatus.BAD_REQUEST


@bp.get("")
def state() -> ResponseReturnValue:
    host = current_site().forge
    found = host.installation
    return {
        "cloudId": host.cloud_id,
        "timing": asdict(host.deliveries.timing),
        "installation": _told(found) if found else None,
        "failed": [
            {"module": one.module_key, "event": one.event.get("eventType"), "reason": one.reason}
            for one in host.deliveries.failed
        ],
    }


@bp.post("/install")
def install() -> ResponseReturnValue:
    """`{"manifest": PATH, "remote": URL}`, or `{}` for the app that is deployed already."""
    told, host = as_object(request.get_json(silent=True)), current_site().forge
    if told:
        host.deploy(Path(as_text(told.get("manifest"))), as_text(told.get("remote")))
    return _told(host.install()), HTTPStatus.CREATED


@bp.post("/uninstall")
def uninstall() -> ResponseReturnValue:
    return {"problem": current_site().forge.uninstall()}


@bp.post("/timing")
def timing() -> ResponseReturnValue:
    """`{"delay": 0.2, "retry": 2, "first": 1, "interval": 0, "body": "payload"}`, in seconds."""
    deliveries = current_site().forge.deliveries
    told = request.get_json(silent=True)
    deliveries.timing = changed(deliveries.timing, as_object(told))
    return asdict(deliveries.timing)


@bp.post("/schedule")
def schedule() -> ResponseReturnValue:
    """Keeps every schedule now."""
    return {"kept": current_site().forge.keep_schedules()}


@bp.post("/insert")
def insert() -> ResponseReturnValue:
    """`{"page": 131073, "macro": "okr-objective", "config": {}}`: as an author's first line."""
    told, site = as_object(request.get_json(silent=True)), current_site()
    found = site.forge.installation
    module = found.manifest.module("macro", as_text(told.get("macro"))) if found else None
    number = as_id(str(told.get("page")))
    page = site.pages.find(number) if number is not None else None
    if found is None or module is None or page is None:
        raise Refused(HTTPStatus.BAD_REQUEST, {"error": "there is no such page or macro"})
    config = {name: str(value) for name, value in as_object(told.get("config")).items()}
    after = update_page(
        site,
        page,
        title=page.title,
        body=written(found, module, config) + page.body,
        number=page.version.number + 1,
        author=ADMIN,
    )
    return {"version": after.version.number}, HTTPStatus.CREATED


def _told(found: Installation) -> JsonObject:
    return {
        "app": found.manifest.app_id,
        "installation": found.id,
        "cloudId": found.cloud_id,
        "user": found.user.account_id,
        "scopes": sorted(found.manifest.scopes),
    }
