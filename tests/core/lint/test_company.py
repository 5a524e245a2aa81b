"""The sandbox company's pages: what a coach would say of their sentences, and nothing else.

Owners, sources and types, which those pages seldom name, are left out here.
"""

import pytest

from connector.core.policy import Policy
from connector.usecases.lint_okrs import lint_okrs
from sandbox.seed_pages import PAGES, SeedPage
from tests.pages.test_company import reading_of

BESIDE = {"O-01", "O-02", "O-10", "K-11"}
EXPECTED = {
    "Quoting and Booking OKRs, Q4 2026": {
        ("K-03", "Better explanations of every surcharge"),
        (
            "K-13",
            "Launch change fees, migrate the old forms, train support, write the release notes",
        ),
    },
    "Quoting and Booking: what Q3 2026 taught us": {
        ("S-01", "No human copies a number from a rate sheet"),
    },
    "供应链协同组 OKR 2026Q4": {
        ("K-10", "缺货订单占比从 3.2% 降低至 1.5%"),
    },
    "仓储算法组 目标与关键结果（2026Q4）": {
        ("K-02", "一次上架成功率达到 98%"),
        ("O-03", "拣货员少走一半冤枉路"),
    },
    "云仓产品线 OKR 复盘 · 2026 年第三季度": {
        ("K-02", "机器人盘点准确率达到 99%"),
        ("O-08", "盘点不停业"),
        ("S-01", "盘点不停业"),
    },
    "质量与交付组 OKR 2026Q3": {
        ("K-02", "环境准备时间"),
        ("S-01", "测试环境随用随有"),
    },
    "Billing and Payments OKRs Q4 2026": {
        ("S-04", "Nobody has to explain an invoice"),
    },
    "Copy of Billing and Payments OKRs Q4 2026": {
        ("S-04", "Nobody has to explain an invoice"),
    },
    "基础设施与安全 OKR 2026Q4": {
        ("S-01", "云上每一分钱都说得清"),
    },
}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.id))
def test_a_page_hears_what_a_coach_would_say(page: SeedPage) -> None:
    okrs = reading_of(page).okrs
    said = lint_okrs(okrs, space="", policy=Policy()) if okrs else ()
    told = {(one.rule, one.key_result or one.objective) for one in said if one.rule not in BESIDE}
    assert told == EXPECTED.get(page.title, set())


def test_every_page_of_the_table_is_there() -> None:
    assert set(EXPECTED) <= {page.title for page in PAGES}
