"""
A planted site as Data Center would hold it.

Pages mention people by user key and lead to the product's own paths; there are no team-managed
projects and no types of their own.
"""

import re
from dataclasses import replace

from sandbox.datacenter.jira.words import company_type
from sandbox.datacenter.people import account_by_id
from sandbox.site import Site

_MENTION = re.compile(r'ri:account-id="([^"]*)"')
_BODIES = (("page_versions", "body"), ("page_drafts", "body"), ("comment_versions", "body"))


def as_data_center(site: Site) -> None:
    """Change what was planted; ids and versions stay."""
    database = site.dc.database
    with database.transaction():
        for table, column in _BODIES:
            # Names of tables and columns are those above.
            for row in database.rows(f"SELECT rowid, {column} AS body FROM {table}"):  # noqa: S608
                body = _addressed(row["body"], site)
                if body != row["body"]:
                    database.execute(
                        f"UPDATE {table} SET {column} = ? WHERE rowid = ?",  # noqa: S608
                        (body, row["rowid"]),
                    )
        _make_company_managed(site)


def _addressed(body: str, site: Site) -> str:
    body = _MENTION.sub(_by_key, body)
    body = body.replace(f"{site.base}/browse/", f"{site.jira_base}/browse/")
    return body.replace(f"{site.base}/wiki/", f"{site.wiki_base}/")


def _by_key(found: re.Match[str]) -> str:
    account = account_by_id(found[1])
    return f'ri:userkey="{account.userkey}"' if account else found[0]


def _make_company_managed(site: Site) -> None:
    issues = site.issues
    issues.manage_by_company()
    for issue in issues.all():
        kind = company_type(issue.type)
        if kind.id != issue.type_id:
            issues.put(replace(issue, type_id=kind.id), at=issue.updated)
