"""Project roles: who plays them follows from who may work in the project."""

from collections.abc import Callable
from dataclasses import dataclass

from sandbox.access import EDIT, VIEW
from sandbox.jira.groups import ADMINISTRATORS
from sandbox.jira.model import Project
from sandbox.wire import JsonObject


@dataclass(frozen=True, slots=True)
class Role:
    """`operation`: what in the project its actors may do, None for administering it."""

    id: int
    name: str
    description: str
    operation: str | None


ROLES = {
    role.id: role
    for role in (
        Role(10002, "Administrators", "People who administer the project.", None),
        Role(10003, "Member", "People who work in the project.", EDIT),
        Role(10004, "Viewer", "People who look into the project.", VIEW),
    )
}
ADMINISTRATORS_ROLE = 10002
ROLE_GROUPS = {ADMINISTRATORS_ROLE: (ADMINISTRATORS,)}


def role_links(project: Project, link: Callable[[str], str]) -> JsonObject:
    return {role.name: link(f"project/{project.id}/role/{role.id}") for role in ROLES.values()}
