"""What the frames of a page, a space or an issue are about."""

import hashlib
from typing import TYPE_CHECKING

from sandbox.connect.frames import Place
from sandbox.wire import JsonObject

if TYPE_CHECKING:
    from sandbox.jira.model import Issue, Project
    from sandbox.wiki.model import Page

SHOWN_OF_A_BODY = 128


def of_page(page: "Page") -> Place:
    values = {
        "page.id": str(page.id),
        "page.title": page.title,
        "page.type": "page",
        "page.version": str(page.version.number),
        "content.id": str(page.id),
        "content.type": "page",
        "content.version": str(page.version.number),
        "space.id": str(page.space.id),
        "space.key": page.space.key,
    }
    return Place(values, page_context(page))


def page_context(page: "Page") -> JsonObject:
    content = {"id": str(page.id), "type": "page", "version": str(page.version.number)}
    space = {"id": str(page.space.id), "key": page.space.key}
    return {"confluence": {"content": content, "space": space}}


def of_macro(
    page: "Page", parameters: dict[str, str], *, macro_id: str, body: str, output: str
) -> Place:
    """A macro's own parameters go by their identifiers."""
    on = of_page(page)
    values = parameters | on.values
    values |= {
        "macro.id": macro_id,
        "macro.hash": hashlib.md5(macro_id.encode(), usedforsecurity=False).hexdigest(),
        "macro.body": body[:SHOWN_OF_A_BODY],
        "macro.truncated": str(len(body) > SHOWN_OF_A_BODY).lower(),
        "output.type": output,
    }
    return Place(values, on.context)


def of_issue(issue: "Issue", project: "Project") -> Place:
    values = {
        "issue.id": str(issue.id),
        "issue.key": issue.key,
        "issuetype.id": str(issue.type.id),
        "project.id": str(project.id),
        "project.key": project.key,
    }
    return Place(values, issue_context(issue, project))


def issue_context(issue: "Issue", project: "Project") -> JsonObject:
    kind = {"id": str(issue.type.id)}
    told = {"id": str(issue.id), "key": issue.key, "issuetype": kind}
    return {"jira": {"issue": told, "project": {"id": str(project.id), "key": project.key}}}
