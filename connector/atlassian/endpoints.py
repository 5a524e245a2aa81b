"""Every request this product may send to a site: what reads it, and the little that changes it."""

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
    WIKI_PERSON = ("GET", "rest/api/user")
    PAGES = ("GET", "api/v2/pages")
    PAGE = ("GET", "api/v2/pages/{part}")
    PAGE_LABELS = ("GET", "api/v2/pages/{part}/labels")
    PAGE_RIGHTS = ("GET", "api/v2/pages/{part}/operations")
    PAGE_PROPERTIES = ("GET", "api/v2/pages/{part}/properties")
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
    DC_PROPERTY = ("GET", "rest/api/content/{part}/property/{part}")
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
        return _path(self.value[1], part)


class Write(Enum):
    """A published operation on the content properties of a page: all that may be changed.

    None of them reaches the text of a page, its title, its labels or who may read it, and none
    makes a new version of it.
    """

    PROPERTY_CREATE = ("POST", "api/v2/pages/{part}/properties")
    PROPERTY_UPDATE = ("PUT", "api/v2/pages/{part}/properties/{part}")
    PROPERTY_DELETE = ("DELETE", "api/v2/pages/{part}/properties/{part}")
    DC_PROPERTY_CREATE = ("POST", "rest/api/content/{part}/property")
    DC_PROPERTY_UPDATE = ("PUT", "rest/api/content/{part}/property/{part}")
    DC_PROPERTY_DELETE = ("DELETE", "rest/api/content/{part}/property/{part}")

    @property
    def method(self) -> str:
        return self.value[0]

    def path(self, part: str) -> str:
        return _path(self.value[1], part)


Operation = Read | Write
DATA_CENTER_WRITES = frozenset(what for what in Write if what.name.startswith("DC_"))


def _path(template: str, part: str) -> str:
    """
    The path with its variable parts, ids and keys separated by a slash: never a dot in any.

    >>> _path("content/{part}/property/{part}", "101/okrconnector")
    'content/101/property/okrconnector'
    """
    fixed = template.split("{part}")
    given = part.split("/") if len(fixed) > 1 else []
    if len(given) != len(fixed) - 1 or not all(map(_PART.fullmatch, given)):
        raise BadInput(f"not an id or a key: {part[:40]!r}")
    return "".join(one for pair in zip(fixed, [*given, ""], strict=True) for one in pair)
