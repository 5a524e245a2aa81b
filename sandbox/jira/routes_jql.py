"""JQL itself: parsed, and what may be written in it."""

from http import HTTPStatus

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox import errors
from sandbox.guard import caller
from sandbox.jira.jql import JqlErrors, check
from sandbox.jira.jql_reference import quoted, reference, values
from sandbox.jira.jql_structure import structure
from sandbox.jira.jql_terms import Asking
from sandbox.jira.requests import bad_payload, body_object, strings
from sandbox.query.parse import QuerySyntaxError, parse
from sandbox.site import current_site
from sandbox.wire import JsonObject

api = Blueprint("jql", __name__)

_VALIDATIONS = {"strict", "warn", "none"}
_MOST_SUGGESTED = 15


@api.post("/jql/parse")
def parse_queries() -> ResponseReturnValue:
    """`strict` and `warn` look whether fields and values exist; `none` only at the grammar."""
    validation = request.args.get("validation", "strict")
    if validation not in _VALIDATIONS:
        message = "The 'validation' parameter must be 'strict', 'warn' or 'none'."
        raise errors.jira(HTTPStatus.BAD_REQUEST, [message])
    body = body_object()
    if "queries" not in body:
        raise bad_payload()
    return {"queries": [_parsed(text, validation) for text in strings(body, "queries")]}


@api.get("/jql/autocompletedata")
def get_reference() -> ResponseReturnValue:
    return reference()


@api.post("/jql/autocompletedata")
def post_reference() -> ResponseReturnValue:
    strings(body_object(), "projectIds")
    return reference()


@api.get("/jql/autocompletedata/suggestions")
def suggestions() -> ResponseReturnValue:
    """Values of the fields that have names; for the others nothing."""
    name = request.args.get("fieldName", "").casefold()
    begin = request.args.get("fieldValue", "").casefold()
    found = [text for text in values(name) if text.casefold().startswith(begin)]
    return {
        "results": [
            {"value": quoted(text), "displayName": text} for text in found[:_MOST_SUGGESTED]
        ]
    }


def _parsed(text: str, validation: str) -> JsonObject:
    try:
        query = parse(text, strict=True)
    except QuerySyntaxError as error:
        return {"query": text, "errors": [str(error)]}
    told: JsonObject = {"query": text, "structure": structure(query)}
    if validation == "none":
        return told
    site = current_site()
    try:
        check(text, Asking(caller(), site.now(), site.issues))
    except JqlErrors as error:
        if validation == "strict":
            return {"query": text, "errors": error.messages}
        return told | {"warnings": error.messages}
    return told
