"""OKRs as a JSON document and back, exactly: how they are stored, exported and validated."""

from datetime import date
from fractions import Fraction
from typing import Any

from connector.core.findings import Place
from connector.core.json import JsonObject
from connector.core.okr import (
    Anchor,
    AnchorKind,
    DependencyRef,
    EpicLink,
    Health,
    IssueKey,
    JiraLink,
    JqlLink,
    KeyResult,
    KrKey,
    Level,
    Metric,
    MetricKind,
    Milestone,
    Objective,
    ObjectiveKey,
    ObjectiveState,
    ObjectiveType,
    OkrPage,
    PageId,
    ParentRef,
    Person,
    ProgressFrom,
)


def dump(okrs: OkrPage) -> JsonObject:
    """The document of `okr-page.schema.json`; numbers are exact texts (`0.42`, `1/3`)."""
    return {
        "page": okrs.page,
        "title": okrs.title,
        "cycle": okrs.cycle,
        "level": okrs.level.value if okrs.level else None,
        "owners": [_person(one) for one in okrs.owners],
        "objectives": [_objective(one) for one in okrs.objectives],
    }


def load(document: JsonObject) -> OkrPage:
    """The inverse of `dump`; what a document has beyond it (`cells`) is passed over.

    Documents kept before objectives had parents, and key results anchors, are read too.
    """
    return OkrPage(
        PageId(document["page"]),
        document["title"],
        document["cycle"],
        Level(document["level"]) if document["level"] else None,
        _people(document["owners"]),
        tuple(_load_objective(one) for one in document["objectives"]),
    )


def number(value: Fraction | None) -> str | None:
    """A decimal where it ends, else a fraction.

    >>> number(Fraction(21, 50)), number(Fraction(1, 3)), number(Fraction(-5, 2))
    ('0.42', '1/3', '-2.5')
    """
    if value is None:
        return None
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return str(value)
    places = max(twos, fives)
    digits = str(abs(value.numerator) * 10**places // value.denominator).zfill(places + 1)
    whole = digits[: len(digits) - places]
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}.{digits[-places:]}" if places else f"{sign}{whole}"


def _objective(one: Objective) -> JsonObject:
    return {
        "key": one.key,
        "title": one.title,
        "place": place_document(one.place),
        "owners": [_person(who) for who in one.owners],
        "state": one.state.value,
        "type": one.type.value if one.type else None,
        "weight": number(one.weight),
        "origin": one.origin,
        "due": one.due.isoformat() if one.due else None,
        "parents": [_reference(ref) for ref in one.parents],
        "dependencies": [_dependency(ref) for ref in one.dependencies],
        **({"needed_by": [_dependency(ref) for ref in one.needed_by]} if one.needed_by else {}),
        "contribution": one.contribution,
        "key_results": [_key_result(result) for result in one.key_results],
    }


def _reference(ref: ParentRef | DependencyRef) -> JsonObject:
    named = {"text": ref.text, "key": ref.key, "page": ref.page}
    return named | ({"space": ref.space} if ref.space else {})


def _dependency(ref: DependencyRef) -> JsonObject:
    return _reference(ref) | {"confirmed": ref.confirmed}


def _key_result(one: KeyResult) -> JsonObject:
    return {
        "key": one.key,
        "title": one.title,
        "ordinal": one.ordinal,
        "place": place_document(one.place),
        "owners": [_person(who) for who in one.owners],
        "partners": [_person(who) for who in one.partners],
        "metric": _metric(one.metric) if one.metric else None,
        "reported_progress": number(one.reported_progress),
        "reported_health": one.reported_health.value if one.reported_health else None,
        "status_text": one.status_text,
        "confidence": number(one.confidence),
        "score": number(one.score),
        "weight": number(one.weight),
        "due": one.due.isoformat() if one.due else None,
        "measure_method": one.measure_method,
        "links": [_link(link) for link in one.links],
        "initiatives": one.initiatives,
        "notes": one.notes,
        "progress_from": one.progress_from.value,
        "anchors": [{"kind": mark.kind.value, "value": mark.value} for mark in one.anchors],
    }


def _metric(one: Metric) -> JsonObject:
    return {
        "kind": one.kind.value,
        "baseline": number(one.baseline),
        "target": number(one.target),
        "current": number(one.current),
        "unit": one.unit,
        "milestones": [
            {"name": step.name, "weight": number(step.weight), "reached": step.reached}
            for step in one.milestones
        ],
    }


def place_document(place: Place) -> JsonObject:
    """A place without the parts that are not known."""
    parts = {
        "heading": place.heading or None,
        "table": place.table,
        "row": place.row,
        "column": place.column or None,
        "line": place.line,
        "start": place.start,
        "end": place.end,
    }
    return {name: value for name, value in parts.items() if value is not None}


def load_place(document: JsonObject) -> Place:
    return Place(**document)


def _person(one: Person) -> JsonObject:
    return {"name": one.name, "account_id": one.account_id}


def _link(one: JiraLink) -> JsonObject:
    return {"epic": one.key} if isinstance(one, EpicLink) else {"jql": one.jql}


def _load_objective(document: JsonObject) -> Objective:
    return Objective(
        ObjectiveKey(document["key"]),
        document["title"],
        load_place(document["place"]),
        tuple(_load_key_result(one) for one in document["key_results"]),
        _people(document["owners"]),
        ObjectiveState(document["state"]),
        _fraction(document["weight"]),
        ObjectiveType(document["type"]) if document.get("type") else None,
        document.get("origin", ""),
        _day(document.get("due")),
        tuple(ParentRef(**one) for one in document.get("parents", ())),
        tuple(DependencyRef(**one) for one in document.get("dependencies", ())),
        document.get("contribution", ""),
        tuple(DependencyRef(**one) for one in document.get("needed_by", ())),
    )


def _load_key_result(document: JsonObject) -> KeyResult:
    health = document["reported_health"]
    return KeyResult(
        key=KrKey(document["key"]),
        title=document["title"],
        ordinal=document["ordinal"],
        place=load_place(document["place"]),
        owners=_people(document["owners"]),
        partners=_people(document["partners"]),
        metric=_load_metric(document["metric"]) if document["metric"] else None,
        reported_progress=_fraction(document["reported_progress"]),
        reported_health=Health(health) if health else None,
        status_text=document["status_text"],
        confidence=_fraction(document["confidence"]),
        score=_fraction(document["score"]),
        weight=_fraction(document["weight"]),
        due=_day(document["due"]),
        measure_method=document["measure_method"],
        links=tuple(_load_link(one) for one in document["links"]),
        initiatives=document["initiatives"],
        notes=document["notes"],
        progress_from=ProgressFrom(document["progress_from"]),
        anchors=tuple(
            Anchor(AnchorKind(mark["kind"]), mark["value"]) for mark in document.get("anchors", ())
        ),
    )


def _load_metric(document: JsonObject) -> Metric:
    return Metric(
        MetricKind(document["kind"]),
        _fraction(document["baseline"]),
        _fraction(document["target"]),
        _fraction(document["current"]),
        document["unit"],
        tuple(
            Milestone(step["name"], Fraction(step["weight"]), step["reached"])
            for step in document["milestones"]
        ),
    )


def _people(documents: list[JsonObject]) -> tuple[Person, ...]:
    return tuple(Person(one["name"], one["account_id"]) for one in documents)


def _load_link(document: JsonObject) -> JiraLink:
    return EpicLink(IssueKey(document["epic"])) if "epic" in document else JqlLink(document["jql"])


def _day(text: Any) -> date | None:
    return date.fromisoformat(text) if text else None


def _fraction(text: Any) -> Fraction | None:
    return None if text is None else Fraction(text)
