"""Permissions of others, roles in projects, permission schemes, security levels."""

from collections.abc import Iterable
from http import HTTPStatus

from flask import Blueprint
from flask.typing import ResponseReturnValue

from sandbox import errors
from sandbox.access import ANONYMOUS, EDIT, VIEW
from sandbox.directory import User, user_by_id
from sandbox.guard import member
from sandbox.jira import wire_plans
from sandbox.jira.kinds import SECURITY_LEVELS, SECURITY_SCHEME
from sandbox.jira.model import Project
from sandbox.jira.permissions import BROWSE, PERMISSIONS
from sandbox.jira.requests import bad_payload, body_object, strings
from sandbox.jira.roles import ROLE_GROUPS, ROLES, Role, role_links
from sandbox.jira.routes_groups import group_id
from sandbox.jira.routes_issues import writer
from sandbox.jira.routes_projects import found_project
from sandbox.site import current_site
from sandbox.wire import JsonObject, as_text

api = Blueprint("rights", __name__)

MOST_CHECKED = 1000
_SCHEME = 10000


@api.post("/permissions/check")
def check() -> ResponseReturnValue:
    """For oneself; for others only those who administer the site may ask."""
    me, body = member(), body_object()
    user = user_by_id(as_text(body.get("accountId"))) if body.get("accountId") else me
    if user is None:
        raise errors.jira(HTTPStatus.BAD_REQUEST, ["The user does not exist."])
    if user is not me and not PERMISSIONS["ADMINISTER"].held_by(me):
        message = "You do not have the permission to ask about other users."
        raise errors.jira(HTTPStatus.FORBIDDEN, [message])
    everywhere = _known(strings(body, "globalPermissions"), everywhere=True)
    asked = body.get("projectPermissions") or []
    if not isinstance(asked, list) or not all(isinstance(one, dict) for one in asked):
        raise bad_payload()
    return {
        "globalPermissions": [key for key in everywhere if PERMISSIONS[key].held_by(user)],
        "projectPermissions": [grant for one in asked for grant in _grants(one, user)],
    }


@api.post("/permissions/project")
def permitted_projects() -> ResponseReturnValue:
    user = member()
    wanted, store = _known(strings(body_object(), "permissions"), everywhere=False), current_site()
    found = [
        project
        for project in store.issues.projects()
        if all(PERMISSIONS[key].held_in([project], user, store.issues) for key in wanted)
        and store.issues.may_browse(project, user)
    ]
    return {"projects": [{"id": project.id, "key": project.key} for project in found]}


@api.get("/role")
def roles() -> ResponseReturnValue:
    member()
    return [_role(role) for role in ROLES.values()]


@api.get("/role/<id>")
def role(id: str) -> ResponseReturnValue:  # noqa: A002 - the published parameter
    member()
    return _role(_found(id))


@api.get("/project/<project_id_or_key>/role")
def project_roles(project_id_or_key: str) -> ResponseReturnValue:
    return role_links(found_project(project_id_or_key), writer().link)


@api.get("/project/<project_id_or_key>/role/<id>")
def project_role(project_id_or_key: str, id: str) -> ResponseReturnValue:  # noqa: A002 - published
    project, role = found_project(project_id_or_key), _found(id)
    address = writer().link(f"project/{project.id}/role/{role.id}")
    return _role(role) | {"self": address, "actors": _actors(project, role)}


@api.get("/project/<project_id_or_key>/roledetails")
def role_details(project_id_or_key: str) -> ResponseReturnValue:
    project = found_project(project_id_or_key)
    found = []
    for role in ROLES.values():
        told = _role(role)
        del told["actors"]
        address = writer().link(f"project/{project.id}/role/{role.id}")
        found.append(told | {"self": address, "admin": role.operation is None, "default": True})
    return found


@api.get("/project/<project_key_or_id>/permissionscheme")
def permission_scheme_of(project_key_or_id: str) -> ResponseReturnValue:
    found_project(project_key_or_id)
    return _scheme()


@api.get("/permissionscheme")
def permission_schemes() -> ResponseReturnValue:
    member()
    return {"permissionSchemes": [_scheme()]}


@api.get("/permissionscheme/<scheme_id>")
def permission_scheme(scheme_id: str) -> ResponseReturnValue:
    member()
    if scheme_id != str(_SCHEME):
        raise errors.jira(HTTPStatus.NOT_FOUND, ["The permission scheme does not exist."])
    return _scheme()


@api.get("/project/<project_key_or_id>/securitylevel")
def security_levels(project_key_or_id: str) -> ResponseReturnValue:
    """Those that the caller belongs to."""
    project, me = found_project(project_key_or_id), member()
    levels = [] if project.team_managed else SECURITY_LEVELS.values()
    return {
        "levels": [
            wire_plans.security(writer().link, level)
            for level in levels
            if me.account_id in level.accounts
        ]
    }


@api.get("/securitylevel/<id>")
def security_level(id: str) -> ResponseReturnValue:  # noqa: A002 - the published parameter
    member()
    if id not in SECURITY_LEVELS:
        raise errors.jira(HTTPStatus.NOT_FOUND, ["The security level does not exist."])
    told = wire_plans.security(writer().link, SECURITY_LEVELS[id])
    return told | {"isDefault": False, "issueSecuritySchemeId": SECURITY_SCHEME}


def _known(keys: list[str], *, everywhere: bool) -> list[str]:
    unknown = [
        key for key in keys if key not in PERMISSIONS or PERMISSIONS[key].everywhere != everywhere
    ]
    if unknown:
        raise errors.jira(
            HTTPStatus.BAD_REQUEST, [f"Unrecognized permission: {', '.join(unknown)}"]
        )
    return keys


def _grants(asked: JsonObject, user: User) -> list[JsonObject]:
    store = current_site().issues
    keys = _known(strings(asked, "permissions"), everywhere=False)
    projects, issues = _numbers(asked, "projects"), _numbers(asked, "issues")
    if len(projects) > MOST_CHECKED or len(issues) > MOST_CHECKED:
        raise bad_payload()
    found = []
    for key in keys:
        held = [p.id for p in store.projects() if p.id in projects and _has(key, [p], user)]
        known = [issue for number in issues if (issue := store.by_id(number))]
        mine = [
            issue.id
            for issue in known
            if store.may_read(issue, user)
            and _has(key, [p for p in store.projects() if p.key == issue.project], user)
        ]
        found.append({"permission": key, "projects": held, "issues": mine})
    return found


def _has(key: str, projects: Iterable[Project], user: User) -> bool:
    return PERMISSIONS[key].held_in(projects, user, current_site().issues)


def _numbers(asked: JsonObject, name: str) -> list[int]:
    given = strings(asked, name)
    if not all(text.isascii() and text.isdecimal() for text in given):
        raise bad_payload()
    return [int(text[:15]) for text in given]


def _found(role_id: str) -> Role:
    for role in ROLES.values():
        if str(role.id) == role_id:
            return role
    message = f"Can not retrieve a role actor with id '{role_id}'."
    raise errors.jira(HTTPStatus.NOT_FOUND, [message])


def _role(role: Role) -> JsonObject:
    return {
        "self": writer().link(f"role/{role.id}"),
        "name": role.name,
        "id": role.id,
        "description": role.description,
        "actors": [],
    }


def _actors(project: Project, role: Role) -> list[JsonObject]:
    names: Iterable[str] = ROLE_GROUPS.get(role.id, ())
    if role.operation in {VIEW, EDIT}:
        access = current_site().issues.access
        names = sorted(access.holders(project.key, str(role.operation)) - {ANONYMOUS})
    return [_actor(number, name) for number, name in enumerate(names, start=10240)]


def _actor(number: int, name: str) -> JsonObject:
    user = user_by_id(name)
    if user is not None:
        return {
            "id": number,
            "displayName": user.name,
            "type": "atlassian-user-role-actor",
            "actorUser": {"accountId": user.account_id},
        }
    group = {"name": name, "displayName": name, "groupId": group_id(name)}
    return {
        "id": number,
        "displayName": name,
        "type": "atlassian-group-role-actor",
        "name": name,
        "actorGroup": group,
    }


def _scheme() -> JsonObject:
    """Every permission goes to the role that a project has for it."""
    address = writer().link(f"permissionscheme/{_SCHEME}")
    grants = [
        {
            "id": number,
            "self": f"{address}/permission/{number}",
            "holder": {"type": "projectRole", "parameter": str(held), "value": str(held)},
            "permission": permission.key,
        }
        for number, permission in enumerate(PERMISSIONS.values(), start=10100)
        if not permission.everywhere
        for held in [_role_for(permission.key)]
    ]
    return {
        "expand": "permissions,user,group,projectRole,field,all",
        "id": _SCHEME,
        "self": address,
        "name": "Default software scheme",
        "description": "Roles of the project decide.",
        "permissions": grants,
    }


def _role_for(key: str) -> int:
    if PERMISSIONS[key].administrators:
        return 10002
    return 10004 if key == BROWSE else 10003
