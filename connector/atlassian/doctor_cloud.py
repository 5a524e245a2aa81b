"""Looks at a Cloud site without changing it: what works, what it sees, what it may do."""

from collections.abc import Collection, Iterator
from itertools import islice

from connector.atlassian import checks
from connector.atlassian.checks import Check, asked
from connector.atlassian.endpoints import Read
from connector.atlassian.http import Door
from connector.atlassian.jira_fields import estimates
from connector.ports import PageStamp, WikiPages

_PERMISSIONS = "BROWSE_PROJECTS,EDIT_ISSUES,ADMINISTER"


def examine_cloud(
    *, wiki_door: Door, jira_door: Door, wiki: WikiPages, labels: Collection[str], base_url: str
) -> Iterator[Check]:
    """Each check as it is done: ten calls in all, on a site with few pages."""
    found: list[PageStamp] = []
    yield asked("confluence.account", lambda: checks.account(wiki_door, Read.WIKI_MYSELF))
    yield Check("confluence.server", ok=True, facts=(("deployment", "Cloud"),))
    yield asked("confluence.pages", lambda: pages(wiki, labels, found))
    yield asked("confluence.rights", lambda: _wiki_rights(wiki_door, found))
    yield Check("confluence.token", ok=True, note="untold")
    yield Check("confluence.webhook", ok=True, note="apps_only")
    yield checks.limits(wiki_door)
    yield checks.clock(wiki_door)
    yield asked("jira.account", lambda: checks.account(jira_door, Read.JIRA_MYSELF))
    yield asked("jira.server", lambda: _server(jira_door))
    yield asked("jira.epics", lambda: _epics(jira_door))
    yield asked(
        "jira.story_points",
        lambda: checks.story_points(estimates(jira_door.read_list(Read.FIELDS))),
    )
    yield asked(
        "jira.rights",
        lambda: checks.jira_rights(
            jira_door.read(Read.JIRA_RIGHTS, params={"permissions": _PERMISSIONS})
        ),
    )
    yield Check("jira.token", ok=True, note="untold")
    target = f"{base_url}/webhooks/jira" if base_url else ""
    yield checks.webhook("jira", target, None, possible=True)
    yield checks.limits(jira_door)
    yield checks.clock(jira_door)


def pages(wiki: WikiPages, labels: Collection[str], found: list[PageStamp]) -> Check:
    """`found` receives the pages."""
    found += wiki.find_okr_pages(labels, None)
    facts = (("labels", ", ".join(sorted(labels))), ("pages", str(len(found))))
    return Check("confluence.pages", ok=bool(found), facts=facts)


def _wiki_rights(door: Door, found: list[PageStamp]) -> Check:
    """On the first OKR page: what our account may do there."""
    for one in islice(found, 1):
        listed = door.read(Read.PAGE_RIGHTS, part=one.page).get("operations")
        facts = (("read", checks.may(listed, "read")), ("edit", checks.may(listed, "update")))
        return Check("confluence.rights", ok=True, facts=facts)
    return Check("confluence.rights", ok=True, note="no_page")


def _server(door: Door) -> Check:
    given = door.read(Read.SERVER_INFO)
    kind = str(given.get("deploymentType", ""))
    facts = (("deployment", kind), ("version", str(given.get("version", ""))))
    return Check(
        "jira.server", ok=kind == "Cloud", facts=facts, note="" if kind == "Cloud" else "other"
    )


def _epics(door: Door) -> Check:
    """Level 1 of the hierarchy is the epic's, whatever a project calls it."""
    projects = door.read(Read.PROJECTS, params={"expand": "issueTypes", "maxResults": 50})
    shown = [found for found in projects.get("values", ()) if isinstance(found, dict)]
    kinds = [kind for project in shown for kind in project.get("issueTypes", ())]
    names = sorted({str(k.get("name")) for k in kinds if k.get("hierarchyLevel") == 1})
    facts = (("projects", str(projects.get("total", ""))), ("issue_types", ", ".join(names)))
    return Check("jira.epics", ok=bool(names), facts=facts)
