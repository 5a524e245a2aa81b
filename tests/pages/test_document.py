"""The document holds everything, exactly."""

import json
from datetime import date
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

import schemas
from connector.core.findings import Place
from connector.core.okr import (
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
    OkrPage,
    PageId,
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


@given(st.fractions())
def test_numbers_are_exact(value: Fraction) -> None:
    assert Fraction(number(value) or "") == value
