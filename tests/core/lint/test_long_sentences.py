"""What a page may hold: a thousand characters of whatever, judged without a long think."""

from time import process_time

import pytest

from connector.core.lint.engine import KEY_RESULT_RULES, OBJECTIVE_RULES
from connector.core.lint.rule import DEFAULTS
from tests.core.lint.examples import key_result_in, objective_in

_REPEATED = (
    "与一起",
    "为对",
    "由",
    "在中",
    "每",
    "团队",
    "并与一起",
    "同时为",
    "持续",
    "提升",
    "1 ",
    "5% ",
    "3/4 ",
    "more ",
    "of the ",
    "new and ",
    "a team ",
    "from 1 ",
)


@pytest.mark.parametrize("part", _REPEATED)
@pytest.mark.parametrize("end", ["上线率的", "参与", "保持期", "launch rate", "5%"])
def test_repetition_costs_no_more_than_length(part: str, end: str) -> None:
    written = (part * 1_000)[:950] + end
    began = process_time()
    for rule in KEY_RESULT_RULES:
        list(rule.check(key_result_in({"key_result": written}), DEFAULTS))
    for one in OBJECTIVE_RULES:
        list(one.check(objective_in({"objective": written}), DEFAULTS))
    assert process_time() - began < 3
