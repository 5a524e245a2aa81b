"""Permissions: which there are, and who has them here."""

from collections.abc import Iterable
from dataclasses import dataclass

from sandbox.directory import User
from sandbox.jira.groups import ADMINISTRATORS, GROUPS
from sandbox.jira.model import Project
from sandbox.jira.store import IssueStore
from sandbox.wire import JsonObject

BROWSE = "BROWSE_PROJECTS"


@dataclass(frozen=True, slots=True)
class Permission:
    id: str
    key: str
    name: str
    everywhere: bool = False
    administrators: bool = False

    def held_by(self, user: User | None) -> bool:
        """Wherever it is asked; `held_in` knows the project."""
        if user is None:
            return False
        return not self.administrators or user in GROUPS[ADMINISTRATORS]

    def held_in(self, projects: Iterable[Project], user: User | None, store: IssueStore) -> bool:
        """In at least one of the projects."""
        if self.everywhere or self.administrators:
            return self.held_by(user)
        if self.key == BROWSE:
            return any(store.may_browse(project, user) for project in projects)
        return any(store.may_work(project.key, user) for project in projects)


PERMISSIONS = {
    permission.key: permission
    for permission in (
        Permission("0", "ADMINISTER", "Administer Jira", everywhere=True, administrators=True),
        Permission("33", "BULK_CHANGE", "Make bulk changes", everywhere=True),
        Permission("27", "USER_PICKER", "Browse users and groups", everywhere=True),
        Permission("10", BROWSE, "Browse Projects"),
        Permission("11", "CREATE_ISSUES", "Create Issues"),
        Permission("12", "EDIT_ISSUES", "Edit Issues"),
        Permission("13", "ASSIGN_ISSUES", "Assign Issues"),
        Permission("14", "RESOLVE_ISSUES", "Resolve Issues"),
        Permission("16", "DELETE_ISSUES", "Delete Issues"),
        Permission("17", "ASSIGNABLE_USER", "Assignable User"),
        Permission("18", "CLOSE_ISSUES", "Close Issues"),
        Permission("21", "LINK_ISSUES", "Link Issues"),
        Permission("23", "ADMINISTER_PROJECTS", "Administer Projects", administrators=True),
        Permission("28", "SCHEDULE_ISSUES", "Schedule Issues"),
        Permission("46", "TRANSITION_ISSUES", "Transition Issues"),
    )
}


def described(permission: Permission) -> JsonObject:
    return {
        "id": permission.id,
        "key": permission.key,
        "name": permission.name,
        "type": "GLOBAL" if permission.everywhere else "PROJECT",
        "description": "",
    }
