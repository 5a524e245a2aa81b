"""
What an app needs before a route lets it in, as the published descriptions say.

`scopes.tsv` has one route a line: method, path, the scope of a Connect app, and the scopes of a
Forge app, of which one whole group, joined by commas, is enough; `-` where none is needed. A test
compares it with the descriptions. Routes of Jira Software stand in none of them.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

INACCESSIBLE = "INACCESSIBLE"
_IMPLIED = {
    "WRITE": {"READ"},
    "DELETE": {"READ", "WRITE"},
    "PROJECT_ADMIN": {"READ", "WRITE", "DELETE"},
    "SPACE_ADMIN": {"READ", "WRITE", "DELETE"},
    "ADMIN": {"READ", "WRITE", "DELETE", "PROJECT_ADMIN", "SPACE_ADMIN"},
}
_BY_METHOD = {"GET": "READ", "HEAD": "READ", "DELETE": "DELETE"}
_NONE = "-"
_SOFTWARE = "/rest/agile/"


@dataclass(frozen=True, slots=True)
class Needed:
    """`groups` is empty where no app of Forge gets in."""

    connect: str
    groups: tuple[frozenset[str], ...]

    def lets_connect(self, held: frozenset[str]) -> bool:
        every = held.union(*(_IMPLIED.get(scope, ()) for scope in held))
        return self.connect in every

    def lets_forge(self, held: frozenset[str]) -> bool:
        return any(group <= held for group in self.groups)


def needed(method: str, route: str) -> Needed:
    """
    `route` as published.

    >>> needed("PUT", "/rest/api/2/issue/{issueIdOrKey}").connect
    'WRITE'
    """
    same = route.replace("/rest/api/2/", "/rest/api/3/").replace("/api/latest/", "/api/3/")
    known = _described().get(("GET" if method == "HEAD" else method, same))
    if known is not None:
        return known
    if route.startswith(_SOFTWARE):
        return Needed(_BY_METHOD.get(method, "WRITE"), (_software(method),))
    return Needed(INACCESSIBLE, ())


def _software(method: str) -> frozenset[str]:
    """The classic scopes of Jira do not open its boards; these are the ones of boards."""
    reads = method in {"GET", "HEAD"}
    return frozenset({f"{'read' if reads else 'write'}:board-scope:jira-software"})


@cache
def _described() -> dict[tuple[str, str], Needed]:
    lines = files("sandbox").joinpath("scopes.tsv").read_text("utf-8").splitlines()
    return dict(map(_read, lines))


def _read(line: str) -> tuple[tuple[str, str], Needed]:
    method, path, connect, groups = line.split("\t")
    read = tuple(frozenset(group.split(",")) - {_NONE} for group in groups.split())
    return (method, path), Needed(connect, read)
