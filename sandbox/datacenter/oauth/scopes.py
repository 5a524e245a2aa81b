"""
What an application may do in a person's name, never more than the person may.

Each scope holds those before it.
https://confluence.atlassian.com/doc/oauth-2-0-scopes-for-incoming-links-1115674734.html
"""

SCOPES = ("READ", "WRITE", "ADMIN", "SYSTEM_ADMIN")
_LOOKS = frozenset({"GET", "HEAD", "OPTIONS"})
_FOR_ADMINISTRATORS = "/confluence/rest/api/webhooks"


def widest(asked: str) -> str | None:
    """
    The widest of the scopes asked for, None when one is unknown or none is asked.

    >>> widest("READ WRITE"), widest("read"), widest("")
    ('WRITE', None, None)
    """
    names = asked.split()
    if not names or any(name not in SCOPES for name in names):
        return None
    return max(names, key=SCOPES.index)


def covers(granted: str, needed: str) -> bool:
    return SCOPES.index(needed) <= SCOPES.index(granted)


def needed_for(method: str, path: str) -> str:
    """
    >>> needed_for("GET", "/confluence/rest/api/content"), needed_for("PUT", "/confluence/rest")
    ('READ', 'WRITE')
    """
    if path.startswith(_FOR_ADMINISTRATORS):
        return "ADMIN"
    return "READ" if method in _LOOKS else "WRITE"
