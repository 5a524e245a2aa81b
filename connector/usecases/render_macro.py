"""Draw a page's objectives from what is kept; nothing on this path asks Atlassian."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b

from connector.core.assessment import assess
from connector.core.okr import Delivery, IssueKey, KrKey, PageId, SiteId
from connector.core.policy import Policy
from connector.core.words import Words
from connector.ports import Clock, OkrStore
from connector.usecases.tell_alignment import ReaderAlignment, say_alignment
from macros.objective.build import objectives_view
from macros.objective.view import ObjectivesView

# A policy holds a mapping, so it has no hash: known by the object, which stays alive in here.
_MARKS: dict[int, tuple[Policy, str]] = {}
_MOST_MARKS = 16

# Of these issues, those that whoever looks may be told of.
IssueSight = Callable[[Collection[IssueKey]], frozenset[IssueKey]]


@dataclass(frozen=True, slots=True)
class MacroParams:
    """What a frame asks for; `objective` None means all of the page."""

    page: PageId
    objective: str | None
    locale: str
    theme: str


def macro_tag(
    params: MacroParams,
    *,
    site: SiteId,
    store: OkrStore,
    clock: Clock,
    policy: Policy,
    release: str = "",
    jira_url: str = "",
    lists_issues: bool = True,
    sight: IssueSight | None = None,
    alignment: ReaderAlignment = ReaderAlignment(),  # noqa: B008 - frozen
) -> str:
    """
    An entity tag (unquoted) that changes with anything the macro could show.

    It is asked for each second, so it reads the revision, not the page. The local day is part
    of it because the expected pace moves with it; `release` because the templates do.
    """
    revision = store.revision(site, params.page)
    facts = (
        site,
        str(revision),
        "" if revision else str(_swept(store, site)),
        _outages(store.outages(site)),
        policy.today(clock.now()).isoformat(),
        repr(params),
        policy_mark(policy),
        release,
        jira_url,
        repr(lists_issues),
        repr(sorted(_listed(store.deliveries(site, params.page), sight) or ())) if sight else "",
        repr(alignment),
    )
    return blake2b("\x00".join(facts).encode(), digest_size=12).hexdigest()


def show_objectives(
    params: MacroParams,
    *,
    site: SiteId,
    store: OkrStore,
    clock: Clock,
    policy: Policy,
    words: Words,
    jira_url: str = "",
    lists_issues: bool = True,
    sight: IssueSight | None = None,
    alignment: ReaderAlignment = ReaderAlignment(),  # noqa: B008 - frozen
) -> ObjectivesView:
    """
    The view of the page, or of why there is none; `MACROS["objective"].render` draws it.

    `lists_issues`: whoever looks may be told the keys and summaries of what was counted, or of
    those that `sight` lets through. `alignment`: what they are told about it.
    """
    page, now = store.page(site, params.page), clock.now()
    if page is not None and alignment.told:
        more = say_alignment(alignment, page, store=store, policy=policy, words=words)
        page = replace(page, findings=(*page.findings, *more))
    deliveries = store.deliveries(site, params.page) if page and page.shown else {}
    assessment = (
        assess(page, page.shown, deliveries, now=now, policy=policy)
        if page and page.shown
        else None
    )
    return objectives_view(
        page,
        assessment,
        outages=store.outages(site),
        words=words,
        now=now,
        policy=policy,
        objective=params.objective,
        jira_url=jira_url,
        lists_issues=lists_issues,
        listed_issues=_listed(deliveries, sight),
        swept=page is not None or _swept(store, site),
    )


def _listed(
    deliveries: Mapping[KrKey, Delivery], sight: IssueSight | None
) -> frozenset[IssueKey] | None:
    """None for all."""
    if sight is None:
        return None
    return sight({issue.key for delivery in deliveries.values() for issue in delivery.issues})


def _swept(store: OkrStore, site: SiteId) -> bool:
    return store.last_sweep(site) is not None


def _outages(found: Mapping[str, datetime]) -> str:
    return ",".join(f"{product}@{since.isoformat()}" for product, since in sorted(found.items()))


def policy_mark(policy: Policy) -> str:
    """All of a policy that a drawing follows from; written down once for each that there is."""
    kept = _MARKS.get(id(policy))
    if kept is None or kept[0] is not policy:
        if len(_MARKS) >= _MOST_MARKS:
            _MARKS.clear()
        kept = _MARKS[id(policy)] = policy, repr(_policy_facts(policy))
    return kept[1]


def _policy_facts(policy: Policy) -> tuple[object, ...]:
    """Sets have no order that survives a restart; a tag needs one."""
    counting = policy.counting
    return (
        policy.progress_from,
        policy.time_zone,
        policy.fiscal_year_start_month,
        policy.cadence_days,
        (policy.pace_starts_at, policy.on_track_from, policy.at_risk_from),
        (policy.parting_high, policy.parting_low),
        (counting.depth, counting.in_progress_credit, sorted(counting.excluded_resolutions)),
    )
