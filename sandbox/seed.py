"""
What a fresh site holds.

`company` is a small forwarding business with OKR pages in two languages and the Jira work behind
them; `empty` has a space and two projects and nothing else. Ids and keys are the same in every run,
and so are the dates, which lie in the fourth quarter of 2026 — but for the last edit of each page:
people look after their OKRs, so it is two days before the site was planted.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.resources import files

from sandbox.directory import BOT, LI_NA, TOM
from sandbox.jira.model import Project
from sandbox.seed_work import plant_work
from sandbox.site import Site
from sandbox.wiki.model import Page, Space, Version

QUARTER = datetime(2026, 10, 1, 8, tzinfo=UTC)
WRITTEN = QUARTER - timedelta(days=3)

SPACE = Space(65538, "HARBOUR", "Harbourline", BOT.account_id, WRITTEN - timedelta(days=400))
PROJECTS = (
    Project(10001, "HBR", "Harbour Platform", "en", TOM.account_id),
    Project(10002, "YUN", "云仓研发", "zh", LI_NA.account_id, "next-gen"),
)


@dataclass(frozen=True, slots=True)
class SeedPage:
    file: str
    id: int
    title: str
    author: str
    labels: tuple[str, ...] = ("okr",)


PAGES = (
    SeedPage("1-company.xml", 131073, "Harbourline company OKRs · Q4 2026", TOM.account_id),
    SeedPage("2-yuncang.xml", 131146, "云仓产品线 OKR · 2026 年第四季度", LI_NA.account_id),
    SeedPage("3-customer-success.xml", 131219, "Customer Success OKRs, Q4 2026", LI_NA.account_id),
    SeedPage("4-data-platform.xml", 131292, "Data Platform OKRs 2026-Q4", TOM.account_id),
    SeedPage("5-quality.xml", 131365, "质量与交付 OKR 2026Q4", LI_NA.account_id),
    SeedPage("6-people.xml", 131438, "People OKRs Q4 2026", BOT.account_id),
    SeedPage(
        "7-notes.xml", 131511, "Monday meeting, 16 November", TOM.account_id, ("meeting-notes",)
    ),
)
RESTRICTED_PAGE = 131438


@dataclass(frozen=True, slots=True)
class DemoStory:
    """The shortest way to see the product: finish this issue and watch that page."""

    page_id: int
    issue_key: str
    project: str


DEMO = DemoStory(page_id=131073, issue_key="HBR-29", project="HBR")


def plant(site: Site, name: str) -> None:
    """Fill an empty site. Raises `ValueError` for a seed that does not exist."""
    if name not in {"company", "empty"}:
        raise ValueError(f"no seed named {name!r}; there are company and empty")
    site.pages.add_space(SPACE)
    for project in PROJECTS:
        site.issues.add_project(project)
    if name == "company":
        for project in PROJECTS:
            plant_work(site.issues, project, start=QUARTER)
        for number, page in enumerate(PAGES):
            created = WRITTEN + timedelta(hours=number)
            edited = max(created, site.now() - timedelta(days=2))
            _plant_page(site, page, created=created, edited=edited)
        _restrict(site)


def _plant_page(site: Site, page: SeedPage, *, created: datetime, edited: datetime) -> None:
    text = files("sandbox.company").joinpath("pages", page.file).read_text(encoding="utf-8")
    stored = Page(
        id=page.id,
        space=SPACE,
        title=page.title,
        status="current",
        parent_id=None,
        author=page.author,
        created=created,
        version=Version(1, page.author, edited, "", minor=False),
        body=_addressed(text.rstrip("\n"), site.base),
    )
    site.pages.add(stored)
    for label in page.labels:
        site.pages.add_label(stored, label)


def _addressed(text: str, base: str) -> str:
    """The texts name people and the site by placeholders; a page holds their real ids."""
    for name, value in {
        "jira": base,
        "bot": BOT.account_id,
        "li": LI_NA.account_id,
        "tom": TOM.account_id,
    }.items():
        text = text.replace(f"{{{{{name}}}}}", value)
    return text


def _restrict(site: Site) -> None:
    """The hiring page: the bot may edit it, 李娜 may read it, Tom does not see it."""
    page = site.pages.find(RESTRICTED_PAGE)
    assert page is not None
    site.pages.restrict(page, BOT, may_edit=True)
    site.pages.restrict(page, LI_NA, may_edit=False)
