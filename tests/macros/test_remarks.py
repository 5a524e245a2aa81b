"""The fold-out of findings: grouped, the gravest first, bounded; and it hides no OKR."""

from dataclasses import replace

import pytest

from connector.core.findings import Finding, Place, Severity
from tests.fakes.okrs import Sample, broken, harbourline
from tests.macros.tree import texts, tree
from tests.macros.views import html_of, view_of

E, W, I = Severity.E, Severity.W, Severity.I  # noqa: E741 - the published names


def remarked(*severities: Severity) -> Sample:
    """A page without remarks with one finding of each of these severities, in this order."""
    findings = tuple(
        Finding("F-06", one, Place(table=1, row=n), facts=(("row", str(n)), ("text", f"T{n}")))
        for n, one in enumerate(severities, start=1)
    )
    before = harbourline()
    return replace(before, page=replace(before.page, findings=findings))


@pytest.mark.parametrize(
    ("locale", "summary"),
    [
        ("en", "Suggestions for this page: 2 to mend, 1 to improve, 1 to know"),
        ("zh-CN", "这个页面的改进建议：2 处必须修改、1 处建议修改、1 条供参考"),
    ],
)
def test_the_gravest_stand_first_and_are_counted(locale: str, summary: str) -> None:
    found = view_of(remarked(I, E, W, E), locale).findings

    assert found is not None
    assert found.summary == summary
    assert [(group.severity, len(group.remarks)) for group in found.groups] == [
        ("E", 2),
        ("W", 1),
        ("I", 1),
    ]
    assert [one.place for one in found.groups[0].remarks] == sorted(
        one.place for one in found.groups[0].remarks
    )


def test_what_is_not_there_is_not_counted() -> None:
    found = view_of(remarked(W)).findings

    assert found is not None
    assert found.summary == "Suggestions for this page: 1 to improve"
    assert view_of(harbourline()).findings is None


def test_however_many_there_are_the_list_is_short_and_the_count_true() -> None:
    found = view_of(remarked(*[W] * 300, *[E] * 15, *[I] * 40)).findings

    assert found is not None
    assert "15 to mend, 300 to improve, 40 to know" in found.summary
    assert [len(group.remarks) for group in found.groups] == [15, 5, 0]
    assert ["295 more" in group.more for group in found.groups] == [False, True, False]
    assert found.groups[2].more.startswith("40 more")


def test_findings_hide_nothing_of_the_okrs() -> None:
    """Lint coaches: the cards are the same with a hundred errors as with none."""
    plain, blamed = view_of(harbourline()), view_of(remarked(*[E] * 100))

    assert blamed.cards == plain.cards


def test_rule_and_hint_stand_beside_the_message() -> None:
    page = tree(html_of(view_of(broken(), "zh-CN"), "zh-CN"))

    assert [text.split()[-1] for text in texts(page, "p") if text.endswith("F-40")] == ["F-40"] * 3
    assert [text for text in texts(page, "h2") if text in ("必须修改", "建议修改", "供参考")] == [
        "必须修改",
        "建议修改",
        "供参考",
    ]
