"""Three pages as they are kept, each with what Jira said of it: for tests of what is shown."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from connector.core.findings import Finding, Place, Severity
from connector.core.okr import (
    CountedIssue,
    Delivery,
    EpicLink,
    Health,
    IssueKey,
    JiraLink,
    JqlLink,
    KeyResult,
    KrKey,
    Level,
    Metric,
    MetricKind,
    Objective,
    ObjectiveKey,
    OkrPage,
    PageId,
    PageState,
    Person,
    SiteId,
    StoredPage,
    Verdict,
)

SITE = SiteId("site-1")
NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
JIRA = "https://jira.example.org"


@dataclass(frozen=True, slots=True)
class Sample:
    """A page and the measurements of its key results."""

    page: StoredPage
    deliveries: dict[KrKey, Delivery]


def metric(
    kind: MetricKind, baseline: str | None, target: str, current: str | None, unit: str = ""
) -> Metric:
    """Numbers as decimals in text, so that they stay exact."""

    def exact(text: str | None) -> Fraction | None:
        return None if text is None else Fraction(text)

    return Metric(kind, exact(baseline), exact(target), exact(current), unit)


def delivery(
    project: str, done: int, moving: int, waiting: int, *, dropped: int = 0, **more: int
) -> Delivery:
    """A reading of so many issues; `hidden` links and `minutes` of age by name."""
    verdicts = (
        [Verdict.DONE] * done
        + [Verdict.IN_PROGRESS] * moving
        + [Verdict.OPEN] * waiting
        + [Verdict.CANCELLED] * dropped
    )
    said = {
        Verdict.DONE: "完成",
        Verdict.IN_PROGRESS: "处理中",
        Verdict.OPEN: "待办",
        Verdict.CANCELLED: "关闭",
    }
    return Delivery(
        done=done,
        total=done + moving + waiting,
        hidden=more.get("hidden", 0),
        credit=Fraction(done),
        issues=tuple(
            CountedIssue(
                IssueKey(f"{project}-{10 + n}"), f"{_WORK[n % len(_WORK)]}", said[verdict], verdict
            )
            for n, verdict in enumerate(verdicts)
        ),
        read_at=NOW - timedelta(minutes=more.get("minutes", 3)),
    )


_WORK = (
    "扫码枪首次配对引导",
    "入库流程三步化",
    "Offline mode for the receiving screen",
    "新人练习仓：可重置的演示数据",
    "出库复核的语音提示",
    "把帮助文档放进操作界面",
)


def key_result(number: int, title: str, *, page: str, **more: object) -> KeyResult:
    """A key result in row `number` + 1 of the page's first table."""
    place = Place(heading="", table=1, row=number + 1)
    return KeyResult(KrKey(f"{page}-{number}"), title, number, place, **more)  # type: ignore[arg-type]  # fields by name, checked when the value is built


def epics(*keys: str) -> tuple[JiraLink, ...]:
    return tuple(EpicLink(IssueKey(key)) for key in keys)


def stored(okrs: OkrPage | None, *, page: str, title: str, **more: object) -> StoredPage:
    facts: dict[str, object] = {
        "version": 5,
        "good_version": 5 if okrs else None,
        "state": PageState.READ if okrs else PageState.EMPTY,
        "findings": (),
        "saved_at": NOW - timedelta(days=3),
        **more,
    }
    return StoredPage(
        site=SITE,
        page=PageId(page),
        title=title,
        space="OKR",
        url=f"https://wiki.example.org/pages/{page}",
        okrs=okrs,
        read_at=NOW - timedelta(minutes=1),
        **facts,  # type: ignore[arg-type]  # as above
    )


def warehouse() -> Sample:
    """A Chinese page in good order: two objectives, every kind of number, one too few."""
    first = Objective(
        ObjectiveKey("2002-O1"),
        "让仓库同事一天之内上手新系统",
        Place(heading="目标一"),
        (
            key_result(
                1,
                "新员工独立上岗时间从 5 天缩短到 1 天",
                page="2002",
                owners=(Person("李伟", "5b10"),),
                metric=metric(MetricKind.DECREASE, "5", "1", "3", "天"),
                confidence=Fraction(6, 10),
                links=epics("YUN-1"),
            ),
            key_result(
                2,
                "拣货差错率从 1.8% 降到 0.6%",
                page="2002",
                owners=(Person("周敏"),),
                metric=metric(MetricKind.DECREASE, "1.8", "0.6", None, "%"),
                confidence=Fraction(5, 10),
                links=epics("YUN-2"),
            ),
            key_result(
                3,
                "移动端日活仓管员从 120 人提升到 400 人",
                page="2002",
                owners=(Person("陈立"),),
                metric=metric(MetricKind.INCREASE, "120", "400", "124", "人"),
                confidence=Fraction(7, 10),
                links=epics("YUN-3", "YUN-30"),
            ),
        ),
        owners=(Person("李伟", "5b10"),),
        weight=Fraction(6, 10),
    )
    second = Objective(
        ObjectiveKey("2002-O2"),
        "成为客户放心的库存账本",
        Place(heading="目标二"),
        (
            key_result(
                4,
                "库存准确率不低于 99.5%",
                page="2002",
                owners=(Person("周敏"),),
                metric=metric(MetricKind.AT_LEAST, None, "99.5", "98.1", "%"),
                confidence=Fraction(6, 10),
            ),
            key_result(
                5,
                "单仓盘点耗时从 6 小时降到 2 小时",
                page="2002",
                owners=(Person("黄蕾"),),
                metric=metric(MetricKind.DECREASE, "6", "2", "2", "小时"),
                links=epics("YUN-5"),
            ),
            key_result(6, "库存类投诉每月不超过 10 起", page="2002", links=epics("YUN-6")),
        ),
        weight=Fraction(4, 10),
    )
    return Sample(
        stored(
            OkrPage(
                PageId("2002"),
                "云仓产品线 OKR",
                "2026-Q4",
                Level.DEPARTMENT,
                (Person("李伟", "5b10"),),
                (first, second),
            ),
            page="2002",
            title="云仓产品线 OKR",
        ),
        {
            KrKey("2002-1"): delivery("YUN", 4, 3, 2, dropped=1),
            KrKey("2002-2"): delivery("YUN", 2, 2, 6, hidden=3),
            KrKey("2002-3"): delivery("YUN", 9, 0, 1, minutes=125),
            KrKey("2002-5"): delivery("YUN", 5, 1, 0),
            KrKey("2002-6"): delivery("YUN", 0, 0, 0),
        },
    )


def harbourline() -> Sample:
    """An English page whose numbers need care: a query, claims by hand, work that is hidden."""
    objective = Objective(
        ObjectiveKey("1001-O1"),
        "Become the partner that European ports recommend to each other",
        Place(heading="Objective 1"),
        (
            key_result(
                1,
                "Net Promoter Score rises from 20 to 40",
                page="1001",
                owners=(Person("Wang Fang"),),
                metric=metric(MetricKind.INCREASE, "20", "40", "29", "points"),
                confidence=Fraction(7, 10),
                weight=Fraction(1, 2),
                links=epics("HBR-1"),
            ),
            key_result(
                2,
                "Open incidents older than a week fall from 43 to 5",
                page="1001",
                owners=(Person("Jonas Weber"), Person("Ana Reyes")),
                metric=metric(MetricKind.DECREASE, "43", "5", None),
                links=(JqlLink('project = HBR AND type = Bug AND labels = "<aged>"'),),
            ),
            key_result(
                3,
                "Three reference customers speak at our spring conference",
                page="1001",
                reported_progress=Fraction(1, 3),
                reported_health=Health.PAUSED,
                owners=(Person("Ana Reyes"),),
            ),
            key_result(4, "Sign two ports in the Baltic", page="1001", links=epics("HBR-9")),
        ),
        owners=(Person("Ana Reyes"),),
    )
    return Sample(
        stored(
            OkrPage(
                PageId("1001"),
                "Harbourline company OKRs · Q4 2026",
                None,
                Level.COMPANY,
                (),
                (objective,),
            ),
            page="1001",
            title="Harbourline company OKRs · Q4 2026",
        ),
        {
            KrKey("1001-1"): delivery("HBR", 18, 9, 16, hidden=3),
            KrKey("1001-2"): delivery("HBR", 1, 2, 9, minutes=40),
        },
    )


def broken() -> Sample:
    """A page whose newest version cannot be read, of a cycle that is over, with remarks."""
    objective = Objective(
        ObjectiveKey("3003-O1"),
        "数据平台让每个决定都有数可依",
        Place(heading="目标一"),
        (
            key_result(
                1,
                "核心报表 T+0 覆盖率达到 90%",
                page="3003",
                metric=metric(MetricKind.INCREASE, "30", "90", "72", "%"),
                owners=(Person("赵强"),),
            ),
        ),
        owners=(Person("赵强"),),
    )
    findings = (
        Finding(
            "F-40",
            Severity.E,
            Place(heading="目标一", table=2, row=3, column="目标值"),
            "数据平台让每个决定都有数可依",
            "核心报表 T+0 覆盖率达到 90%",
            (("delivery", "90"), ("outcome", "10")),
            blocks=True,
        ),
        Finding("F-40", Severity.W, Place(line=12), facts=(("delivery", "85"), ("outcome", "20"))),
        Finding("F-40", Severity.I, Place(table=3), facts=(("delivery", "81"), ("outcome", "0"))),
    )
    return Sample(
        stored(
            OkrPage(PageId("3003"), "数据平台 OKR", "2026-Q3", Level.TEAM, (), (objective,)),
            page="3003",
            title="数据平台 OKR",
            version=7,
            good_version=5,
            state=PageState.ERRORS,
            findings=findings,
            saved_at=NOW - timedelta(days=60),
        ),
        {},
    )
