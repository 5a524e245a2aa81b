"""
Operations on many issues, which a real site works through in the background.

Here they are done at once; the task tells of it afterwards.
"""

from collections.abc import Callable
from http import HTTPStatus

from flask import Blueprint
from flask.typing import ResponseReturnValue

from sandbox import errors
from sandbox.directory import User, user_by_id
from sandbox.guard import member
from sandbox.jira.custom_fields import COMPANY_POINTS, TEAM_POINTS
from sandbox.jira.edits import FieldErrors
from sandbox.jira.model import Issue
from sandbox.jira.requests import bad_payload, body_object, split_parameter, strings
from sandbox.jira.routes_issues import writer
from sandbox.site import current_site
from sandbox.wire import JsonObject, as_object, as_text

api = Blueprint("bulk", __name__)

MOST_ISSUES = 1000
MOST_FIELDS = 200
_LABEL_OPERATIONS = {"ADD": "add", "REMOVE": "remove"}
_Work = Callable[[Issue, User], str | None]


@api.get("/bulk/issues/transition")
def transitions() -> ResponseReturnValue:
    """Issues of one project have one workflow."""
    member()
    issues, unknown = _readable(split_parameter("issueIdsOrKeys"))
    if unknown or not issues:
        raise _wrong("Some of the issues in the issueIdsOrKeys are not valid")
    by_project: dict[str, list[Issue]] = {}
    for issue in issues:
        by_project.setdefault(issue.project, []).append(issue)
    return {"availableTransitions": [_available(group) for group in by_project.values()]}


@api.post("/bulk/issues/transition")
def transition() -> ResponseReturnValue:
    me, inputs = member(), body_object().get("bulkTransitionInputs")
    if not isinstance(inputs, list) or not inputs:
        raise bad_payload()
    names: list[str] = []
    work: dict[int, str] = {}
    for one in inputs:
        told = as_object(one)
        chosen = strings(told, "selectedIssueIdsOrKeys")
        names += chosen
        work |= {issue.id: as_text(told.get("transitionId")) for issue in _readable(chosen)[0]}
    return _submitted(names, me, lambda issue, user: _moved(issue, user, work[issue.id]))


@api.post("/bulk/issues/fields")
def edit() -> ResponseReturnValue:
    """Labels, priorities and numbers; the other kinds of fields are refused by name."""
    me, body = member(), body_object()
    actions, given = strings(body, "selectedActions"), as_object(body.get("editedFieldsInput"))
    update = _update(given)
    if not update or len(actions) > MOST_FIELDS:
        raise bad_payload()
    if unlisted := [name for name in update if name not in actions]:
        raise _wrong(
            "The following editedFieldInput values are not listed as selectedActions : "
            + ", ".join(unlisted)
        )

    def work(issue: Issue, user: User) -> str | None:
        current_site().desk.edit(issue, {"update": update}, user)
        return None

    return _submitted(strings(body, "selectedIssueIdsOrKeys"), me, work)


@api.post("/bulk/issues/delete")
def delete() -> ResponseReturnValue:
    def work(issue: Issue, user: User) -> str | None:
        if current_site().issues.by_id(issue.id) is not None:
            current_site().desk.delete(issue, user)
        return None

    return _submitted(strings(body_object(), "selectedIssueIdsOrKeys"), member(), work)


@api.post("/bulk/issues/watch")
def watch() -> ResponseReturnValue:
    def work(issue: Issue, user: User) -> str | None:
        current_site().issues.annexes.watchers.add(issue.id, user.account_id)
        return None

    return _submitted(strings(body_object(), "selectedIssueIdsOrKeys"), member(), work)


@api.post("/bulk/issues/unwatch")
def unwatch() -> ResponseReturnValue:
    def work(issue: Issue, user: User) -> str | None:
        current_site().issues.annexes.watchers.remove(issue.id, user.account_id)
        return None

    return _submitted(strings(body_object(), "selectedIssueIdsOrKeys"), member(), work)


@api.get("/bulk/queue/<task_id>")
def progress(task_id: str) -> ResponseReturnValue:
    me, task = member(), current_site().tasks.find(task_id)
    if task is None or task.author != me.account_id:
        raise _wrong("Task with the given id was not found.")
    moment = writer().moment(task.at)
    return {
        "taskId": task.id,
        "status": "COMPLETE",
        "progressPercent": 100,
        "submittedBy": writer().user(user_by_id(task.author)),
        "created": moment,
        "started": moment,
        "updated": moment,
        "totalIssueCount": len(task.done) + len(task.failed) + task.unknown,
        "processedAccessibleIssues": list(task.done),
        "failedAccessibleIssues": {str(number): text for number, text in task.failed.items()},
        "invalidOrInaccessibleIssueCount": task.unknown,
    }


def _submitted(names: list[str], user: User, work: _Work) -> ResponseReturnValue:
    if not 1 <= len(names) <= MOST_ISSUES:
        raise _wrong(f"Between 1 and {MOST_ISSUES} issues can be changed at once.")
    site = current_site()
    issues, unknown = _readable(names)
    done, failed = [], {}
    for issue in issues:
        if not site.issues.may_work(issue.project, user):
            failed[issue.id] = "You do not have permission to edit issues in this project."
            continue
        try:
            fault = work(issue, user)
        except FieldErrors as error:
            fault = str(error)
        if fault is None:
            done.append(issue.id)
        else:
            failed[issue.id] = fault
    task = site.tasks.add(
        author=user.account_id, at=site.now(), done=tuple(done), failed=failed, unknown=unknown
    )
    return {"taskId": task.id}, HTTPStatus.CREATED


def _moved(issue: Issue, user: User, transition_id: str) -> str | None:
    desk = current_site().desk
    for status in desk.allowed(issue):
        if status.transition_id == transition_id:
            desk.move(issue, status, {}, user)
            return None
    return f"The transition {transition_id} is not available."


def _update(given: JsonObject) -> JsonObject:
    """What the typed inputs mean for each field."""
    update: JsonObject = {}
    if unknown := set(given) - {"labelsFields", "priority", "clearableNumberFields"}:
        raise _wrong(f"Unsupported fields: {', '.join(sorted(unknown))}")
    if "priority" in given:
        chosen = as_text(as_object(given["priority"]).get("priorityId"))
        update["priority"] = [{"set": {"id": chosen}}]
    for one in _listed(given, "labelsFields"):
        update["labels"] = _labels(one)
    for one in _listed(given, "clearableNumberFields"):
        name = as_text(one.get("fieldId"))
        if name not in {COMPANY_POINTS, TEAM_POINTS}:
            raise _wrong(f"Unsupported field: {name}")
        update[name] = [{"set": one.get("value")}]
    return update


def _labels(told: JsonObject) -> list[JsonObject]:
    option = as_text(told.get("bulkEditMultiSelectFieldOption"))
    labels = [as_text(as_object(one).get("name")) for one in _listed(told, "labels")]
    if option in _LABEL_OPERATIONS:
        return [{_LABEL_OPERATIONS[option]: label} for label in labels]
    if option in {"REPLACE", "REMOVE_ALL"}:
        return [{"set": labels if option == "REPLACE" else []}]
    raise bad_payload()


def _listed(told: JsonObject, name: str) -> list[JsonObject]:
    value = told.get(name, [])
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise bad_payload()
    return value


def _readable(names: list[str]) -> tuple[list[Issue], int]:
    """The issues the caller may read, and how many there are not."""
    store, me = current_site().issues, member()
    found = {
        issue.id: issue
        for name in names
        if (issue := store.find(name)) and store.may_read(issue, me)
    }
    return list(found.values()), len(set(names)) - len(found)


def _available(issues: list[Issue]) -> JsonObject:
    project = current_site().issues.project(issues[0].project)
    return {
        "issues": [issue.key for issue in issues],
        "isTransitionsFiltered": False,
        "transitions": [
            {
                "transitionId": int(status.transition_id),
                "transitionName": status.name,
                "to": {"statusId": int(status.id), "statusName": status.name},
            }
            for status in (project.statuses if project else ())
        ],
    }


def _wrong(sentence: str) -> errors.Refused:
    return errors.Refused(HTTPStatus.BAD_REQUEST, {"errors": [{"message": sentence}]})
