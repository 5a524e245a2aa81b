"""A stored page as a row, and back."""

from typing import Any

import sqlalchemy as sa

from connector.core.okr import PageId, PageState, SiteId, StoredPage
from connector.pages.document import dump, load
from connector.storage.codec import dump_finding, load_finding

# When we looked is not what we saw.
UNSEEN = frozenset({"read_at", "last_number"})


def values_of(page: StoredPage) -> dict[str, Any]:
    """The columns of `pages`, all but the revision."""
    return {
        "site": page.site,
        "page": page.page,
        "title": page.title,
        "space": page.space,
        "url": page.url,
        "version": page.version,
        "good_version": page.good_version,
        "state": page.state.value,
        "okrs": dump(page.okrs) if page.okrs else None,
        "findings": [dump_finding(finding) for finding in page.findings],
        "read_at": page.read_at,
        "linked": page.linked,
        "saved_at": page.saved_at,
        "last_number": page.last_number,
    }


def page_of(row: sa.Row[Any]) -> StoredPage:
    return StoredPage(
        site=SiteId(row.site),
        page=PageId(row.page),
        title=row.title,
        space=row.space,
        url=row.url,
        version=row.version,
        good_version=row.good_version,
        state=PageState(row.state),
        okrs=load(row.okrs) if row.okrs else None,
        findings=tuple(load_finding(finding) for finding in row.findings),
        read_at=row.read_at,
        linked=row.linked,
        saved_at=row.saved_at,
        last_number=row.last_number,
    )


def same_content(kept: sa.Row[Any], values: dict[str, Any]) -> bool:
    """Whether a reader could not tell the two apart."""
    mapping = kept._mapping
    return all(mapping[name] == values[name] for name in values.keys() - UNSEEN)
