"""Everything we know of a site's OKRs as plain JSON, for the API, the command line and backups.

Ratios stand twice: as a number for reading (six decimals) and exactly, as a fraction.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from fractions import Fraction

from connector.core.assessment import (
    KeyResultAssessment,
    ObjectiveAssessment,
    PageAssessment,
    assess,
)
from connector.core.errors import NotFound
from connector.core.explanation import explain, linked
from connector.core.findings import Finding, Place
from connector.core.json import JsonObject
from connector.core.okr import (
    Delivery,
    KrKey,
    Metric,
    ObjectiveKey,
    PageId,
    PageState,
    Person,
    Progress,
    SiteId,
    StoredPage,
)
from connector.core.policy import Policy
from connector.core.words import Words
from connector.ports import Clock, OkrStore

FORMAT = 1


def export_site(
    *,
    site: SiteId,
    store: OkrStore,
    clock: Clock,
    policy: Policy,
    words: Words,
    with_times: bool = True,
) -> JsonObject:
    """All objectives of the site by page title; gone pages are left out.

    Without times the document depends on the wiki and on Jira alone, so that one made before a
    rebuild equals one made after it. No page says in which order its rows were first seen, which
    version was its last good one, or that a person linked it: there the two may part.
    """
    writer = _Writer(policy, words, with_times)
    pages = [page for page in store.pages(site) if page.state is not PageState.GONE]
    return {
        "format": FORMAT,
        "pages": [writer.page(page) for page in pages],
        "objectives": [
            writer.objective(page, assessment, one)
            for page, assessment in _assessed(pages, site, store, clock, policy)
            for one in assessment.objectives
        ],
    }


def describe_page(
    page: StoredPage,
    deliveries: Mapping[KrKey, Delivery],
    *,
    clock: Clock,
    policy: Policy,
    words: Words,
) -> JsonObject:
    """One page that need not be kept: what a dry run shows, in the shape of `export_site`."""
    writer = _Writer(policy, words, with_times=True)
    found = (
        assess(page, page.shown, deliveries, now=clock.now(), policy=policy) if page.shown else None
    )
    return {
        "format": FORMAT,
        "pages": [writer.page(page)],
        "objectives": [writer.objective(page, found, one) for one in found.objectives]
        if found
        else [],
    }


def find_objective(
    key: ObjectiveKey,
    *,
    site: SiteId,
    store: OkrStore,
    clock: Clock,
    policy: Policy,
    words: Words,
) -> JsonObject:
    """One objective by its key; raises NotFound."""
    for page, assessment in _assessed(_home(key, site, store), site, store, clock, policy):
        for one in assessment.objectives:
            if one.objective.key == key:
                return _Writer(policy, words, with_times=True).objective(page, assessment, one)
    raise NotFound(f"no objective {key}")


def find_key_result(
    key: KrKey,
    *,
    site: SiteId,
    store: OkrStore,
    clock: Clock,
    policy: Policy,
    words: Words,
) -> JsonObject:
    """One key result by its key, with why its number is what it is; raises NotFound."""
    for page, assessment in _assessed(_home(key, site, store), site, store, clock, policy):
        for objective in assessment.objectives:
            for one in objective.key_results:
                if one.key_result.key == key:
                    return {
                        **_Writer(policy, words, with_times=True).key_result(one),
                        "objective": {
                            "key": objective.objective.key,
                            "title": objective.objective.title,
                        },
                        "page": _reference(page),
                        "why": explain(one, rule=policy.counting),
                    }
    raise NotFound(f"no key result {key}")


def _home(key: str, site: SiteId, store: OkrStore) -> list[StoredPage]:
    """The page that a key begins with, while it takes part."""
    page = store.page(site, PageId(key.rpartition("-")[0]))
    return [page] if page and page.state is not PageState.GONE else []


def _assessed(
    pages: Iterable[StoredPage], site: SiteId, store: OkrStore, clock: Clock, policy: Policy
) -> Iterable[tuple[StoredPage, PageAssessment]]:
    now = clock.now()
    for page in pages:
        if page.shown is not None:
            deliveries = store.deliveries(site, page.page)
            yield page, assess(page, page.shown, deliveries, now=now, policy=policy)


class _Writer:
    """Assessments as JSON, in one language."""

    def __init__(self, policy: Policy, words: Words, with_times: bool) -> None:
        self._policy = policy
        self._words = words
        self._with_times = with_times

    def page(self, page: StoredPage) -> JsonObject:
        found: JsonObject = {
            "id": page.page,
            "title": page.title,
            "space": page.space,
            "url": page.url,
            "version": page.version,
            "good_version": page.good_version,
            "state": page.state.value,
            "findings": [finding_document(one, self._words) for one in page.findings],
        }
        return found | ({"read_at": _moment(page.read_at)} if self._with_times else {})

    def objective(
        self, page: StoredPage, assessment: PageAssessment, one: ObjectiveAssessment
    ) -> JsonObject:
        objective, cycle = one.objective, assessment.cycle
        found: JsonObject = {
            "key": objective.key,
            "title": objective.title,
            "page": _reference(page),
            "cycle": {
                "code": cycle.code,
                "start": cycle.start.isoformat(),
                "end": cycle.end.isoformat(),
                "assumed": assessment.cycle_assumed,
            },
            "level": page.okrs.level.value if page.okrs and page.okrs.level else None,
            "owners": _people(objective.owners or (page.okrs.owners if page.okrs else ())),
            "state": objective.state.value,
            "weight": _exact(objective.weight),
            **_progress(one.progress),
            "left_out": list(one.left_out),
            "key_results": [self.key_result(result) for result in one.key_results],
        }
        if self._with_times:
            found["health"] = one.health.health and one.health.health.value
            found["expected"] = _decimal(assessment.expected)
        return found

    def key_result(self, one: KeyResultAssessment) -> JsonObject:
        result = one.key_result
        found: JsonObject = {
            "key": result.key,
            "title": result.title,
            "owners": _people(result.owners),
            "partners": _people(result.partners),
            "metric": _metric(result.metric) if result.metric else None,
            "measure_method": result.measure_method,
            "jira": linked(result),
            **_progress(one.headline.progress),
            "progress_from": one.headline.basis.value,
            "outcome": _decimal(one.outcome.progress.ratio) if one.outcome else None,
            "delivery": self._delivery(one.delivery) if one.delivery else None,
            "reported": {
                "progress": _exact(result.reported_progress),
                "health": result.reported_health and result.reported_health.value,
                "status": result.status_text,
            },
            "confidence": _exact(result.confidence),
            "score": _exact(result.score),
            "weight": _exact(result.weight),
            "share": _exact(one.share),
            "due": result.due.isoformat() if result.due else None,
            "initiatives": result.initiatives,
            "notes": result.notes,
            "findings": [finding_document(finding, self._words) for finding in one.findings],
        }
        if self._with_times:
            found["health"] = one.health.health and one.health.health.value
            found["health_manual"] = one.health.manual
        return found

    def _delivery(self, delivery: Delivery) -> JsonObject:
        found: JsonObject = {
            "done": delivery.done,
            "total": delivery.total,
            "hidden": delivery.hidden,
            **_progress(delivery.progress),
        }
        return found | ({"read_at": _moment(delivery.read_at)} if self._with_times else {})


def finding_document(finding: Finding, words: Words) -> JsonObject:
    """A finding in words, as `lint` prints it; `objective` and `key_result` are their texts."""
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": words.message(finding),
        "hint": words.hint(finding),
        "place": _place(finding.place),
        "objective": finding.objective,
        "key_result": finding.key_result,
    }


def _place(place: Place) -> JsonObject:
    return {
        "heading": place.heading,
        "table": place.table,
        "row": place.row,
        "column": place.column,
        "line": place.line,
        "start": place.start,
        "end": place.end,
    }


def _metric(metric: Metric) -> JsonObject:
    return {
        "kind": metric.kind.value,
        "baseline": _exact(metric.baseline),
        "target": _exact(metric.target),
        "current": _exact(metric.current),
        "unit": metric.unit,
        "milestones": [
            {"name": one.name, "weight": _exact(one.weight), "reached": one.reached}
            for one in metric.milestones
        ],
    }


def _reference(page: StoredPage) -> JsonObject:
    """The page beside its OKRs: in state `errors` they are those of `good_version`."""
    return {
        "id": page.page,
        "title": page.title,
        "url": page.url,
        "state": page.state.value,
        "version": page.version,
        "good_version": page.good_version,
    }


def _people(people: Iterable[Person]) -> list[JsonObject]:
    return [{"name": one.name, "account_id": one.account_id} for one in people]


def _progress(progress: Progress | None) -> JsonObject:
    ratio = progress.ratio if progress else None
    return {"progress": _decimal(ratio), "progress_exact": _exact(ratio)}


def _decimal(ratio: Fraction | None) -> float | None:
    return None if ratio is None else round(float(ratio), 6)


def _exact(value: Fraction | None) -> str | None:
    return None if value is None else f"{value}"


def _moment(value: datetime) -> str:
    return value.isoformat()
