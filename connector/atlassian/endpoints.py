"""Every request this product may send to a site; all of them read, so none can change it."""

import re
from enum import Enum

from connector.core.errors import BadInput

_PART = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,254}")


class Read(Enum):
    """A published operation that reads. The POSTs are searches and look-ups with a body.

    Paths are relative to the product: `https://site` for Jira and `https://site/wiki` for
    Confluence on Cloud; the context path (`https://host/jira`) on Data Center, whose names begin
    with `DC_` where Cloud has the operation otherwise or not at all.
    """

    WIKI_SEARCH = ("GET", "rest/api/search")
    WIKI_MYSELF = ("GET", "rest/api/user/current")
    PAGES = ("GET", "api/v2/pages")
    PAGE = ("GET", "api/v2/pages/{part}")
    PAGE_LABELS = ("GET", "api/v2/pages/{part}/labels")
    PAGE_RIGHTS = ("GET", "api/v2/pages/{part}/operations")
    PAGE_CHECK = ("POST", "rest/api/content/{part}/permission/check")
    USERS = ("POST", "api/v2/users-bulk")
    ISSUE_SEARCH = ("POST", "rest/api/3/search/jql")
    ISSUES = ("POST", "rest/api/3/issue/bulkfetch")
    ISSUE = ("GET", "rest/api/3/issue/{part}")
    JQL_MATCH = ("POST", "rest/api/3/jql/match")
    PROJECTS = ("GET", "rest/api/3/project/search")
    JIRA_MYSELF = ("GET", "rest/api/3/myself")
    SERVER_INFO = ("GET", "rest/api/3/serverInfo")
    FIELDS = ("GET", "rest/api/3/field")
    JIRA_RIGHTS = ("GET", "rest/api/3/mypermissions")

    DC_CONTENT_SEARCH = ("GET", "rest/api/content/search")
    DC_CONTENT = ("GET", "rest/api/content/{part}")
    DC_PERSON = ("GET", "rest/api/user")
    DC_WIKI_SERVER = ("GET", "rest/api/server-information")
    DC_WIKI_WEBHOOKS = ("GET", "rest/api/webhooks")
    DC_ISSUE_SEARCH = ("POST", "rest/api/2/search")
    DC_ISSUE_LIST = ("GET", "rest/api/2/search")
    DC_ISSUE = ("GET", "rest/api/2/issue/{part}")
    DC_FIELDS = ("GET", "rest/api/2/field")
    DC_CONFIGURATION = ("GET", "rest/api/2/configuration")
    DC_PROJECTS = ("GET", "rest/api/2/project")
    DC_JIRA_RIGHTS = ("GET", "rest/api/2/mypermissions")
    DC_JIRA_MYSELF = ("GET", "rest/api/2/myself")
    DC_SERVER_INFO = ("GET", "rest/api/2/serverInfo")
    # Outside the published descriptions: the manifest of application links, the one source of
    # the version before there was DC_WIKI_SERVER
    # (https://github.com/AtlassianPS/ConfluencePS/issues/93); own tokens
    # (https://confluence.atlassian.com/enterprise/using-personal-access-tokens-1026032365.html);
    # webhooks (https://developer.atlassian.com/server/jira/platform/webhooks/).
    DC_MANIFEST = ("GET", "rest/applinks/1.0/manifest")
    DC_TOKENS = ("GET", "rest/pat/latest/tokens")
    DC_JIRA_WEBHOOKS = ("GET", "rest/webhooks/1.0/webhook")

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
