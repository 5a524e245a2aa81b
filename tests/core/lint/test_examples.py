"""The reader of examples: what a line of check-ins says of the target."""

import pytest

from connector.core.json import JsonObject
from tests.core.lint.examples import Example, check_ins_in, is_met


def line(*targets: object, target: object = None, reasons: tuple[str, ...] = ()) -> JsonObject:
    """One check-in for each target, a week apart, with the reasons in the same order."""
    dates = [f"2026-11-{2 + 7 * week:02}" for week in range(len(targets))]
    check_ins = [{"date": day, "target": one} for day, one in zip(dates, targets, strict=True)]
    for check_in, reason in zip(check_ins, reasons, strict=False):
        check_in["reason"] = reason
    return {"target": target, "today": "2026-11-23", "cycle": "2026-Q4", "check_ins": check_ins}


def said(body: JsonObject) -> tuple[object, list[object]]:
    """The agreed target, and for each check-in the one that it changed it to."""
    read = check_ins_in(body)
    return read.target, [one.target for one in read.check_ins]


def test_a_target_stated_from_the_start_is_the_agreed_one() -> None:
    """The line's own target is that of today; only the check-in that moved it has a new one."""
    assert said(line("90", "80", target="80")) == (90, [None, 80])


def test_a_single_new_target_is_compared_with_that_of_the_line() -> None:
    assert said(line("80", target="90")) == (90, [80])


def test_a_target_said_again_is_no_change() -> None:
    assert said(line("90", "90", "80", "80", target="80")) == (90, [None, None, 80, None])


def test_the_order_is_that_of_the_dates() -> None:
    body = line("90", "80", target="80")
    body["check_ins"].reverse()
    assert said(body) == (90, [80, None])


@pytest.mark.parametrize(
    ("one", "other"), [("95%", "0.95"), ("20万", "200000"), ("1.0%", "1%"), ("5个", "5")]
)
def test_the_same_target_written_otherwise_is_no_change(one: str, other: str) -> None:
    assert said(line(one, other, target=other))[1] == [None, None]


@pytest.mark.parametrize(("one", "other"), [("0.3%", "30%"), ("90", "0.9"), ("1%", "2%")])
def test_another_target_is_a_change(one: str, other: str) -> None:
    assert said(line(one, other, target=other))[1][1] is not None


@pytest.mark.parametrize(("reasons", "met"), [(("", "two depots closed"), False), ((), True)])
def test_the_rule_hears_the_reason_of_the_change(reasons: tuple[str, ...], met: bool) -> None:
    body = line("95%", "90%", target="90%", reasons=reasons)
    assert is_met(Example("C-05", "en", met, body, 1)) == met
