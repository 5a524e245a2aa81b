"""Routes of the APIs, named as the published descriptions name them."""

import re
from functools import cache

from flask import Flask

_ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")
_API = ("/rest/", "/wiki/rest/", "/wiki/api/", "/confluence/rest/", "/jira/rest/")


def is_api(path: str) -> bool:
    return path.startswith(_API)


@cache
def published(rule: str) -> str:
    """
    A Flask rule with its parameters in the API's own spelling.

    >>> published("/rest/api/3/issue/<issue_id_or_key>/transitions")
    '/rest/api/3/issue/{issueIdOrKey}/transitions'
    >>> published("/wiki/api/v2/pages/<page_id>/properties/<property_id>")
    '/wiki/api/v2/pages/{page-id}/properties/{property-id}'
    >>> published("/wiki/rest/api/user/watch/content/<content_id>")
    '/wiki/rest/api/user/watch/content/{contentId}'
    """
    style = _kebab if rule.startswith("/wiki/api/") else _camel
    return _ARGUMENT.sub(lambda found: "{" + style(found[1]) + "}", rule)


def _kebab(name: str) -> str:
    return name.replace("_", "-")


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.title() for part in rest)


def api_routes(app: Flask) -> set[tuple[str, str]]:
    """Every (method, path) an app serves under the APIs of its products."""
    return {
        (method, published(rule.rule))
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(_API)
        for method in rule.methods or ()
        if method not in {"HEAD", "OPTIONS"}
    }
