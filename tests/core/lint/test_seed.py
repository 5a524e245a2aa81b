"""The patterns of the rollout guide, with their X, Y and Z filled in, give no error and no warning.

Objective: a qualitative aim. Key results: `将 X 从 Y 提升到 Z`, `在 … 前达到 …`, a criterion that
is met or not.
"""

import pytest

from connector.core.cycle import cycle_of
from connector.core.findings import Severity
from connector.core.json import JsonObject
from connector.core.lint.engine import lint_page
from connector.core.lint.rule import EVERYTHING_ON
from tests.core.lint.examples import page_of

FILLED = {
    "retail": (
        "成为小微商家开网店的第一选择",
        [
            "将新商家首单时间从 21 天缩短到 9 天",
            "将商家月留存率从 62% 提升到 75%",
            "新增付费商家 200 家",
        ],
    ),
    "hospital": (
        "让患者觉得看病不再是一件难事",
        [
            "将门诊平均候诊时间从 40 分钟降低到 20 分钟",
            "将患者满意度评分从 82 提升到 90",
            "通过三级医院复审",
        ],
    ),
    "factory": (
        "让客户敢把急单交给我们",
        [
            "将准时交付率从 87% 提升到 95%",
            "将换型时间从 90 分钟缩短至 35 分钟",
            "全年零重大安全事故",
        ],
    ),
    "software": (
        "讓發布成為一件無聊的小事",
        ["將部署失敗率從 12% 降到 3%", "將回滾時間從 40 分鐘縮短到 5 分鐘", "可用性不低於 99.95%"],
    ),
    "human resources": (
        "让新员工第一周就能独立接单",
        [
            "将试用期离职率由 18% 降低到 8%",
            "将上岗培训周期从 30 天压缩到 12 天",
            "培养 20 名内训师",
        ],
    ),
    "shops": (
        "Small shops choose us for their first online sale",
        [
            "Shorten the time to a shop's first sale from 21 to 9 days",
            "Raise monthly retention of shops from 62% to 75%",
            "Sign 200 paying shops",
        ],
    ),
    "freight": (
        "Shippers hand us their urgent loads without a second thought",
        [
            "Increase loads delivered on time from 87% to 95%",
            "Reduce empty runs from 28% to 20%",
            "Zero lost-time accidents",
        ],
    ),
    "platform": (
        "Release day becomes boring for everyone",
        [
            "Cut failed deployments from 12% to 3%",
            "Reduce time to roll back from 40 to 5 minutes",
            "Availability of at least 99.95%",
        ],
    ),
}


def filled(title: str, results: list[str]) -> JsonObject:
    return {
        "objective": title,
        "owner": "陈洁",
        "type": "committed",
        "key_results": [{"key_result": one, "method": "BI", "confidence": 0.6} for one in results],
    }


@pytest.mark.parametrize("trade", FILLED)
def test_the_patterns_of_the_guide_give_no_error_and_no_warning(trade: str) -> None:
    found = lint_page(page_of([filled(*FILLED[trade])]), cycle_of("2026-Q4"), EVERYTHING_ON)
    assert [(one.rule, one.key_result) for one in found if one.severity is not Severity.I] == []
