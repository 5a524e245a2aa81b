"""What a doctor's check is, and those that are the same wherever a site is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from connector.atlassian.endpoints import Read
from connector.atlassian.http import Door
from connector.atlassian.lifecycle import Support
from connector.core.errors import OkrError
from connector.core.json import JsonObject

LARGEST_SKEW = timedelta(seconds=60)

Facts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Check:
    """
    One question and its answer; facts are for people and hold no secret.

    `warns`: it works, but not for ever or not in full. `note` names a sentence that explains;
    `remedy`, what to do about a call that failed, if that is known.
    """

    name: str
    ok: bool
    facts: Facts = ()
    warns: bool = False
    note: str = ""
    remedy: str = ""


def asked(name: str, ask: Callable[[], Check]) -> Check:
    """The check, or how asking for it failed."""
    try:
        return ask()
    except OkrError as error:
        facts = (("error", error.code), ("detail", str(error)))
        return Check(name, ok=False, facts=facts, remedy=error.remedy)


def account(door: Door, who: Read) -> Check:
    """Not the e-mail: it may be the user of the settings, and half of a Basic credential."""
    given = door.read(who)
    facts = (
        ("address", door.base_url),
        ("name", str(given.get("displayName", ""))),
        ("time_zone", str(given.get("timeZone", ""))),
    )
    # Some sites answer nobody in particular with an account called anonymous.
    known = given.get("type") != "anonymous"
    return Check(f"{door.product}.account", ok=known, facts=facts)


def clock(door: Door) -> Check:
    """Signatures and tokens expire in minutes, so clocks must agree."""
    name = f"{door.product}.clock"
    if door.skew is None:
        return Check(name, ok=False, facts=(("error", "the site sends no Date"),))
    seconds = round(door.skew.total_seconds())
    return Check(name, ok=abs(door.skew) <= LARGEST_SKEW, facts=(("seconds_ahead", str(seconds)),))


def limits(door: Door) -> Check:
    """What the last answer said of our share; most sites say so only when little is left."""
    name, seen = f"{door.product}.limits", door.rate_limits
    lowered = {key.lower(): text for key, text in seen.items()}
    spent = lowered.get("x-ratelimit-remaining") == "0"
    near = spent or lowered.get("x-ratelimit-nearlimit") == "true"
    facts = tuple(sorted(seen.items()))
    return Check(name, ok=True, facts=facts, warns=near, note="" if seen else "unseen")


def server(product: str, version: str, support: Support | None) -> Check:
    """A version of Data Center; `support` None where the site does not say which it is."""
    name = f"{product}.server"
    facts: Facts = (("deployment", "Data Center"), ("version", version))
    if support is None:
        return Check(name, ok=True, facts=facts, warns=True, note="unknown")
    if support.ends is not None:
        facts = (*facts, ("support_ends", support.ends.isoformat()))
    if support.below_floor:
        return Check(name, ok=False, facts=facts, note="too_old")
    note = "ended" if support.ended else "ends_soon" if support.ends_soon else ""
    return Check(name, ok=True, facts=facts, warns=bool(note), note=note)


def webhook(product: str, target: str, registered: list[str] | None, *, possible: bool) -> Check:
    """
    Whether the site sends its events to `target`, our address for them. `registered` are the
    addresses it sends to; None where our account may not read them.
    """
    name = f"{product}.webhook"
    facts: Facts = (("register", target),)
    if not possible:
        return Check(name, ok=True, warns=True, note="impossible")
    if not target:
        return Check(name, ok=True, warns=True, note="no_address")
    if registered is None:
        return Check(name, ok=True, facts=(*facts, ("registered", "?")), note="unreadable")
    there = target in {one.rstrip("/") for one in registered}
    facts = (*facts, ("registered", "yes" if there else "no"))
    return Check(name, ok=True, facts=facts, warns=not there)


def may(listed: object, operation: str, on: str = "page") -> str:
    """yes, no, or ? where the site does not list what our account may do."""
    if not isinstance(listed, list):
        return "?"
    known = [one for one in listed if isinstance(one, dict)]
    return _said(any(o.get("operation") == operation and o.get("targetType") == on for o in known))


def properties(rights: Check, *, wanted: bool) -> Check:
    """Whether properties of pages can be written: whoever may edit a page may write them."""
    edit = dict(rights.facts).get("edit", "?")
    facts = (("publish", "properties" if wanted else "off"), ("may_write", edit))
    note = "" if wanted else "off"
    return Check(
        "confluence.properties", ok=True, facts=facts, warns=wanted and edit == "no", note=note
    )


def jira_rights(given: JsonObject) -> Check:
    """
    Browsing is what reading takes; editing is for writing back; an administrator's account
    would be more than this product needs.
    """
    listed = given.get("permissions")
    listed = listed if isinstance(listed, dict) else {}

    def has(*names: str) -> bool:
        found = [listed.get(name) for name in names]
        return any(isinstance(one, dict) and one.get("havePermission") is True for one in found)

    browse, admin = has("BROWSE_PROJECTS", "BROWSE"), has("ADMINISTER")
    facts = (
        ("browse_projects", _said(browse)),
        ("edit_issues", _said(has("EDIT_ISSUES", "EDIT_ISSUE"))),
        ("administer", _said(admin)),
    )
    note = "too_many" if browse and admin else ""
    return Check("jira.rights", ok=browse, facts=facts, warns=browse and admin, note=note)


def story_points(found: list[tuple[str, str]]) -> Check:
    """Every field that may hold estimates: there may be none, and there may be several."""
    note = "none" if not found else "several" if len(found) > 1 else ""
    return Check("jira.story_points", ok=True, facts=tuple(found), note=note)


def _said(yes: bool) -> str:
    return "yes" if yes else "no"
