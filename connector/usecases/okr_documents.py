"""OKRs as plain JSON in one language: the documents of the API, the command line and exports.

Ratios stand twice: as a number for reading (six decimals) and exactly, as a fraction.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from connector.core.alignment_findings import AlignmentFinding
from connector.core.assessment import (
    KeyResultAssessment,
    ObjectiveAssessment,
    PageAssessment,
)
from connector.core.explanation import linked
from connector.core.findings import Finding, Place
from connector.core.json import JsonObject
from connector.core.okr import Delivery, Metric, Person, Progress, StoredPage
from connector.core.words import Words


@dataclass(frozen=True, slots=True)
class OkrDocuments:
    """Assessments as JSON. Without times they depend on the wiki and on Jira alone."""

    words: Words
    with_times: bool = True

    def page(self, page: StoredPage) -> JsonObject:
        found: JsonObject = {
            "id": page.page,
            "title": page.title,
            "space": page.space,
            "url": page.url,
            "version": page.version,
            "good_version": page.good_version,
            "state": page.state.value,
            "findings": [finding_document(one, self.words) for one in page.findings],
        }
        return found | ({"read_at": _moment(page.read_at)} if self.with_times else {})

    def alignment(self, found: Iterable[AlignmentFinding]) -> list[JsonObject]:
        """By keys alone: what stands on other pages is not for everybody who has this document."""
        return [
            {
                "rule": one.rule,
                "severity": one.severity.value,
                "objective": one.objective,
                "others": [other.objective for other in one.others],
            }
            for one in found
        ]

    def objective(
        self, page: StoredPage, assessment: PageAssessment, one: ObjectiveAssessment
    ) -> JsonObject:
        objective, cycle = one.objective, assessment.cycle
        found: JsonObject = {
            "key": objective.key,
            "title": objective.title,
            "page": page_reference(page),
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
        if self.with_times:
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
            "findings": [finding_document(finding, self.words) for finding in one.findings],
        }
        if self.with_times:
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
        return found | ({"read_at": _moment(delivery.read_at)} if self.with_times else {})


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


def page_reference(page: StoredPage) -> JsonObject:
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
