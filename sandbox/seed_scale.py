"""
The company many times over, for load: every copy has projects, issues and a space of its own.

Copies differ in ids and keys (`HBR2-29` in the second one) and in nothing else, so what is known of
the first company is known of all.
"""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from sandbox.jira.issue_rows import WorkImage, issue_row
from sandbox.jira.model import Issue, Project
from sandbox.seed_pages import plant_pages
from sandbox.site import Site
from sandbox.wiki.model import Space

# How far apart the ids of two companies are; none holds so many of anything.
_APART = 10_000
_PARENT = '"IssueParentAssociation"'


def multiply(site: Site, space: Space, work: WorkImage, scale: int) -> None:
    """Add companies until there are so many."""
    for number in range(2, scale + 1):
        site.issues.hold(_copied(work, number))
        own = replace(
            space,
            id=space.id + number,
            key=f"{space.key}{number}",
            name=f"{space.name} {number}",
        )
        site.pages.add_space(own)
        with site.pages.transaction():
            plant_pages(site, own, apart=_shift(number), rewrite=_renamer(work, number))


def _shift(number: int) -> int:
    return (number - 1) * _APART


def _copied(work: WorkImage, number: int) -> WorkImage:
    issues = tuple(_issue(issue, number) for issue in work.issues)
    changes = len(work.change_rows) * (number - 1)
    return WorkImage(
        tuple(_project(project, number) for project in work.projects),
        issues,
        [issue_row(issue) for issue in issues],
        [
            (int(row[0]) + changes, int(row[1]) + _shift(number), *row[2:4], _items(row[4], number))
            for row in work.change_rows
        ],
    )


def _project(project: Project, number: int) -> Project:
    return replace(
        project,
        id=project.id + _shift(number),
        key=f"{project.key}{number}",
        name=f"{project.name} {number}",
    )


def _issue(issue: Issue, number: int) -> Issue:
    parent = issue.parent_id
    return replace(
        issue,
        id=issue.id + _shift(number),
        key=_key(issue.key, number),
        project=f"{issue.project}{number}",
        parent_id=parent + _shift(number) if parent else None,
    )


def _key(key: str, number: int) -> str:
    project, _, rest = key.partition("-")
    return f"{project}{number}-{rest}"


def _items(packed: str, number: int) -> str:
    """Only moves between epics name other issues."""
    if _PARENT not in packed:
        return packed
    items = json.loads(packed)
    for item in items:
        if item["field"] == "IssueParentAssociation":
            for end in ("old", "new"):
                if item[end] is not None:
                    item[end] = str(int(item[end]) + _shift(number))
                    item[f"{end}_text"] = _key(item[f"{end}_text"], number)
    return json.dumps(items, ensure_ascii=False)


def _renamer(work: WorkImage, number: int) -> Callable[[str], str]:
    """The texts of a copy name its own projects: in keys, in addresses of boards, in JQL."""
    keys = "|".join(project.key for project in work.projects)
    named = re.compile(rf"(?:\b(?=(?:{keys})-\d)|(?<=boards/)|(?<=project = ))({keys})\b")
    return partial(named.sub, rf"\g<1>{number}")
