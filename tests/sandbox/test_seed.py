"""The seeds: the same every time, and what the demonstration needs is in them."""

import re
from datetime import UTC, datetime

import pytest

from sandbox.app import create_app
from sandbox.seed import DEMO, PAGES, plant
from sandbox.site import Site, new_site
from sandbox.wiki.storage_format import parse

EPIC = re.compile(r"\b(?:HBR|YUN)-\d+\b")


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

    assert sum(issue.type.level == 1 for issue in issues) == 34
    assert len(issues) == 200
    assert any(issue.type.subtask for issue in issues)
    assert {issue.resolution.name for issue in issues if issue.resolution} == {
        "Done",
        "Won't Do",
        "Duplicate",
    }


def test_every_page_is_storage_format_and_names_epics_that_exist() -> None:
    """Only the last OKR page names an epic that is not there, on purpose."""
    site = planted("company")
    named = {}
    for page in site.pages.all():
        parse(page.body)
        assert "{{" not in page.body
        named[page.id] = set(EPIC.findall(page.body))

    assert sum(map(len, named.values())) >= 26
    missing = {key for keys in named.values() for key in keys if site.issues.find(key) is None}
    assert missing == {"HBR-999"}
    assert "HBR-999" in named[PAGES[5].id]


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
    assert EPIC.findall(page.body)[0] == epic.key
    assert 'ac:name="okr-objective"' in page.body


def test_the_empty_site_is_empty() -> None:
    site = planted("empty")

    assert (site.pages.all(), site.issues.all()) == ([], [])
    assert len(site.pages.spaces()) == 1
    assert len(site.issues.projects()) == 2


def test_an_unknown_seed_is_refused() -> None:
    with pytest.raises(ValueError, match="no seed named"):
        plant(new_site("http://127.0.0.1"), "nothing")
