"""Mentions carry no name: whose account is it?"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from connector.core.okr import StoredPage
from connector.core.people import accounts_without_name, with_names
from connector.ports import WikiPages

NOBODY: Mapping[str, str] = {}


def name_people(
    pages: Sequence[StoredPage], *, wiki: WikiPages, known: Mapping[str, str] = NOBODY
) -> list[StoredPage]:
    """The pages with the names of those they mention, for which the wiki is asked once.

    `known` names those the wiki does not name at the moment.
    """
    asked = {account for page in pages if page.okrs for account in accounts_without_name(page.okrs)}
    if not asked:
        return list(pages)
    names = {**known, **wiki.name_people(asked)}
    return [
        replace(page, okrs=with_names(page.okrs, names)) if page.okrs else page for page in pages
    ]
