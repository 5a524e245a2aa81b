"""
Versions 3 and 2 of the API: the same routes; in version 2 long texts are text, not documents.

`latest` is version 2.
"""

from flask import Blueprint, request

from sandbox.guard import jira_gate
from sandbox.jira.adf import document_of
from sandbox.wire import JsonObject, as_object

VERSIONS = ("3", "2", "latest")
_OLD = ("/rest/api/2/", "/rest/api/latest/", "/jira/rest/")


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


def fields_as_documents(given: object) -> JsonObject:
    """The fields of a request as version 3 would have sent them."""
    fields = as_object(given)
    if "description" not in fields:
        return fields
    return fields | {"description": as_document(fields["description"])}


def as_document(value: object) -> object:
    """A long text of a request: version 2 sends a string."""
    return document_of(value) if asked_version() == 2 and isinstance(value, str) else value
