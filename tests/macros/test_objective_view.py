"""What the objective macro says of a page: states, numbers, and the reasons behind them."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest

from connector.catalogue import LOCALES
from connector.core.okr import ObjectiveState, Person
from macros.objective.view import Showing
from tests.fakes.okrs import (
    NOW,
    Sample,
    broken,
    delivery,
    epics,
    harbourline,
    key_result,
    warehouse,
)
from tests.macros.views import AWAY, card, changed, every_state, row, view_of


@pytest.mark.parametrize("name", ["empty", "unreadable", "not_found", "waiting", "no_objective"])
@pytest.mark.parametrize("locale", LOCALES)
def test_a_page_without_cards_says_what_to_do(name: str, locale: str) -> None:
    view = every_state(locale)[name]

    assert view.showing == name
    assert view.cards == ()
    assert all(view.advice)


def test_one_objective_may_be_chosen() -> None:
    view = view_of(warehouse(), objective="2002-O2")

    assert [one.key for one in view.cards] == ["2002-O2"]
    assert view.remarks == ()


def test_a_page_with_errors_shows_its_last_good_version_and_says_so() -> None:
    view = view_of(broken())

    assert view.showing is Showing.OBJECTIVES
    assert "Version 7" in view.notices[0].text
    assert "version 5" in view.notices[0].text
    assert view.notices[0].to_findings


def test_findings_say_where_they_are_in_words_of_people() -> None:
    view = view_of(broken(), "zh-CN")

    assert [one.place for one in view.remarks] == [
        "“目标一”一节、第 2 个表格第 3 行、“目标值”列",
        "第 12 行",
        "第 3 个表格",
    ]
    assert [one.severity_word for one in view.remarks] == ["必须修改", "建议修改", "供参考"]


def test_a_cycle_that_is_over_is_said_on_the_day_after_its_last() -> None:
    last_evening = NOW.replace(month=12, day=31, hour=15)

    assert view_of(warehouse(), now=last_evening).notices == ()
    (notice,) = view_of(warehouse(), now=last_evening + timedelta(hours=2)).notices
    assert notice.text == "This cycle ended on December 31, 2026."


@pytest.mark.parametrize("product", ["jira", "confluence"])
def test_a_product_that_does_not_answer_is_said_with_the_time(product: str) -> None:
    (notice,) = view_of(warehouse(), outages={product: AWAY["jira"]}).notices

    assert product in notice.text.lower()
    assert notice.moment is not None
    assert notice.moment.age == "1 hour ago"


def test_a_cycle_the_page_does_not_name_is_said_to_be_assumed() -> None:
    assert card(view_of(harbourline())).cycle == "Q4 2026 (assumed: the page names no cycle)"
    assert card(view_of(warehouse(), "zh-CN")).cycle == "2026年第四季度"


def test_an_objective_shows_its_owner_or_the_pages() -> None:
    view = view_of(warehouse())

    assert [one.owners for one in view.cards] == [("李伟",), ("李伟",)]


@pytest.mark.parametrize(("locale", "word"), [("en", "Someone"), ("zh-CN", "某人")])
def test_an_account_without_a_name_is_someone_and_not_an_empty_circle(
    locale: str, word: str
) -> None:
    nameless = (Person("", "712020:gone"), Person("Ana"))
    view = view_of(changed(warehouse(), "2002-1", owners=nameless, partners=nameless[:1]), locale)

    assert row(view, "2002-1").owners == (word, "Ana")
    assert word in {one.text for one in row(view, "2002-1").why.facts}


@pytest.mark.parametrize(
    ("weight", "said"), [(Fraction(4, 10), "Weight 40%"), (Fraction(40), "Weight 40%"), (None, "")]
)
def test_a_weight_reads_the_same_as_a_ratio_and_in_percent(
    weight: Fraction | None, said: str
) -> None:
    sample = warehouse()
    assert sample.page.okrs is not None
    first = replace(sample.page.okrs.objectives[0], weight=weight)
    okrs = replace(sample.page.okrs, objectives=(first,))

    assert card(view_of(replace(sample, page=replace(sample.page, okrs=okrs)))).weight == said


def test_a_state_is_said_unless_it_is_the_usual_one() -> None:
    sample = warehouse()
    assert sample.page.okrs is not None
    first, second = sample.page.okrs.objectives
    draft = replace(first, state=ObjectiveState.DRAFT)
    page = replace(sample.page, okrs=replace(sample.page.okrs, objectives=(draft, second)))

    view = view_of(replace(sample, page=page))

    assert [one.state for one in view.cards] == ["Draft", ""]


def test_key_results_without_data_are_left_out_of_the_mean_and_said() -> None:
    several = replace(warehouse(), deliveries={})
    nothing = changed(changed(several, "2002-4", metric=None), "2002-5", metric=None)

    assert "1 key result has" in card(view_of(harbourline())).left_out
    assert (
        "2 key results have" in card(view_of(changed(several, "2002-4", metric=None)), 1).left_out
    )
    assert card(view_of(nothing), 1).left_out == "None of the key results has data yet."
    assert card(view_of(nothing), 1).bar.percent == "–"
    assert card(view_of(warehouse())).left_out == ""


def test_the_headline_is_labelled_with_what_it_rests_on_and_its_age() -> None:
    view = view_of(warehouse())

    assert (row(view, "2002-1").basis, row(view, "2002-1").bar.percent) == ("Outcome", "50%")
    assert (row(view, "2002-2").basis, row(view, "2002-2").bar.percent) == ("By linked work", "20%")
    assert row(view, "2002-6").basis == "No number yet"
    assert row(view_of(harbourline()), "1001-3").basis == "As reported"
    saved, read = row(view, "2002-1").moment, row(view, "2002-2").moment
    assert saved is not None
    assert read is not None
    assert (saved.age, read.age) == ("3 days ago", "3 minutes ago")
    assert row(view, "2002-6").moment is None


def test_what_a_person_set_by_hand_is_marked() -> None:
    status = row(view_of(harbourline()), "1001-3").status

    assert (status.tone, status.word) == ("paused", "Paused")
    assert status.manual


def test_at_the_start_of_a_cycle_no_colour_is_claimed() -> None:
    view = view_of(warehouse(), now=NOW.replace(month=10, day=2))

    assert card(view).status.tone == "too_early"


def test_hidden_work_stands_beside_the_count() -> None:
    chip = row(view_of(warehouse()), "2002-2").chip

    assert chip is not None
    assert (chip.text, chip.hidden) == ("2/10", "+3 hidden")
    assert chip.label == (
        "Jira: 2 of 10 issues done; 3 more linked but hidden from this connection"
    )


def test_work_and_result_that_part_are_warned_of_beside_the_number_and_below() -> None:
    view = view_of(warehouse())

    (notice,) = row(view, "2002-3").notices
    assert notice.text == "Linked work is 90% done, but the result stands at 1%."
    (remark,) = view.remarks
    assert (remark.rule, remark.severity, remark.message) == ("F-40", "W", notice.text)
    assert remark.hint


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("2002-6", "no issues to count"),
        ("2002-9", "cannot be read"),
        ("2002-10", "Waiting for the first reading"),
        ("2002-11", "Give a current value"),
        ("2002-12", "No update for more than 14 days"),
    ],
)
def test_a_key_result_says_why_it_has_no_number_or_an_old_one(key: str, said: str) -> None:
    number = int(key.rpartition("-")[2])
    sample = _with_one_more(number)

    assert said in " ".join(one.text for one in row(view_of(sample), key).notices)


def _with_one_more(number: int) -> Sample:
    links = {9: epics("YUN-9"), 10: epics("YUN-10"), 12: epics("YUN-12")}.get(number, ())
    sample = warehouse()
    assert sample.page.okrs is not None
    first, *rest = sample.page.okrs.objectives
    more = key_result(number, "再来一个", page="2002", links=links)
    first = replace(first, key_results=(*first.key_results, more))
    read = {
        9: delivery("YUN", 0, 0, 0, hidden=1),
        12: delivery("YUN", 1, 0, 2, minutes=15 * 24 * 60),
    }
    deliveries = {**sample.deliveries}
    if number in read:
        deliveries[more.key] = read[number]
    okrs = replace(sample.page.okrs, objectives=(first, *rest))
    return Sample(replace(sample.page, okrs=okrs), deliveries)


@pytest.mark.parametrize(
    ("confidence", "said"),
    [
        (Fraction(7, 10), "Confidence 7/10"),
        (Fraction(0), "Confidence 1/10"),
        (Fraction(1), "Confidence 10/10"),
        (None, ""),
    ],
)
def test_confidence_is_shown_from_one_to_ten(confidence: Fraction | None, said: str) -> None:
    sample = changed(warehouse(), "2002-1", confidence=confidence)

    assert row(view_of(sample), "2002-1").confidence == said


def test_an_empty_page_of_okrs_is_empty() -> None:
    sample = warehouse()
    assert sample.page.okrs is not None
    page = replace(sample.page, okrs=replace(sample.page.okrs, objectives=()))

    assert view_of(Sample(page, {})).showing is Showing.EMPTY
