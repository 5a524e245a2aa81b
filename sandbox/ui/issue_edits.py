"""What people do to issues: fields, comments, links, security; creating and deleting them."""

from dataclasses import replace
from http import HTTPStatus

from flask import Blueprint, abort, redirect, request
from flask.typing import ResponseReturnValue

from sandbox import links
from sandbox.directory import USERS
from sandbox.guard import refuse_foreign_posts
from sandbox.jira.adf import document_of
from sandbox.jira.annexes import LINK_TYPES
from sandbox.jira.edits import FieldErrors
from sandbox.jira.kinds import IssueType
from sandbox.jira.model import Issue, Project
from sandbox.site import current_site
from sandbox.ui.board import found_project, reader
from sandbox.ui.chrome import administers, shown
from sandbox.ui.identity import acting, signed_in
from sandbox.ui.issue_form import IssueForm, changed_fields, shown_values, typed
from sandbox.ui.issues import found_issue, issue_shown, project_of, workable_issue

bp = Blueprint("ui_issue_edits", __name__)
bp.before_request(refuse_foreign_posts)
creation = Blueprint("ui_issue_creation", __name__)
creation.before_request(refuse_foreign_posts)


@bp.post("/<key>")
def edit(key: str) -> ResponseReturnValue:
    """Only fields that differ are sent on, by the rules of the REST API."""
    issue, form = workable_issue(key), typed(request.form)
    fields = changed_fields(shown_values(issue), form, project_of(issue))
    try:
        current_site().desk.edit(issue, {"fields": fields}, signed_in())
    except FieldErrors as error:
        return issue_shown(issue, form=form, problems=error.errors, status=HTTPStatus.BAD_REQUEST)
    return _back(issue)


@bp.post("/<key>/security")
def secure(key: str) -> ResponseReturnValue:
    """Administrators find issues that are hidden from them, so that nobody is locked out."""
    issue = current_site().issues.find(key) if administers(acting()) else workable_issue(key)
    if issue is None:
        abort(HTTPStatus.NOT_FOUND)
    level = request.form.get("level", "")
    fields = {"security": {"id": level} if level else None}
    try:
        current_site().desk.edit(issue, {"fields": fields}, signed_in())
    except FieldErrors as error:
        return issue_shown(issue, problems=error.errors, status=HTTPStatus.BAD_REQUEST)
    return redirect(
        links.local(request.form.get("back", "")) or links.issue(issue.key), HTTPStatus.SEE_OTHER
    )


@bp.post("/<key>/comments")
def say(key: str) -> ResponseReturnValue:
    issue, site = workable_issue(key), current_site()
    text = request.form.get("text", "").strip()
    if text:
        author, body = signed_in().account_id, document_of(text)
        site.issues.annexes.comments.add(issue.id, body, author=author, at=site.now())
        _touch(issue)
    return _back(issue, "comments")


@bp.post("/<key>/comments/<int:comment_id>/delete")
def take_back(key: str, comment_id: int) -> ResponseReturnValue:
    """One's own; those who administer the site may take back any."""
    issue, comments = workable_issue(key), current_site().issues.annexes.comments
    comment = next((one for one in comments.of(issue.id) if one.id == comment_id), None)
    if comment is None:
        abort(HTTPStatus.NOT_FOUND)
    if comment.author != signed_in().account_id and not administers(acting()):
        abort(HTTPStatus.FORBIDDEN)
    comments.remove(comment.id)
    _touch(issue)
    return _back(issue, "comments")


@bp.post("/<key>/links")
def link(key: str) -> ResponseReturnValue:
    """Adds a link to an issue, or takes one away."""
    issue, store = workable_issue(key), current_site().issues
    removed = request.form.get("remove", type=int)
    if removed is not None:
        if any(end.id == removed for end in store.annexes.links.of(issue.id)):
            store.annexes.links.remove(removed)
        return _back(issue, "links")
    way, _, kind = request.form.get("type", "").partition("-")
    other = store.find(request.form.get("other", "").strip())
    if other is None or not store.may_read(other, acting()) or other.id == issue.id:
        problem = {"links": f"No issue can be linked by '{request.form.get('other', '')}'."}
        return issue_shown(issue, problems=problem, status=HTTPStatus.BAD_REQUEST)
    if kind not in LINK_TYPES:
        abort(HTTPStatus.BAD_REQUEST)
    source, target = (issue, other) if way == "out" else (other, issue)
    store.annexes.links.add(LINK_TYPES[kind], source=source.id, target=target.id)
    return _back(issue, "links")


@bp.post("/<key>/delete")
def delete(key: str) -> ResponseReturnValue:
    issue = workable_issue(key)
    current_site().desk.delete(issue, signed_in())
    return redirect(links.board(issue.project), HTTPStatus.SEE_OTHER)


@creation.get("/create")
def new_issue() -> ResponseReturnValue:
    args = request.args
    parent = found_issue(args["parent"]) if args.get("parent") else None
    project = _writable(parent.project if parent else args.get("project", ""))
    return _new_shown(project, _types(project, parent)[0].id, IssueForm(), parent)


@creation.post("/create")
def create() -> ResponseReturnValue:
    form, project = typed(request.form), _writable(request.form.get("project", ""))
    kind = request.form.get("type", "")
    fields = {
        **changed_fields(IssueForm(), form, project),
        "project": {"key": project.key},
        "issuetype": {"id": kind},
        "summary": form.summary,
    }
    try:
        issue = current_site().desk.create(fields, signed_in())
    except FieldErrors as error:
        parent = current_site().issues.find(form.parent) if form.parent else None
        return _new_shown(project, kind, form, parent, problems=error.errors)
    return _back(issue)


def _new_shown(
    project: Project,
    kind: str,
    form: IssueForm,
    parent: Issue | None,
    *,
    problems: dict[str, str] | None = None,
) -> ResponseReturnValue:
    store = current_site().issues
    if parent is not None and not store.may_read(parent, acting()):
        parent = None
    parents = [issue for issue in reader().issues(project) if issue.type.level == 1]
    return shown(
        "new_issue.html",
        HTTPStatus.BAD_REQUEST if problems else HTTPStatus.OK,
        project=project,
        kind=kind,
        kinds=_types(project, parent),
        parent=parent,
        parents=parents,
        form=form,
        people=[user for user in USERS if store.may_browse(project, user)],
        problems=problems or {},
    )


def _types(project: Project, parent: Issue | None) -> list[IssueType]:
    """What may stand below the parent; without one, what may stand alone."""
    level = None if parent is None else parent.type.level - 1
    ordered = sorted(project.issue_types, key=lambda kind: kind.level != 0)
    return [
        kind
        for kind in ordered
        if (kind.level == level if parent is not None else not kind.subtask)
    ]


def _writable(key: str) -> Project:
    project = found_project(key)
    if not current_site().issues.may_work(project.key, acting()):
        abort(HTTPStatus.FORBIDDEN)
    return project


def _touch(issue: Issue) -> None:
    """A comment is a change of its issue."""
    site = current_site()
    with site.issues.transaction():
        held = site.issues.by_id(issue.id) or issue
        site.issues.put(replace(held, updated=site.now()), at=site.now())


def _back(issue: Issue, part: str = "") -> ResponseReturnValue:
    place = links.issue(issue.key) + (f"#{part}" if part else "")
    return redirect(place, HTTPStatus.SEE_OTHER)
