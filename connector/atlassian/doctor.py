"""Looks at a site without changing it: does the connection work, and does it see anything?"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import timedelta

from connector.atlassian.endpoints import Read
from connector.atlassian.http import Door
from connector.core.errors import OkrError
from connector.ports import WikiPages

LARGEST_SKEW = timedelta(seconds=60)

Facts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Check:
    """One question and its answer; facts are for people and hold no secret."""

    name: str
    ok: bool
    facts: Facts = ()


def examine(
    *, wiki_door: Door, jira_door: Door, wiki: WikiPages, labels: Collection[str]
) -> Iterator[Check]:
    """Each check as it is done: seven calls in all, on a site with few pages."""
    yield _asked("confluence.account", lambda: _account(wiki_door, Read.WIKI_MYSELF))
    yield _asked("confluence.pages", lambda: _pages(wiki, labels))
    yield _clock("confluence.clock", wiki_door)
    yield _asked("jira.account", lambda: _account(jira_door, Read.JIRA_MYSELF))
    yield _asked("jira.server", lambda: _server(jira_door))
    yield _asked("jira.epics", lambda: _epics(jira_door))
    yield _clock("jira.clock", jira_door)


def _asked(name: str, ask: Callable[[], Check]) -> Check:
    try:
        return ask()
    except OkrError as error:
        return Check(name, ok=False, facts=(("error", error.code), ("detail", str(error))))


def _account(door: Door, who: Read) -> Check:
    """Not the e-mail: it is the user of the settings, and half of a Basic credential."""
    given = door.read(who)
    facts = (
        ("address", door.base_url),
        ("name", str(given.get("displayName", ""))),
        ("time_zone", str(given.get("timeZone", ""))),
    )
    return Check(f"{door.product}.account", ok=True, facts=facts)


def _pages(wiki: WikiPages, labels: Collection[str]) -> Check:
    found = wiki.find_okr_pages(labels, None)
    facts = (("labels", ", ".join(sorted(labels))), ("pages", str(len(found))))
    return Check("confluence.pages", ok=bool(found), facts=facts)


def _server(door: Door) -> Check:
    given = door.read(Read.SERVER_INFO)
    kind = str(given.get("deploymentType", ""))
    facts = (("deployment", kind), ("version", str(given.get("version", ""))))
    return Check("jira.server", ok=kind == "Cloud", facts=facts)


def _epics(door: Door) -> Check:
    """Level 1 of the hierarchy is the epic's, whatever a project calls it."""
    projects = door.read(Read.PROJECTS, params={"expand": "issueTypes", "maxResults": 50})
    shown = [found for found in projects.get("values", ()) if isinstance(found, dict)]
    kinds = [kind for project in shown for kind in project.get("issueTypes", ())]
    names = sorted({str(k.get("name")) for k in kinds if k.get("hierarchyLevel") == 1})
    facts = (("projects", str(projects.get("total", ""))), ("issue_types", ", ".join(names)))
    return Check("jira.epics", ok=bool(names), facts=facts)


def _clock(name: str, door: Door) -> Check:
    """Signatures and tokens expire in minutes, so clocks must agree."""
    if door.skew is None:
        return Check(name, ok=False, facts=(("error", "the site sends no Date"),))
    seconds = round(door.skew.total_seconds())
    return Check(name, ok=abs(door.skew) <= LARGEST_SKEW, facts=(("seconds_ahead", str(seconds)),))
