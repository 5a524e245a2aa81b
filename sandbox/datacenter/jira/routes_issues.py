"""One issue at a time: reading, creating, editing, moving and deleting it."""

from http import HTTPStatus

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox.datacenter import errors
from sandbox.datacenter.gate import me
from sandbox.datacenter.jira.asked import Asked, epic_own, read
from sandbox.datacenter.jira.fields import EPIC_LINK, EPIC_NAME
from sandbox.datacenter.jira.requests import about_fields, writer
from sandbox.datacenter.jira.routes_search import written
from sandbox.datacenter.jira.words import Words
from sandbox.guard import caller
from sandbox.jira import expansions
from sandbox.jira.adf import document_of
from sandbox.jira.edits import FieldErrors
from sandbox.jira.kinds import COMPANY_TYPES
from sandbox.jira.model import FieldChange, Issue
from sandbox.jira.requests import body_object, split_parameter
from sandbox.jira.routes_issues import created_many, found_issue, workable_issue
from sandbox.site import current_site
from sandbox.wire import JsonObject, as_object, as_text

api = Blueprint("dc_issues", __name__)

_NOT_A_SUBTASK = "The issue type selected is not a sub-task."


@api.get("/issue/<issue_id_or_key>")
def get_issue(issue_id_or_key: str) -> ResponseReturnValue:
    if caller() is None and not _open_to_strangers(issue_id_or_key):
        raise errors.jira(HTTPStatus.UNAUTHORIZED, errors.LOGIN_REQUIRED)
    issue = found_issue(issue_id_or_key)
    fields, expand = split_parameter("fields") or ["*all"], split_parameter("expand")
    answer = written(issue, fields, expand) | about_fields(fields, expand)
    if asked := split_parameter("properties"):
        answer["properties"] = expansions.properties(issue, asked, writer=writer())
    return answer


def _open_to_strangers(id_or_key: str) -> bool:
    store = current_site().issues
    issue = store.find(id_or_key)
    return issue is not None and store.may_read(issue, None)


@api.post("/issue")
def create_issue() -> ResponseReturnValue:
    return writer().reference(_created(body_object())), HTTPStatus.CREATED


@api.post("/issue/bulk")
def create_issues() -> ResponseReturnValue:
    return created_many(_created)


def _created(given: JsonObject) -> Issue:
    """Raises `FieldErrors`. An epic needs a name of its own."""
    site, asked = current_site(), read(given, current_site().dc.words)
    kind = _kind(asked, site.dc.words)
    if kind == "Epic" and not as_text(asked.own.get(EPIC_NAME)).strip():
        raise FieldErrors({EPIC_NAME: "Epic Name is required."})
    _check_family(asked, is_epic=kind == "Epic", is_subtask=kind == "Sub-task")
    if kind != "Epic" and asked.own:
        raise FieldErrors(_not_on_screen(asked.own))
    try:
        issue = site.desk.create(asked.fields, me().user)
    except FieldErrors as error:
        raise asked.renamed(error) from error
    if issue.type.level == 1:
        site.dc.epics.put(issue, epic_own(site.dc.epics.of(issue), asked.own))
    return issue


def _kind(asked: Asked, words: Words) -> str:
    """The English name of the type; an id names one too."""
    given = as_object(asked.fields.get("issuetype"))
    for kind in COMPANY_TYPES:
        if str(given.get("id")) == kind.id:
            return kind.name
    name = words.english("issuetype", given.get("name"))
    return next((k.name for k in COMPANY_TYPES if k.name.casefold() == str(name).casefold()), "")


def _check_family(asked: Asked, *, is_epic: bool, is_subtask: bool) -> None:
    """Sub-tasks have parents, other issues an epic link, epics neither."""
    if asked.linked and (is_epic or is_subtask):
        raise FieldErrors({EPIC_LINK: "Only issues that are no epics or sub-tasks have an epic."})
    if "parent" in asked.fields and not asked.linked and not is_subtask:
        raise FieldErrors({"issuetype": _NOT_A_SUBTASK})


def _not_on_screen(names: JsonObject) -> dict[str, str]:
    return {
        name: f"Field '{name}' cannot be set. It is not on the appropriate screen, or unknown."
        for name in names
    }


@api.put("/issue/<issue_id_or_key>")
def edit_issue(issue_id_or_key: str) -> ResponseReturnValue:
    issue = found_issue(issue_id_or_key)
    site, asked = current_site(), read(body_object(), current_site().dc.words)
    workable_issue(issue.key)
    level = issue.type.level
    if asked.own and level != 1:
        raise FieldErrors(_not_on_screen(asked.own))
    if "parent" in asked.fields and not asked.linked:
        raise FieldErrors(_not_on_screen({"parent": None}))
    _check_family(asked, is_epic=level == 1, is_subtask=issue.type.subtask)
    try:
        site.desk.edit(issue, {"fields": asked.fields, "update": asked.update}, me().user)
    except FieldErrors as error:
        raise asked.renamed(error) from error
    if asked.own:
        _change_epic(site.issues.by_id(issue.id) or issue, asked.own)
    _comment(issue, asked)
    return "", HTTPStatus.NO_CONTENT


def _change_epic(epic: Issue, own: JsonObject) -> None:
    site = current_site()
    before = site.dc.epics.of(epic)
    after = epic_own(before, own)
    site.dc.epics.put(epic, after)
    pairs = (
        ("Epic Name", before.name, after.name),
        ("Epic Status", before.status.name, after.status.name),
        ("Epic Colour", before.colour, after.colour),
    )
    items = [FieldChange(name, None, old, None, new) for name, old, new in pairs if old != new]
    if items:
        author = me().user
        change = site.issues.record(epic, author=author, at=site.now(), items=items)
        site.announce_issue("jira:issue_updated", epic, author, change, items)


def _comment(issue: Issue, asked: Asked) -> None:
    site = current_site()
    for text in asked.comments:
        site.issues.annexes.comments.add(
            issue.id, document_of(text), author=me().user.account_id, at=site.now()
        )


@api.delete("/issue/<issue_id_or_key>")
def delete_issue(issue_id_or_key: str) -> ResponseReturnValue:
    issue, site = workable_issue(issue_id_or_key, "delete"), current_site()
    has_subtasks = issue.type.level == 0 and site.issues.children(issue)
    if has_subtasks and request.args.get("deleteSubtasks") != "true":
        message = (
            f"The issue '{issue.key}' has subtasks.  You must specify the 'deleteSubtasks' "
            "parameter to delete this issue and all its subtasks."
        )
        raise errors.jira(HTTPStatus.BAD_REQUEST, [message])
    site.desk.delete(issue, me().user)
    return "", HTTPStatus.NO_CONTENT


@api.get("/issue/<issue_id_or_key>/transitions")
def transitions(issue_id_or_key: str) -> ResponseReturnValue:
    issue, site = found_issue(issue_id_or_key), current_site()
    may = site.issues.may_work(issue.project, me().user)
    allowed = site.desk.allowed(issue) if may else []
    return {
        "expand": "transitions",
        "transitions": [writer().transition(status) for status in allowed],
    }


@api.post("/issue/<issue_id_or_key>/transitions")
def move_issue(issue_id_or_key: str) -> ResponseReturnValue:
    issue, body, site = found_issue(issue_id_or_key), body_object(), current_site()
    wanted = as_object(body.get("transition")).get("id")
    if wanted is None:
        raise errors.jira(HTTPStatus.BAD_REQUEST, ["Missing 'transition' identifier"])
    may = site.issues.may_work(issue.project, me().user)
    asked = read(body, site.dc.words)
    for status in site.desk.allowed(issue) if may else []:
        if status.transition_id == str(wanted):
            site.desk.move(issue, status, asked.fields, me().user)
            _comment(issue, asked)
            return "", HTTPStatus.NO_CONTENT
    message = (
        f"It seems that you have tried to perform a workflow operation ({wanted}) that is not "
        f"valid for the current state of this issue ({issue.key})."
    )
    raise errors.jira(HTTPStatus.BAD_REQUEST, [message])


@api.put("/issue/<issue_id_or_key>/assignee")
def assign(issue_id_or_key: str) -> ResponseReturnValue:
    """`{"name": …}`; null takes the issue from its assignee."""
    issue, site = workable_issue(issue_id_or_key, "assign"), current_site()
    given = {"fields": {"assignee": body_object() or None}}
    if body_object().get("name", "") is None:
        given = {"fields": {"assignee": None}}
    site.desk.edit(issue, {"fields": read(given, site.dc.words).fields}, me().user)
    return "", HTTPStatus.NO_CONTENT


@api.get("/issue/<issue_id_or_key>/subtask")
def subtasks(issue_id_or_key: str) -> ResponseReturnValue:
    issue, store = found_issue(issue_id_or_key), current_site().issues
    below = store.children(issue) if issue.type.level == 0 else []
    return [writer().brief(one) for one in below if store.may_read(one, me().user)]
