"""A page says once what kind its objectives are; an objective may say otherwise."""

from connector.core.okr import ObjectiveType
from tests.pages.reading import read

RESULT = "<ul><li>KR1 NPS rises from 20 to 40</li></ul>"
AIMS = f"<h2>O1 Customers stay</h2>{RESULT}<h2>O2 [committed] Teams rest</h2>{RESULT}"


def details(label: str, value: str) -> str:
    rows = f"<tr><th>Cycle</th><td>2026-Q4</td></tr><tr><th>{label}</th><td>{value}</td></tr>"
    return f"<table>{rows}</table>{AIMS}"


def types(body: str) -> list[ObjectiveType | None]:
    okrs = read(body).okrs
    assert okrs is not None
    return [one.type for one in okrs.objectives]


def test_the_type_of_the_page_is_that_of_objectives_without_one() -> None:
    both = [ObjectiveType.ASPIRATIONAL, ObjectiveType.COMMITTED]
    assert types(details("Type", "Aspirational")) == both
    assert types(details("类型", "挑战型")) == both


def test_any_other_type_of_a_page_says_nothing() -> None:
    assert types(details("Type", "Quarterly plan")) == [None, ObjectiveType.COMMITTED]
