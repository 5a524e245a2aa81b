"""The seeds: the same every time, and what the demonstration needs is in them."""

import re
from collections import Counter
from datetime import UTC, datetime

import pytest

from sandbox.app import create_app
from sandbox.directory import TOM, USERS
from sandbox.seed import DEMO, plant
from sandbox.site import Site, new_site
from sandbox.wiki.storage_format import parse

KEY = re.compile(r"\b(?:HBR|YUN|PAY|CARE|GYL|INF)\d*-\d+\b")

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def planted(name: str) -> Site:
    site: Site = create_app(name, now=lambda: NOON).extensions["sandbox"]
    return site


def test_two_sites_are_the_same() -> None:
    first, second = planted("company"), planted("company")

    assert first.issues.all() == second.issues.all()
    assert first.pages.all() == second.pages.all()


def test_the_company_has_the_promised_size() -> None:
    site = planted("company")
    issues = site.issues.all()
    kinds = Counter(issue.type.level for issue in issues)

    assert len(site.issues.projects()) == 6
    assert len(issues) == 1_285
    assert (kinds[1], kinds[-1] > 100) == (65, True)
    assert {project.workflow for project in site.issues.projects()} == {"en", "zh"}
    assert {project.team_managed for project in site.issues.projects()} == {False, True}
    assert {issue.resolution.name for issue in issues if issue.resolution} == {
        "Done",
        "Won't Do",
        "Duplicate",
    }


def test_no_two_issues_say_the_same() -> None:
    """Real boards have their repetitions; a reader of this one should not see a generator."""
    said = Counter(issue.summary for issue in planted("company").issues.all())

    assert [summary for summary, times in said.items() if times > 1] == []


def test_every_changelog_leads_to_its_issue() -> None:
    """Told backwards from the present, every history arrives where the issue began."""
    site = planted("company")
    for issue in site.issues.all():
        held = {
            "status": issue.status_id,
            "resolution": issue.resolution_id,
            "IssueParentAssociation": str(issue.parent_id),
        }
        for change in site.issues.changes(issue):
            assert issue.created < change.created <= issue.updated
            for item in change.items:
                if item.field in held:
                    assert held[item.field] == item.new
                    held[item.field] = item.old
        assert held["resolution"] is None
        project = site.issues.project(issue.project)
        assert project is not None
        if issue.number > 125 or issue.project not in {"HBR", "YUN"}:
            assert held["status"] == project.statuses[0].id


def test_histories_hold_what_happens_to_work() -> None:
    """Reopened, estimated again, moved on to another epic, added late, given up; two quarters."""
    site = planted("company")
    changes = [c for issue in site.issues.all() for c in site.issues.changes(issue)]
    fields = Counter(item.field for change in changes for item in change.items)
    reopened = [i for c in changes for i in c.items if i.field == "resolution" and i.new is None]
    late = [i for i in site.issues.all() if i.parent_id and i.created.isoformat() > "2026-10-15"]

    assert fields["IssueParentAssociation"] > 20
    assert fields["Story Points"] + fields["Story point estimate"] > 50
    assert len(reopened) > 20
    assert len(late) > 50
    assert {change.created.month for change in changes} >= {7, 8, 9, 10, 11}


def test_every_page_is_storage_format_and_names_epics_that_exist() -> None:
    """Two pages name an epic that is not there, on purpose."""
    site = planted("company")
    named = {}
    for page in site.pages.all():
        parse(page.body)
        assert "{{" not in page.body
        named[page.title] = set(KEY.findall(page.body))

    missing = {title: {k for k in keys if not site.issues.find(k)} for title, keys in named.items()}
    assert len(set().union(*named.values())) >= 55
    assert {title: keys for title, keys in missing.items() if keys} == {
        "People OKRs Q4 2026": {"HBR-999"},
        "Sales and Marketing OKRs Q4 2026": {"CARE-404"},
    }


def test_pages_form_a_tree_below_the_company() -> None:
    site = planted("company")
    roots = [page.title for page in site.pages.all() if page.parent_id is None]
    depths = Counter(len(site.pages.ancestors(page)) for page in site.pages.all())

    assert roots == ["Harbourline"]
    assert depths == {0: 1, 1: 9, 2: 16, 3: 2}


def test_a_department_keeps_its_pages_to_itself() -> None:
    """What is hidden is hidden with everything below, whoever else may read it there."""
    site = planted("company")
    hidden = {p.title for p in site.pages.all() if not site.pages.may_read(p, TOM)}

    assert hidden == {"People and Finance", "People OKRs Q4 2026", "Finance OKRs Q4 2026"}
    seen_by = {
        user.name
        for user in USERS
        for page in site.pages.all()
        if page.title == "Finance OKRs Q4 2026" and site.pages.may_read(page, user)
    }
    assert seen_by == {"OKR Bot", "李娜", "Daniel Okafor", "Grace Tan 陈慧敏"}


@pytest.mark.parametrize("scale", [3])
def test_companies_side_by_side(scale: int) -> None:
    """Each has its own projects, issues and pages, which name each other and nobody else's."""
    site = new_site("http://127.0.0.1", now=lambda: NOON)
    plant(site, "company", scale=scale)
    first = planted("company")

    assert len(site.issues.all()) == scale * len(first.issues.all())
    assert len({issue.key for issue in site.issues.all()}) == scale * len(first.issues.all())
    assert len(site.pages.all()) == scale * len(first.pages.all())
    for page in site.pages.all():
        number = page.space.key.removeprefix("HARBOUR")
        assert all(key.partition("-")[0].endswith(number) for key in KEY.findall(page.body))
    issue, epic = site.issues.find("HBR3-29"), site.issues.find("HBR3-1")
    assert issue is not None
    assert epic is not None
    assert issue.parent_id == epic.id
    assert len(site.issues.changes(issue)) == len(first.issues.changes(first.issues.all()[28]))
    project = site.issues.project("PAY2")
    assert project is not None
    assert site.issues.find(site.issues.next_key(project)) is None


def test_a_moved_issue_of_a_copy_came_from_an_epic_of_the_copy() -> None:
    site = new_site("http://127.0.0.1", now=lambda: NOON)
    plant(site, "company", scale=2)
    moves = [
        (issue, item)
        for issue in site.issues.all()
        for change in site.issues.changes(issue)
        for item in change.items
        if item.field == "IssueParentAssociation"
    ]

    assert len(moves) > 40
    for issue, item in moves:
        epic = site.issues.find(str(item.old_text))
        assert epic is not None
        assert (epic.project, str(epic.id)) == (issue.project, item.old)


def test_an_epic_is_empty_and_all_dates_are_past() -> None:
    site = planted("company")
    empty = site.issues.find("HBR-21")

    assert empty is not None
    assert site.issues.children(empty) == []
    last = max(issue.updated for issue in site.issues.all())
    assert last.isoformat() < "2026-11-23"


def test_the_demonstration_can_be_told() -> None:
    site = planted("company")
    page, issue = site.pages.find(DEMO.page_id), site.issues.find(DEMO.issue_key)

    assert page is not None
    assert issue is not None
    epic = site.issues.by_id(issue.parent_id)
    assert epic is not None
    assert issue.status.category.key != "done"
    assert issue.project == DEMO.project
    assert KEY.findall(page.body)[0] == epic.key
    assert 'ac:name="okr-objective"' in page.body


def test_the_empty_site_is_empty() -> None:
    site = planted("empty")

    assert (site.pages.all(), site.issues.all()) == ([], [])
    assert len(site.pages.spaces()) == 1
    assert len(site.issues.projects()) == 2


def test_an_unknown_seed_is_refused() -> None:
    with pytest.raises(ValueError, match="no seed named"):
        plant(new_site("http://127.0.0.1"), "nothing")
