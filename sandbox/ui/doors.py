"""Where the pages for people hang: every blueprint under the root of its product."""

from flask import Flask

from sandbox.links import CLOUD, DATA_CENTER
from sandbox.ui import (
    app_pages,
    applications,
    board,
    consent,
    identity,
    index,
    issue_edits,
    issue_search,
    issues,
    page_edits,
    page_export,
    page_history,
    page_restrictions,
    page_talk,
    pages,
    people,
    user_macros,
    wiki_search,
)


def open_doors(app: Flask, flavor: str = "cloud") -> None:
    roots = DATA_CENTER if flavor == "dc" else CLOUD
    app.extensions["sandbox-roots"] = roots
    spaces = f"{roots.wiki}/spaces"
    for blueprint, prefix in (
        (identity.bp, ""),
        (index.bp, ""),
        (people.bp, ""),
        (pages.bp, spaces),
        (page_edits.bp, spaces),
        (page_export.bp, spaces),
        (page_history.bp, spaces),
        (page_talk.bp, spaces),
        (page_restrictions.bp, spaces),
        (wiki_search.bp, roots.wiki),
        (board.bp, f"{roots.boards}/boards"),
        (issue_search.bp, roots.boards),
        (issues.bp, f"{roots.jira}/browse"),
        (issue_edits.bp, f"{roots.jira}/browse"),
        (issue_edits.creation, roots.boards),
    ):
        app.register_blueprint(blueprint, url_prefix=prefix or None)
    if flavor == "dc":
        for blueprint in (applications.bp, consent.bp, user_macros.bp):
            app.register_blueprint(blueprint, url_prefix=roots.wiki)
    if flavor == "cloud":
        app.register_blueprint(app_pages.bp)
