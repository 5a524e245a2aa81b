"""
What a fresh site holds.

`company` is a forwarding business of four departments with OKR pages in two languages, a closed
quarter and the running one, and the Jira work behind them; `empty` has a space and two projects
and nothing else. Ids and keys are the same in every run, and so are the dates, which lie in the
third and fourth quarter of 2026 — but for the last edit of the live pages: people look after their
OKRs, so it is two days before the site was planted.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from sandbox.directory import AMARA, BOT, DANIEL, LI_NA, TOM, WANG, ZHOU
from sandbox.jira.issue_rows import WorkImage
from sandbox.jira.model import Project
from sandbox.seed_pages import plant_pages
from sandbox.seed_scale import multiply
from sandbox.seed_volume import grow
from sandbox.seed_work import plant_work
from sandbox.site import Site, new_site
from sandbox.wiki.model import Space

QUARTER = datetime(2026, 10, 1, 8, tzinfo=UTC)
WRITTEN = QUARTER - timedelta(days=3)

SPACE = Space(65538, "HARBOUR", "Harbourline", BOT.account_id, WRITTEN - timedelta(days=400))
PROJECTS = (
    Project(10001, "HBR", "Harbour Platform", "en", TOM.account_id),
    Project(10002, "YUN", "云仓研发", "zh", LI_NA.account_id, "next-gen"),
)
MORE_PROJECTS = (
    Project(10003, "PAY", "Billing and Payments", "en", DANIEL.account_id, "next-gen"),
    Project(10004, "CARE", "Customer Care", "en", AMARA.account_id, public=True),
    Project(10005, "GYL", "供应链协同", "zh", WANG.account_id),
    Project(10006, "INF", "基础设施与安全", "zh", ZHOU.account_id, "next-gen"),
)


@dataclass(frozen=True, slots=True)
class DemoStory:
    """The shortest way to see the product: finish this issue and watch that page."""

    page_id: int
    issue_key: str
    epic_key: str
    project: str


DEMO = DemoStory(page_id=131073, issue_key="HBR-29", epic_key="HBR-1", project="HBR")


def plant(site: Site, name: str, *, scale: int = 1) -> None:
    """
    Fill an empty site, with `scale` companies side by side.

    Raises `ValueError` for a seed that does not exist.
    """
    if name not in {"company", "empty"}:
        raise ValueError(f"no seed named {name!r}; there are company and empty")
    site.pages.add_space(SPACE)
    if name == "empty":
        for project in PROJECTS:
            site.issues.add_project(project)
        return
    site.issues.hold(_work())
    plant_pages(site, SPACE)
    multiply(site, SPACE, _work(), scale)


@cache
def _work() -> WorkImage:
    """The same for every site of a process: told once, and held by all."""
    issues = new_site("").issues
    for project in (*PROJECTS, *MORE_PROJECTS):
        issues.add_project(project)
    for project in PROJECTS:
        plant_work(issues, project, start=QUARTER)
    for project in (*PROJECTS, *MORE_PROJECTS):
        grow(issues, project)
    return issues.image()
