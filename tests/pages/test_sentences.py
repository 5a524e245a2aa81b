"""What the sentence of a key result says about its number."""

import pytest

from connector.core.measures import read_statement


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("产能提升到原来的3倍", "increase ×3"),
        ("是去年的2.5倍", "increase ×5/2"),
        ("收入翻两番", "increase ×4"),
        ("故障数减少一半", "decrease ×1/2"),
        ("Grow weekly active users 2x", "increase ×2"),
        ("Triple sign-ups", "increase ×3"),
        ("LTV/CAC of 3x", "increase 3x"),
        ("“How do I” tickets down 30%", "decrease ×7/10"),
        ("成本下降 10% 以上", "decrease ×9/10"),
        ("成本下降不少于10%", "decrease ×9/10"),
        ("毛利率提升3个点", "increase +3"),
        ("500强客户新增5家", "increase 5家"),
        ("招聘周期从45天缩短15天", "decrease 45天 30天"),
        ("复购率从 25% 提高 10 个百分点", "increase 25% 35%"),
        ("提升20个百分点至65%", "increase 65%"),
        ("交付准时率 92%（去年 85%）", "increase 85% 92%"),
        ("Raise NPS to 50 (currently 32)", "increase 32 50"),
        ("Bring churn to 3% from 5%", "decrease 5% 3%"),
        ("2小时内响应率达到95%", "increase 95%"),
        ("平均响应时间控制在3分钟以内", "at_most 3分钟"),
        ("Zero Sev-1 incidents", "at_most 0"),
        ("零重大安全事故", "at_most 0"),
        ("重大事故为0", "at_most 0"),
        ("半数以上员工完成培训", "at_least 50%"),
        ("$1.2M ARR from new logos", "increase 1.2e+06$"),
        ("Close calendar from 8 to 3 working days", "decrease 8working days 3working days"),
        ("Win 3 of the top 10 accounts", "increase 3"),
        ("Collect 50 interviews from 20 customers", None),
        ("Move to a zero-trust network", None),
    ],
)
def test_a_sentence_says_its_measure(sentence: str, expected: str | None) -> None:
    """Kind, baseline and target; or the change where only that is said."""
    said = read_statement(sentence)
    if said is None:
        assert expected is None
        return
    numbers = [f"{float(q.value):g}{q.unit}" for q in (said.baseline, said.target) if q]
    if said.change and said.target is None:
        factor = said.change.factor
        numbers = [f"×{factor}" if factor is not None else f"{float(said.change.points):+g}"]
    assert " ".join([said.kind, *numbers]) == expected
