"""Notes that stand where a reason should, names that stand where a person should, and scores."""

import pytest

from connector.core.lint.blanks import gives_reason, is_somebody
from connector.core.lint.rule import DEFAULTS
from connector.core.lint.scoring import Scored, in_range

NO_REASONS = (
    "updated",
    "Target adjusted",
    "confidence lowered to 3",
    "as discussed",
    "see last week's mail",
    "see slack",
    "look at the deck",
    "no change",
    "已更新",
    "目标下调10%",
    "根据实际情况调整",
    "见上周周报",
    "详见11月复盘纪要",
    "同上周",
    "例行更新",
)
REASONS = (
    "two buyers left",
    "prices up 8%",
    "the vendor slips to December",
    "lower demand in the north",
    "原料涨价",
    "两家客户被并购",
    "接口推迟到12月",
    "猎头合同到期",
)


@pytest.mark.parametrize("note", NO_REASONS)
def test_that_something_changed_or_is_told_elsewhere_is_no_reason(note: str) -> None:
    assert not gives_reason(note)


@pytest.mark.parametrize("note", REASONS)
def test_whatever_happened_is_a_reason(note: str) -> None:
    assert gives_reason(note)


@pytest.mark.parametrize(
    "name", ["unassigned", "nobody yet", "vacant", "TBD (hiring)", "未分配", "待招", "谁有空谁做"]
)
def test_nobody_is_no_owner(name: str) -> None:
    assert not is_somebody(name)


@pytest.mark.parametrize("name", ["Noa Boddy", "Will Everyman", "待伟", "未央", "Open Sesame Lee"])
def test_a_name_that_sounds_like_nobody_is_somebody(name: str) -> None:
    assert is_somebody(name)


@pytest.mark.parametrize(
    ("unread", "met"), [("excellent", True), ("优秀", True), ("未评分", False), ("not yet", False)]
)
def test_a_word_is_no_score(unread: str, met: bool) -> None:
    assert bool(list(in_range(Scored("", None, unread=unread), DEFAULTS))) == met
