"""Company, departments and teams on real HTTP: who is told what of how they support each other."""

import json
from collections.abc import Iterator, Sequence
from html import unescape
from pathlib import Path

import pytest

from connector.core.json import JsonObject
from connector.core.okr import PageId
from connector.core.policy import Policy
from connector.ports import WikiPage, WikiPages
from connector.turns import LinkTurns
from connector.usecases.handle import Ports, sync_and_measure
from sandbox.directory import BOT, LI_NA, TOM, User
from sandbox.wiki.changes import create_page, update_page
from sandbox.wiki.model import Page
from tests.e2e.test_board_rights import ACME, CLOCK, Company, company
from tests.e2e.test_commands import folder, run, site

__all__ = ["company", "folder", "site"]

pytestmark = pytest.mark.engine
COMPANY = "Harbourline company OKRs · Q4 2026"
SECRET = "Nobody outside hears of the merger"
BODY = """<ac:structured-macro ac:name="details"><ac:rich-text-body><table><tbody>
<tr><th><p>Cycle</p></th><td><p>{cycle}</p></td></tr>
<tr><th><p>Level</p></th><td><p>{level}</p></td></tr>
<tr><th><p>Alignment</p></th><td><p>{parents}</p></td></tr>
</tbody></table></ac:rich-text-body></ac:structured-macro>
<h2>O1: {title}</h2>{said}
<table><tbody><tr><th><p>Key result</p></th><th><p>Owner</p></th></tr>
<tr><td><p>Repeat orders rise from 31% to 45%</p></td><td><p>Tom Becker</p></td></tr>
</tbody></table>"""


def link(title: str) -> str:
    return f'<ac:link><ri:page ri:content-title="{title}" /></ac:link>'


class Freight:
    """A department of the company, one of its teams, and a team that few know of."""

    def __init__(self, company: Company) -> None:
        self.company = company
        self.space = company.connection.site.pages.spaces()[0]
        self.ports = Ports(
            company.connection.wiki,
            company.connection.jira,
            company.store,
            CLOCK,
            Policy(),
            LinkTurns(),
        )
        self.department = self.write(
            "Freight OKRs", self.body("Freight moves by itself", COMPANY, level="Department")
        )
        self.hush = self.write("Hush OKRs", self.body(SECRET, "Rates OKRs"), LI_NA)
        for one in (LI_NA, BOT):
            company.connection.site.pages.rights.restrict(self.hush.id, "read", one.account_id)
        parents = f"{link('Freight OKRs')} O1, {link('Hush OKRs')}"
        needs = f"<p>Depends on: {link('Hush OKRs')}</p>"
        self.rates = self.write(
            "Rates OKRs",
            BODY.format(
                cycle="2026-Q4",
                level="Team",
                parents=parents,
                title="Rates come at once",
                said=needs,
            ),
        )
        self.read(self.department, self.hush, self.rates)

    @staticmethod
    def body(title: str, parent: str, *, level: str = "Team", cycle: str = "2026-Q4") -> str:
        return BODY.format(cycle=cycle, level=level, parents=link(parent), title=title, said="")

    def write(self, title: str, body: str, author: User = TOM) -> Page:
        here = self.company.connection.site
        page = create_page(
            here, space=self.space, title=title, body=body, parent_id=None, author=author
        )
        here.pages.add_label(page, "okr")
        return page

    def change(self, page: Page, body: str) -> None:
        here = self.company.connection.site
        now = here.pages.find(page.id)
        assert now is not None
        update_page(
            here, now, title=now.title, body=body, number=now.version.number + 1, author=TOM
        )
        self.read(page)

    def read(self, *pages: Page) -> None:
        sync_and_measure(ACME, [PageId(str(one.id)) for one in pages], self.ports)

    def macro(self, page: Page, user: User, form: str = "") -> str:
        return unescape(self.company.get(user, f"/macros/objective{form}", page=str(page.id)))


@pytest.fixture
def freight(company: Company) -> Iterator[Freight]:
    made = Freight(company)
    yield made
    here = company.connection.site
    for one in (made.department, made.hush, made.rates):
        page = here.pages.find(one.id)
        assert page is not None
        here.pages.set_status(page, "trashed")
    made.read(made.department, made.hush, made.rates)


def test_each_is_told_of_a_circle_what_their_wiki_shows_them(freight: Freight) -> None:
    inside, outside = freight.macro(freight.rates, LI_NA), freight.macro(freight.rates, TOM)
    way = "It supports itself in a circle: Rates come at once → {} → Rates come at once".format
    hidden = "an objective you may not see"

    assert way(SECRET) in inside
    assert "The other side has not confirmed: Hush OKRs" in inside
    assert way(hidden) in outside
    assert "The other side has not confirmed: Hush OKRs" in outside  # as the open page links it
    for form in ("", "/static"):
        for page in (freight.rates, freight.department):
            assert SECRET not in freight.macro(page, TOM, form)
    assert SECRET not in freight.macro(freight.rates, LI_NA, "/static")


def test_a_department_that_changes_moves_its_teams_without_their_pages(
    freight: Freight, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The open macro says something else; the wiki is asked for the department alone."""
    asked: list[PageId] = []
    wiki = type(freight.company.connection.wiki)
    read_pages = wiki.read_pages

    def noted(self: WikiPages, pages: Sequence[PageId]) -> list[WikiPage]:
        asked.extend(pages)
        return read_pages(self, pages)

    monkeypatch.setattr(wiki, "read_pages", noted)
    assert "does not overlap" not in freight.macro(freight.rates, TOM)

    body = freight.body("Freight moves by itself", COMPANY, level="Department", cycle="2026-Q3")
    freight.change(freight.department, body)

    after = freight.macro(freight.rates, TOM)
    assert "Its cycle 2026-Q4 does not overlap the parent's 2026-Q3" in after
    assert asked == [str(freight.department.id)]


def test_the_line_from_company_to_department_to_team_is_straight(freight: Freight) -> None:
    freight.change(freight.rates, freight.body("Rates come at once", "Freight OKRs"))

    assert freight.company.store.alignment(ACME, PageId(str(freight.department.id))) == ()
    assert freight.company.store.alignment(ACME, PageId(str(freight.rates.id))) == ()

    freight.change(freight.rates, freight.body("Rates come at once", COMPANY))
    [skipped] = freight.company.store.alignment(ACME, PageId(str(freight.rates.id)))
    assert skipped.rule == "A-03"


def test_align_lists_the_company(folder: Path, site: JsonObject) -> None:
    """The warehouse department supports the company, as its page says; others say nothing."""
    assert run(folder, site, "sync").returncode == 0
    ended = run(folder, site, "align", "--format", "json")
    found = json.loads(ended.stdout)
    alone = {one["page"]["title"] for one in found["findings"] if one["rule"] == "A-01"}

    assert ended.returncode == 1
    assert found["of_the_site"] == []
    assert "Data Platform OKRs 2026-Q4" in alone
    assert not {COMPANY, "云仓产品线 OKR · 2026 年第四季度"} & alone

    told = run(folder, site, "align", "--lang", "zh")
    assert f"{found['objectives']} 个目标" in told.stdout
    assert "Data Platform OKRs 2026-Q4 (131292)" in told.stdout


def test_lint_of_a_page_looks_at_its_alignment_too(folder: Path, site: JsonObject) -> None:
    run(folder, site, "sync")
    ended = run(folder, site, "lint", "131292", "--format", "json")

    assert "A-01" in {one["rule"] for one in json.loads(ended.stdout)["findings"]}
