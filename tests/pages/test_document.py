"""The document holds everything, exactly."""

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

import schemas
from connector.core.findings import Place
from connector.core.okr import (
    Anchor,
    AnchorKind,
    DependencyRef,
    EpicLink,
    Health,
    IssueKey,
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
from connector.pages.document import dump, load, number

TEXT = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)
NUMBER = st.none() | st.fractions(max_denominator=1000)
RATIO = st.none() | st.fractions(0, 1, max_denominator=1000)
PLACES = st.builds(
    Place, TEXT, st.none() | st.integers(1, 9), start=st.none() | st.integers(0), line=st.none()
)
PEOPLE = st.lists(st.builds(Person, TEXT, st.none() | TEXT), max_size=2).map(tuple)
METRICS = st.builds(
    Metric,
    st.sampled_from(MetricKind),
    NUMBER,
    NUMBER,
    NUMBER,
    TEXT,
    st.lists(st.builds(Milestone, TEXT, st.fractions(), st.booleans()), max_size=2).map(tuple),
)
LINKS = st.lists(
    st.just(EpicLink(IssueKey("AB-1"))) | st.builds(JqlLink, TEXT), max_size=3, unique=True
).map(tuple)
RESULTS = st.builds(
    KeyResult,
    key=TEXT.map(KrKey),
    title=TEXT,
    ordinal=st.integers(1, 99),
    place=PLACES,
    owners=PEOPLE,
    partners=PEOPLE,
    metric=st.none() | METRICS,
    reported_progress=NUMBER,
    reported_health=st.none() | st.sampled_from(Health),
    confidence=RATIO,
    score=RATIO,
    weight=NUMBER,
    due=st.none() | st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    links=LINKS,
    notes=TEXT,
    progress_from=st.sampled_from(ProgressFrom),
    anchors=st.lists(st.builds(Anchor, st.sampled_from(AnchorKind), TEXT), max_size=2).map(tuple),
)
NAMED = st.just("") | TEXT
PARENTS = st.lists(st.builds(ParentRef, TEXT, NAMED, NAMED, NAMED), max_size=2)
NEEDS = st.lists(
    st.builds(DependencyRef, TEXT, TEXT, TEXT, st.none() | st.booleans(), NAMED), max_size=2
)
OBJECTIVES = st.builds(
    Objective,
    TEXT.map(ObjectiveKey),
    TEXT,
    PLACES,
    st.lists(RESULTS, min_size=1, max_size=2).map(tuple),
    PEOPLE,
    st.sampled_from(ObjectiveState),
    NUMBER,
    st.none() | st.sampled_from(ObjectiveType),
    TEXT,
    st.none() | st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    PARENTS.map(tuple),
    NEEDS.map(tuple),
    TEXT,
    NEEDS.map(tuple),
)
PAGES = st.builds(
    OkrPage,
    TEXT.map(PageId),
    TEXT,
    st.none() | st.just("2026-Q4"),
    st.none() | st.sampled_from(Level),
    PEOPLE,
    st.lists(OBJECTIVES, min_size=1, max_size=2).map(tuple),
)


@given(PAGES)
@settings(max_examples=60, deadline=None)
def test_load_is_the_inverse_of_dump(okrs: OkrPage) -> None:
    """Through real JSON, for any OKRs; and the document fits its schema."""
    document = json.loads(json.dumps(dump(okrs)))
    assert load(document) == okrs
    assert schemas.validate("okr-page", document) == []


NEWER = ("type", "origin", "due", "parents", "dependencies", "contribution")


@given(PAGES)
@settings(max_examples=20, deadline=None)
def test_documents_from_before_are_read(okrs: OkrPage) -> None:
    """Those kept before objectives had parents, and key results anchors."""
    document = dump(okrs)
    for objective in document["objectives"]:
        for name in NEWER:
            del objective[name]
        for result in objective["key_results"]:
            del result["anchors"]
    bare = [
        replace(
            one,
            type=None,
            origin="",
            due=None,
            parents=(),
            dependencies=(),
            contribution="",
            key_results=tuple(replace(result, anchors=()) for result in one.key_results),
        )
        for one in okrs.objectives
    ]
    assert load(document) == replace(okrs, objectives=tuple(bare))


@given(st.fractions())
def test_numbers_are_exact(value: Fraction) -> None:
    assert Fraction(number(value) or "") == value
