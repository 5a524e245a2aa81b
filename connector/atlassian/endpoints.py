"""Every request this product may send to a site; all of them read, so none can change it."""

import re
from enum import Enum

from connector.core.errors import BadInput

_PART = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,254}")


class Read(Enum):
    """A published operation that reads. The four POSTs are searches and look-ups with a body.

    Paths are relative to the product: `https://site` for Jira, `https://site/wiki` for Confluence.
    """

    WIKI_SEARCH = ("GET", "rest/api/search")
    WIKI_MYSELF = ("GET", "rest/api/user/current")
    PAGES = ("GET", "api/v2/pages")
    PAGE = ("GET", "api/v2/pages/{part}")
    PAGE_LABELS = ("GET", "api/v2/pages/{part}/labels")
    USERS = ("POST", "api/v2/users-bulk")
    ISSUE_SEARCH = ("POST", "rest/api/3/search/jql")
    ISSUES = ("POST", "rest/api/3/issue/bulkfetch")
    ISSUE = ("GET", "rest/api/3/issue/{part}")
    JQL_MATCH = ("POST", "rest/api/3/jql/match")
    PROJECTS = ("GET", "rest/api/3/project/search")
    JIRA_MYSELF = ("GET", "rest/api/3/myself")
    SERVER_INFO = ("GET", "rest/api/3/serverInfo")

    @property
    def method(self) -> str:
        return self.value[0]

    def path(self, part: str) -> str:
        """The path with its one variable part: an id or a key, never a slash or a dot."""
        template = self.value[1]
        if "{part}" not in template:
            return template
        if not _PART.fullmatch(part):
            raise BadInput(f"not an id or a key: {part[:40]!r}")
        return template.format(part=part)
