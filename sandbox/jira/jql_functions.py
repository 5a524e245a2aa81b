"""The functions of JQL that give values: people, issues, types, projects."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sandbox.directory import user_named
from sandbox.jira.groups import GROUPS
from sandbox.jira.jql_dates import instant, unsuitable
from sandbox.jira.jql_terms import NONE, Asking, JqlError, missing
from sandbox.jira.model import Issue, known_types
from sandbox.jira.sprints import ACTIVE, CLOSED, FUTURE
from sandbox.query.borders import NAMES
from sandbox.query.tree import EMPTY, Call, Operand, Value


@dataclass(frozen=True, slots=True)
class _Function:
    """What a function gives; `kind` is the kind of field it suits, `counts` its arguments."""

    kind: str
    give: Callable[[Call, Asking], Iterable[str]]
    counts: range = range(1)


def texts(field: str, operands: Iterable[Operand], asking: Asking, *, kind: str = "") -> list[str]:
    """What the operands name. Raises `JqlError` for a function that is unknown or unsuitable."""
    return [text for operand in operands for text in _texts(field, operand, asking, kind)]


def _texts(field: str, operand: Operand, asking: Asking, kind: str) -> Iterable[str]:
    if isinstance(operand, Value):
        return [operand.text]
    if operand is EMPTY:
        return [NONE]
    check_known(operand)
    function = _FUNCTIONS.get(operand.name)
    if function is None or function.kind != kind:
        raise unsuitable(field, operand)
    if len(operand.arguments) not in function.counts:
        low, high = function.counts[0], function.counts[-1]
        expected = str(low) if low == high else f"between '{low}' and '{high}'"
        raise JqlError(
            f"Function '{operand.name}' expected {expected} arguments but received "
            f"'{len(operand.arguments)}'."
        )
    return function.give(operand, asking)


def check_known(call: Call) -> None:
    if call is not EMPTY and call.name not in _FUNCTIONS and call.name not in {"now", *NAMES}:
        raise JqlError(f"Unable to find JQL function '{call.name}()'.")


def _current_user(_call: Call, asking: Asking) -> list[str]:
    return [asking.user.account_id] if asking.user else []


def _members_of(call: Call, _asking: Asking) -> list[str]:
    (group,) = call.arguments
    members = GROUPS.get(group.casefold())
    if members is None:
        raise JqlError(
            f"Function 'membersOf' can not generate a list of usernames for group '{group}'; "
            "the group does not exist."
        )
    return [user.account_id for user in members]


def _types(*, subtask: bool) -> Callable[[Call, Asking], list[str]]:
    def give(_call: Call, asking: Asking) -> list[str]:
        types = known_types(asking.store.projects())
        return [kind.id for kind in types if kind.subtask == subtask]

    return give


def _projects_led(call: Call, asking: Asking) -> list[str]:
    leader = user_named(call.arguments[0]) if call.arguments else asking.user
    if leader is None:
        return []
    return [
        p.key
        for p in asking.store.projects()
        if p.lead == leader.account_id and asking.store.may_browse(p, asking.user)
    ]


def _linked(call: Call, asking: Asking) -> list[str]:
    start = _named(call, asking)
    words = {word.casefold() for word in call.arguments[1:]}
    found = [
        end.issue_id
        for end in asking.store.annexes.links.of(start.id)
        if not words or end.word.casefold() in words
    ]
    return _readable(found, asking)


def _below(call: Call, asking: Asking) -> list[str]:
    found: list[Issue] = []
    layer = [_named(call, asking)]
    while layer:
        layer = [child for issue in layer for child in asking.store.children(issue)]
        found += layer
    return _readable([issue.id for issue in found], asking)


def _by_remote_link(call: Call, asking: Asking) -> list[str]:
    return _readable(asking.store.annexes.remote_links.issues_with(call.arguments), asking)


def _updated_by(call: Call, asking: Asking) -> list[str]:
    author = user_named(call.arguments[0])
    if author is None:
        raise missing("updatedBy", call.arguments[0])
    span = [instant("updatedBy", Value(text), asking) for text in call.arguments[1:]]
    begin, end = (*span, None, None)[:2]
    return [
        str(issue.id)
        for issue in asking.store.all()
        if asking.store.may_read(issue, asking.user)
        and any(
            change.author == author.account_id
            and (begin is None or change.created >= begin)
            and (end is None or change.created <= end)
            for change in asking.store.changes(issue)
        )
    ]


def _named(call: Call, asking: Asking) -> Issue:
    issue = asking.readable(call.arguments[0])
    if issue is None:
        raise JqlError(f"Issue '{call.arguments[0]}' could not be found in function '{call.name}'.")
    return issue


def _readable(ids: Iterable[int], asking: Asking) -> list[str]:
    return [str(i) for i in ids if asking.readable(str(i)) is not None]


def _versions(*, released: bool) -> Callable[[Call, Asking], list[str]]:
    def give(call: Call, asking: Asking) -> list[str]:
        return [
            str(version.id)
            for version in asking.store.annexes.versions.all()
            if version.released == released
            and not version.archived
            and (not call.arguments or version.project in _project_keys(call, asking))
        ]

    return give


def _end_version(*, released: bool) -> Callable[[Call, Asking], list[str]]:
    """The last that was released, or the first that was not."""
    give_all = _versions(released=released)

    def give(call: Call, asking: Asking) -> list[str]:
        found = give_all(call, asking)
        return found[-1:] if released else found[:1]

    return give


def _project_keys(call: Call, asking: Asking) -> set[str]:
    keys = set()
    for text in call.arguments:
        project = asking.store.project(text)
        if project is None or not asking.store.may_browse(project, asking.user):
            raise JqlError(f"Could not resolve the project '{text}' provided to '{call.name}'.")
        keys.add(project.key)
    return keys


def _sprints(state: str) -> Callable[[Call, Asking], list[str]]:
    def give(_call: Call, asking: Asking) -> list[str]:
        return [str(one.id) for one in asking.store.annexes.sprints.all() if one.state == state]

    return give


def _components_led(call: Call, asking: Asking) -> list[str]:
    leader = user_named(call.arguments[0]) if call.arguments else asking.user
    components = asking.store.annexes.components.all()
    return [str(one.id) for one in components if leader and one.lead == leader.account_id]


def _marked(fact: str) -> Callable[[Call, Asking], list[str]]:
    def give(_call: Call, asking: Asking) -> list[str]:
        me = asking.user.account_id if asking.user else None
        return _readable([i for i, marks in asking.around(fact).items() if me in marks], asking)

    return give


_FUNCTIONS = {
    "currentuser": _Function("user", _current_user),
    "membersof": _Function("user", _members_of, range(1, 2)),
    "standardissuetypes": _Function("type", _types(subtask=False)),
    "subtaskissuetypes": _Function("type", _types(subtask=True)),
    "projectsleadbyuser": _Function("project", _projects_led, range(2)),
    "linkedissues": _Function("issue", _linked, range(1, 12)),
    "childissuesof": _Function("issue", _below, range(1, 2)),
    "issueswithremotelinksbyglobalid": _Function("issue", _by_remote_link, range(1, 101)),
    "updatedby": _Function("issue", _updated_by, range(1, 4)),
    "watchedissues": _Function("issue", _marked("watchers")),
    "votedissues": _Function("issue", _marked("voters")),
    "releasedversions": _Function("version", _versions(released=True), range(11)),
    "unreleasedversions": _Function("version", _versions(released=False), range(11)),
    "latestreleasedversion": _Function("version", _end_version(released=True), range(1, 2)),
    "earliestunreleasedversion": _Function("version", _end_version(released=False), range(1, 2)),
    "opensprints": _Function("sprint", _sprints(ACTIVE)),
    "closedsprints": _Function("sprint", _sprints(CLOSED)),
    "futuresprints": _Function("sprint", _sprints(FUTURE)),
    "componentsleadbyuser": _Function("component", _components_led, range(2)),
}
_SPELLED = """
    currentUser membersOf standardIssueTypes subtaskIssueTypes projectsLeadByUser linkedIssues
    childIssuesOf issuesWithRemoteLinksByGlobalId updatedBy watchedIssues votedIssues
    releasedVersions unreleasedVersions latestReleasedVersion earliestUnreleasedVersion
    openSprints closedSprints futureSprints componentsLeadByUser
"""
# What may be called in a query, and the kind of field it suits.
FUNCTION_KINDS = {name: _FUNCTIONS[name.casefold()].kind for name in _SPELLED.split()}
