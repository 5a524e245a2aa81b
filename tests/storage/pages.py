"""Pages and measurements to keep, in few words."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

from connector.core.findings import Finding, Place, Severity
from connector.core.okr import (
    Anchor,
    AnchorKind,
    CountedIssue,
    Delivery,
    DependencyRef,
    EpicLink,
    IssueKey,
    JiraLink,
    KeyResult,
    KrKey,
    Objective,
    ObjectiveKey,
    ObjectiveState,
    ObjectiveType,
    OkrPage,
    PageId,
    PageState,
    ParentRef,
    SiteId,
    StoredPage,
    Verdict,
)
from connector.ports import StoredDelivery

SITE = SiteId("https://acme.example")
PAGE = PageId("101")
EPIC = EpicLink(IssueKey("PAY-1"))
NOON = datetime(2026, 11, 23, 12, 0, 0, 123456, tzinfo=UTC)


def minutes(count: float) -> datetime:
    """So many minutes after noon."""
    return NOON + timedelta(minutes=count)


def kr(number: int, *links: JiraLink, page: PageId = PAGE) -> KeyResult:
    anchors = (Anchor(AnchorKind.LOCAL, f"row{number}"),)
    key = KrKey(f"{page}-{number}")
    return KeyResult(key, f"Result {number}", number, Place(), links=links, anchors=anchors)


def okrs(
    *key_results: KeyResult,
    state: ObjectiveState = ObjectiveState.ACTIVE,
    page: PageId = PAGE,
) -> OkrPage:
    objective = Objective(
        ObjectiveKey(f"{page}-o1"),
        "Be paid in time",
        Place(),
        key_results,
        state=state,
        type=ObjectiveType.COMMITTED,
        origin="Strategy",
        due=NOON.date(),
        parents=(ParentRef("Company O2", "O2", "Company OKRs"),),
        dependencies=(DependencyRef("Identity", confirmed=True),),
        contribution="Fewer reminders",
    )
    return OkrPage(page, "Payments", "2026-Q4", None, (), (objective,))


def stored(
    content: OkrPage | None,
    *,
    version: int = 1,
    title: str = "Payments",
    state: PageState = PageState.READ,
    page: PageId = PAGE,
    site: SiteId = SITE,
    read_at: datetime = NOON,
) -> StoredPage:
    finding = Finding("K-09", Severity.W, Place(row=2), facts=(("unit", "ms"),))
    return StoredPage(
        site=site,
        page=page,
        title=title,
        space="PAY",
        url=f"/pages/{page}",
        version=version,
        good_version=version if content else None,
        state=state,
        okrs=content,
        findings=(finding,),
        read_at=read_at,
        saved_at=NOON,
        last_number=3,
    )


def counted(key: str, verdict: Verdict = Verdict.DONE) -> CountedIssue:
    return CountedIssue(IssueKey(key), f"Work of {key} 工作", "Done", verdict)


def measured(
    number: int, *issues: CountedIssue, at: datetime = NOON, page: PageId = PAGE
) -> StoredDelivery:
    done = sum(issue.verdict is Verdict.DONE for issue in issues)
    credit = Fraction(done) + Fraction(1, 3)
    delivery = Delivery(done, len(issues), 0, credit, issues, at)
    return StoredDelivery(KrKey(f"{page}-{number}"), delivery)
