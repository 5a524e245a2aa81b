"""Users and rights: who may look into which space and project, and work there."""

from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, abort, redirect, request
from flask.typing import ResponseReturnValue

from sandbox import links
from sandbox.access import ANONYMOUS, EDIT, OPERATIONS, PROJECT, SPACE, VIEW, Access
from sandbox.directory import USERS, user_by_id
from sandbox.guard import refuse_foreign_posts
from sandbox.jira.groups import GROUPS
from sandbox.jira.kinds import SECURITY_LEVELS
from sandbox.site import current_site
from sandbox.ui.chrome import administers, shown
from sandbox.ui.identity import acting
from sandbox.wiki.rights import OPERATIONS as PAGE_OPERATIONS

bp = Blueprint("ui_people", __name__)
bp.before_request(refuse_foreign_posts)


@bp.before_request
def administrators_only() -> None:
    if not administers(acting()):
        abort(HTTPStatus.FORBIDDEN)


@dataclass(frozen=True, slots=True)
class Holder:
    """`granted`: by name; `may`: by name, by a group, or because anybody may."""

    id: str
    name: str
    kind: str
    granted: frozenset[str]
    may: frozenset[str]


@dataclass(frozen=True, slots=True)
class Place:
    kind: str
    key: str
    name: str
    public: bool
    holders: tuple[Holder, ...]


@bp.get("/people")
def people() -> ResponseReturnValue:
    site = current_site()
    places = [_place(site.pages.access, one.key, one.name) for one in site.pages.spaces()]
    places += [_place(site.issues.access, one.key, one.name) for one in site.issues.projects()]
    rights = site.pages.rights
    restricted = [
        page
        for page in site.pages.all()
        if page.status == "current"
        and any(
            rights.restricted(page.id, one) or rights.restricted_groups(page.id, one)
            for one in PAGE_OPERATIONS
        )
    ]
    return shown(
        "people.html",
        places=places,
        groups=GROUPS,
        operations=OPERATIONS,
        restricted=restricted,
        rights=rights,
        secured=[issue for issue in site.issues.all() if issue.security_id],
        levels=SECURITY_LEVELS,
        opened=request.args.get("place", ""),
    )


@bp.post("/people")
def change() -> ResponseReturnValue:
    """Grants what is not granted, revokes what is."""
    form, site = request.form, current_site()
    kind, key, holder = form.get("kind"), form.get("place", ""), form.get("holder", "")
    operation = form.get("operation", "")
    access = {SPACE: site.pages.access, PROJECT: site.issues.access}.get(kind or "")
    known = {one.key for one in site.pages.spaces()} | {one.key for one in site.issues.projects()}
    if access is None or key not in known or operation not in OPERATIONS:
        abort(HTTPStatus.BAD_REQUEST)
    if not (holder in GROUPS or user_by_id(holder) or (holder, operation) == (ANONYMOUS, VIEW)):
        abort(HTTPStatus.BAD_REQUEST)
    granted = holder in access.holders(key, operation)
    (access.revoke if granted else access.grant)(key, operation, holder)
    return redirect(links.asked(links.people(), place=f"{kind}-{key}"), HTTPStatus.SEE_OTHER)


def _place(access: Access, key: str, name: str) -> Place:
    granted = {one: access.holders(key, one) for one in OPERATIONS}
    holders = [
        Holder(ANONYMOUS, ANONYMOUS, ANONYMOUS, _of(granted, ANONYMOUS), _of(granted, ANONYMOUS)),
        *(
            Holder(group, group, "group", _of(granted, group), _of(granted, group))
            for group in GROUPS
        ),
        *(
            Holder(
                user.account_id,
                user.name,
                "user",
                _of(granted, user.account_id),
                frozenset(one for one in OPERATIONS if access.may(key, one, user)),
            )
            for user in USERS
        ),
    ]
    return Place(access.kind, key, name, access.may(key, VIEW, None), tuple(holders))


def _of(granted: dict[str, frozenset[str]], holder: str) -> frozenset[str]:
    return frozenset(one for one in (VIEW, EDIT) if holder in granted[one])
