"""`/rest/api/3/issue`: one issue at a time, its transitions, and the bulk fetch."""

from collections.abc import Callable, Iterable
from http import HTTPStatus

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox import errors
from sandbox.guard import caller, member
from sandbox.jira import expansions
from sandbox.jira.edits import FieldErrors
from sandbox.jira.kinds import Status
from sandbox.jira.model import Issue
from sandbox.jira.requests import bad_payload, body_object, split_parameter, strings
from sandbox.jira.versions import asked_version, fields_as_documents, jira_blueprint
from sandbox.jira.wire import IssueWriter
from sandbox.site import current_site
from sandbox.wire import JsonObject, as_object

api = Blueprint("issues", __name__)
bp = jira_blueprint("jira_issues", api)

MOST_CREATED = 50
MOST_FETCHED = 100
MOST_FETCHED_LIGHT = 1000
MOST_LIGHT_FIELDS = 100
_HEAVY = {
    "labels",
    "components",
    "fixVersions",
    "issuelinks",
    "subtasks",
    "comment",
    "attachment",
    "worklog",
    "changelog",
    "transitions",
    "operations",
    "editmeta",
    "renderedFields",
}


@bp.errorhandler(FieldErrors)
def field_errors(error: FieldErrors) -> ResponseReturnValue:
    return errors.jira(HTTPStatus.BAD_REQUEST, errors=error.errors).body, HTTPStatus.BAD_REQUEST


def found_issue(id_or_key: str) -> Issue:
    store = current_site().issues
    issue = store.find(id_or_key)
    if issue is None or not store.may_read(issue, caller()):
        raise errors.jira(HTTPStatus.NOT_FOUND, [errors.NO_SUCH_ISSUE])
    return issue


def workable_issue(
    id_or_key: str, what: str = "edit", *, status: int = HTTPStatus.FORBIDDEN
) -> Issue:
    """An issue that the caller may change; `what` is said to those who may only read it."""
    issue = found_issue(id_or_key)
    if not current_site().issues.may_work(issue.project, member()):
        raise errors.jira(status, [f"You do not have permission to {what} issues in this project."])
    return issue


def writer() -> IssueWriter:
    return current_site().writer(caller(), asked_version())


def written(
    issue: Issue, *, fields: list[str], expand: list[str], properties: Iterable[str] = ()
) -> JsonObject:
    writes = writer()
    result = writes.issue(issue, fields)
    if expand:
        result |= expansions.additions(issue, expand, writer=writes, desk=current_site().desk)
    if named := list(properties):
        result["properties"] = expansions.properties(issue, named, writer=writes)
    return result


@api.post("/issue")
def create_issue() -> ResponseReturnValue:
    user = member()
    fields = fields_as_documents(body_object().get("fields"))
    issue = current_site().desk.create(fields, user)
    return writer().reference(issue), HTTPStatus.CREATED


@api.post("/issue/bulk")
def create_issues() -> ResponseReturnValue:
    user = member()
    return created_many(
        lambda told: current_site().desk.create(fields_as_documents(told.get("fields")), user)
    )


def created_many(create: Callable[[JsonObject], Issue]) -> ResponseReturnValue:
    """Those that are right are created; an answer is bad only when all are wrong."""
    given = body_object().get("issueUpdates")
    if not isinstance(given, list) or not 1 <= len(given) <= MOST_CREATED:
        raise bad_payload()
    made: list[JsonObject] = []
    wrong: list[JsonObject] = []
    for number, one in enumerate(given):
        try:
            made.append(writer().reference(create(as_object(one))))
        except FieldErrors as error:
            told = {"errorMessages": [], "errors": error.errors}
            wrong.append({"status": 400, "elementErrors": told, "failedElementNumber": number})
    status = HTTPStatus.CREATED if made else HTTPStatus.BAD_REQUEST
    return {"issues": made, "errors": wrong}, status


@api.get("/issue/<issue_id_or_key>")
def get_issue(issue_id_or_key: str) -> ResponseReturnValue:
    issue = found_issue(issue_id_or_key)
    fields, expand = split_parameter("fields") or ["*all"], split_parameter("expand")
    properties = split_parameter("properties")
    return written(
        issue, fields=fields, expand=expand, properties=properties
    ) | expansions.about_fields(fields, expand)


@api.put("/issue/<issue_id_or_key>")
def edit_issue(issue_id_or_key: str) -> ResponseReturnValue:
    issue = found_issue(issue_id_or_key)
    body = body_object()
    given = body | {"fields": fields_as_documents(body.get("fields"))}
    if not current_site().issues.may_work(issue.project, member()):
        raise _not_on_screen([*given["fields"], *as_object(body.get("update"))])
    after = current_site().desk.edit(issue, given, member())
    if request.args.get("returnIssue") == "true":
        return written(after, fields=["*all"], expand=split_parameter("expand"))
    return "", HTTPStatus.NO_CONTENT


@api.delete("/issue/<issue_id_or_key>")
def delete_issue(issue_id_or_key: str) -> ResponseReturnValue:
    issue = workable_issue(issue_id_or_key, "delete")
    has_subtasks = issue.type.level == 0 and current_site().issues.children(issue)
    if has_subtasks and request.args.get("deleteSubtasks") != "true":
        message = (
            f"The issue '{issue.key}' has subtasks.  You must specify the 'deleteSubtasks' "
            "parameter to delete this issue and all its subtasks."
        )
        raise errors.jira(HTTPStatus.BAD_REQUEST, [message])
    current_site().desk.delete(issue, member())
    return "", HTTPStatus.NO_CONTENT


@api.get("/issue/<issue_id_or_key>/transitions")
def get_transitions(issue_id_or_key: str) -> ResponseReturnValue:
    issue = found_issue(issue_id_or_key)
    allowed = _allowed(issue)
    return {
        "expand": "transitions",
        "transitions": [writer().transition(status) for status in allowed],
    }


@api.post("/issue/<issue_id_or_key>/transitions")
def do_transition(issue_id_or_key: str) -> ResponseReturnValue:
    issue = found_issue(issue_id_or_key)
    body = body_object()
    asked = as_object(body.get("transition")).get("id")
    if asked is None:
        raise errors.jira(HTTPStatus.BAD_REQUEST, ["Missing 'transition' identifier"])
    member()
    for status in _allowed(issue):
        if status.transition_id == str(asked):
            current_site().desk.move(issue, status, as_object(body.get("fields")), member())
            return "", HTTPStatus.NO_CONTENT
    message = f"It seems that you have tried to perform an illegal workflow operation ({asked})."
    raise errors.jira(HTTPStatus.BAD_REQUEST, [message])


def _allowed(issue: Issue) -> list[Status]:
    """None for those who may not move it."""
    may = current_site().issues.may_work(issue.project, caller())
    return current_site().desk.allowed(issue) if may else []


def _not_on_screen(names: Iterable[str]) -> errors.Refused:
    """What Jira says to those who lack the permission to edit: no field is on their screen."""
    sentence = "Field '{}' cannot be set. It is not on the appropriate screen, or unknown."
    told = {name: sentence.format(name) for name in names}
    return errors.jira(HTTPStatus.BAD_REQUEST, errors=told)


@api.post("/issue/bulkfetch")
def bulk_fetch() -> ResponseReturnValue:
    """Unknown and unreadable ids come back under `issueErrors`, the others under `issues`."""
    body = body_object()
    wanted = strings(body, "issueIdsOrKeys")
    if not wanted:
        raise errors.jira(HTTPStatus.BAD_REQUEST, ["issueIdsOrKeys must not be empty."])
    fields = strings(body, "fields") or ["*navigable"]
    expand, properties = strings(body, "expand"), strings(body, "properties")
    most = MOST_FETCHED_LIGHT if _light(fields, expand) and not properties else MOST_FETCHED
    if len(wanted) > most:
        message = f"A maximum of {most} issues can be fetched in one request."
        raise errors.jira(HTTPStatus.BAD_REQUEST, [message])
    store = current_site().issues
    found: dict[int, Issue] = {}
    unknown: list[JsonObject] = []
    for name in dict.fromkeys(wanted):
        issue = store.find(name)
        if issue is None or not store.may_read(issue, caller()):
            unknown.append({"id": name, "errorMessage": errors.NO_SUCH_ISSUE})
        else:
            found[issue.id] = issue
    issues = [
        written(found[i], fields=fields, expand=expand, properties=properties)
        for i in sorted(found)
    ]
    return {
        "issues": issues,
        "issueErrors": unknown,
        **expansions.about_fields(fields, expand),
    }


def _light(fields: list[str], expand: list[str]) -> bool:
    """More issues come at once when few fields of one value each are named."""
    named = all(name[:1] not in {"*", "-"} and name not in _HEAVY for name in fields)
    return named and len(fields) <= MOST_LIGHT_FIELDS and not set(expand) & _HEAVY
