"""Looks at a Data Center site without changing it: versions, fields, rights, webhooks, tokens."""

from collections.abc import Callable, Collection, Iterator
from datetime import datetime, timedelta
from itertools import islice

from connector.atlassian import checks
from connector.atlassian.checks import Check, Facts, asked
from connector.atlassian.doctor_cloud import pages
from connector.atlassian.endpoints import Read
from connector.atlassian.http import Door
from connector.atlassian.jira_fields import EPIC_LINK, estimates, of_kind
from connector.atlassian.lifecycle import support_of, version_of
from connector.core.errors import Forbidden, NotFound, OkrError, Unauthorized, Unavailable
from connector.core.json import JsonObject
from connector.ports import PageStamp, WikiPages

EXPIRES_SOON = timedelta(days=14)


def examine_data_center(
    *,
    wiki_door: Door,
    jira_door: Door,
    wiki: WikiPages,
    labels: Collection[str],
    base_url: str,
    epic_field: str,
    now: datetime,
) -> Iterator[Check]:
    """Each check as it is done: a dozen calls in all, on a site with few pages."""
    yield from _confluence(wiki_door, wiki, labels, base_url, now)
    yield from _jira(jira_door, base_url, epic_field, now)


def _confluence(
    door: Door, wiki: WikiPages, labels: Collection[str], base_url: str, now: datetime
) -> Iterator[Check]:
    found: list[PageStamp] = []
    yield asked("confluence.account", lambda: checks.account(door, Read.WIKI_MYSELF))
    version = _quietly(lambda: _wiki_version(door))
    yield _server("confluence", version, now)
    yield asked("confluence.pages", lambda: pages(wiki, labels, found))
    yield asked("confluence.rights", lambda: _wiki_rights(door, found))
    yield asked("confluence.token", lambda: _token(door, now))
    yield asked(
        "confluence.webhook",
        lambda: checks.webhook(
            "confluence",
            _target(base_url, "confluence"),
            _registered(door, Read.DC_WIKI_WEBHOOKS),
            possible=_has_webhooks("confluence", version, now),
        ),
    )
    yield checks.limits(door)
    yield checks.clock(door)


def _jira(door: Door, base_url: str, epic_field: str, now: datetime) -> Iterator[Check]:
    fields: list[JsonObject] = []
    yield asked("jira.account", lambda: checks.account(door, Read.DC_JIRA_MYSELF))
    version = _quietly(lambda: _jira_version(door))
    yield _server("jira", version, now)
    yield asked("jira.epics", lambda: _epics(door, epic_field, fields))
    if fields:  # else the check before has said why
        yield checks.story_points(estimates(fields))
    yield asked("jira.rights", lambda: checks.jira_rights(door.read(Read.DC_JIRA_RIGHTS)))
    yield asked("jira.token", lambda: _token(door, now))
    yield asked(
        "jira.webhook",
        lambda: checks.webhook(
            "jira",
            _target(base_url, "jira"),
            _registered(door, Read.DC_JIRA_WEBHOOKS),
            possible=_has_webhooks("jira", version, now),
        ),
    )
    yield checks.limits(door)
    yield checks.clock(door)


def _quietly(ask: Callable[[], str]) -> str:
    """Empty when the site does not say; that the site fails, the other checks say."""
    try:
        return ask()
    except OkrError:
        return ""


def _wiki_version(door: Door) -> str:
    """Older releases have it only in the manifest of application links, some as XML alone."""
    try:
        given = door.read(Read.DC_WIKI_SERVER)
    except (NotFound, Forbidden):
        given = door.read(Read.DC_MANIFEST)
    return str(given.get("version", ""))


def _jira_version(door: Door) -> str:
    given = door.read(Read.DC_SERVER_INFO)
    return "Cloud" if given.get("deploymentType") == "Cloud" else str(given.get("version", ""))


def _server(product: str, version: str, now: datetime) -> Check:
    if version == "Cloud":
        facts: Facts = (("deployment", "Cloud"),)
        return Check(f"{product}.server", ok=False, facts=facts, note="other")
    numbers = version_of(version)
    support = None if numbers is None else support_of(product, numbers, today=now.date())
    return checks.server(product, version or "?", support)


def _has_webhooks(product: str, version: str, now: datetime) -> bool:
    numbers = version_of(version)
    return numbers is None or support_of(product, numbers, today=now.date()).webhooks


def _wiki_rights(door: Door, found: list[PageStamp]) -> Check:
    """On the first OKR page: what our account may do there."""
    for one in islice(found, 1):
        params = {"expand": "operations"}
        listed = door.read(Read.DC_CONTENT, part=one.page, params=params).get("operations")
        facts = (("read", "yes"), ("edit", checks.may(listed, "update")))
        return Check("confluence.rights", ok=True, facts=facts)
    return Check("confluence.rights", ok=True, note="no_page")


def _epics(door: Door, epic_field: str, fields: list[JsonObject]) -> Check:
    """`fields` receives all fields of the site."""
    fields += door.read_list(Read.DC_FIELDS)
    names = {str(one.get("id")): str(one.get("name")) for one in fields}
    links = (epic_field,) if epic_field else of_kind(fields, EPIC_LINK)
    facts: Facts = tuple((one, names.get(one, "?")) for one in links)
    if epic_field and epic_field not in names:
        return Check("jira.epics", ok=False, facts=facts, note="wrong_field")
    if not links:
        return Check("jira.epics", ok=False, note="no_field")
    several = len(links) > 1
    return Check("jira.epics", ok=True, facts=facts, warns=several, note="several" * several)


def _registered(door: Door, what: Read) -> list[str] | None:
    """Where active webhooks go; only administrators may read it, and older sites cannot tell."""
    try:
        if what is Read.DC_WIKI_WEBHOOKS:
            results = door.read(what).get("results")
            results = results if isinstance(results, list) else []
            listed = [one for one in results if isinstance(one, dict)]
        else:
            listed = door.read_list(what)
    except (Unauthorized, Forbidden, NotFound):
        return None
    on = [one for one in listed if one.get("active", one.get("enabled", True)) is not False]
    return [str(one.get("url", "")) for one in on]


def _token(door: Door, now: datetime) -> Check:
    """
    When our token ends. The site lists an account's tokens without their text; ours is the one
    that was used last, for we used it this very moment.
    """
    name = f"{door.product}.token"
    try:
        listed = door.read_list(Read.DC_TOKENS)
    except (NotFound, Forbidden, Unauthorized, Unavailable):
        return Check(name, ok=True, note="unreadable")
    if not listed:
        return Check(name, ok=True, note="unreadable")
    ours = max(listed, key=lambda one: str(one.get("lastAccessedAt") or ""))
    ends = _moment(ours.get("expiringAt"))
    if ends is None:
        return Check(name, ok=True, facts=(("token", _short(ours)),), note="never")
    facts = (("token", _short(ours)), ("expires", ends.date().isoformat()))
    return Check(name, ok=True, facts=facts, warns=ends - now < EXPIRES_SOON)


def _short(token: JsonObject) -> str:
    return str(token.get("name", ""))[:80]


def _moment(given: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(str(given)) if given else None
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None


def _target(base_url: str, product: str) -> str:
    return f"{base_url}/webhooks/{product}" if base_url else ""
