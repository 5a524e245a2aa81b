"""The descriptor, open to all, and the doors it names, which are closed in token mode."""

import json
from importlib import resources
from pathlib import Path

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

import connector
from connector.core.json import JsonObject
from connector.web.auth import INSTALLED_APP, TokenModeOnly
from connector.web.services import services

FILE_NAME = "atlassian-connect.json"
_BASE = "{{baseUrl}}"

bp = Blueprint("descriptor", __name__)
doors = Blueprint("connect", __name__, url_prefix="/connect")
doors.before_request(INSTALLED_APP)


@bp.get(f"/{FILE_NAME}")
def descriptor() -> ResponseReturnValue:
    return jsonify(filled(services().descriptor, services().base_url))


@doors.post("/installed")
@doors.post("/uninstalled")
@doors.post("/webhooks/confluence")
def closed() -> ResponseReturnValue:
    """The guard has refused already; should it ever not, this still does not pretend."""
    raise TokenModeOnly("this installation uses token mode")


def filled(raw: JsonObject, base_url: str) -> JsonObject:
    """The descriptor for the place where we are served."""
    text = json.dumps(raw).replace(_BASE, base_url.rstrip("/"))
    found: JsonObject = json.loads(text)
    return found


def load_descriptor() -> JsonObject:
    """From beside this module, where the wheel has it, else from the root of the checkout."""
    packaged = resources.files("connector.web") / FILE_NAME
    root = Path(connector.__file__).parent.parent
    text = (packaged if packaged.is_file() else root / FILE_NAME).read_text(encoding="utf-8")
    found: JsonObject = json.loads(text)
    return found
