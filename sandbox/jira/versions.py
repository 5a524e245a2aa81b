"""Versions 3 and 2 of the API: the same routes; in version 2 long texts are text, not documents."""

from flask import Blueprint, request

from sandbox.guard import jira_gate
from sandbox.jira.adf import document_of
from sandbox.wire import JsonObject

VERSIONS = (3, 2)
_OLD = "/rest/api/2/"


def jira_blueprint(name: str, *parts: Blueprint) -> Blueprint:
    """What every Jira request passes, and the parts under the paths of both versions."""
    bp = Blueprint(name, __name__, url_prefix="/rest/api")
    bp.before_request(jira_gate)
    for version in VERSIONS:
        for part in parts:
            bp.register_blueprint(part, url_prefix=f"/{version}", name=f"{part.name}_v{version}")
    return bp


def asked_version() -> int:
    return 2 if request.path.startswith(_OLD) else 3


def fields_as_documents(given: JsonObject) -> JsonObject:
    """The fields of a request as version 3 would have sent them."""
    text = given.get("description")
    if asked_version() == 2 and isinstance(text, str):
        return given | {"description": document_of(text)}
    return given
