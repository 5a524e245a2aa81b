"""What we declare to a site: one file for Confluence, and from it what Jira is told.

Each product reads a descriptor of its own, and a key can be installed only once on a site, so
Jira's has another key. https://developer.atlassian.com/platform/adopting-forge-from-connect/devloop/
"""

import json

from connector.core.json import JsonObject
from connector.core.words import Words

JIRA_FILE_NAME = "atlassian-connect-jira.json"
_BASE = "{{baseUrl}}"
_OWN = "/atlassian-connect.json"
_WORDS = "connect."
# What both products are told alike; the rest is modules, which each product has its own of.
_SHARED = (
    "name",
    "description",
    "vendor",
    "baseUrl",
    "apiVersion",
    "apiMigrations",
    "authentication",
    "enableLicensing",
    "lifecycle",
    "translations",
)
# Looking issues up by key in bulk asks for WRITE in the published description of the operation;
# nothing is written in Jira.
_JIRA_SCOPES = ("READ", "WRITE")
_ISSUE_EVENTS = ("jira:issue_created", "jira:issue_updated", "jira:issue_deleted")


def confluence_descriptor(raw: JsonObject, base_url: str) -> JsonObject:
    """The file as it is, for the place where we are served."""
    found: JsonObject = json.loads(json.dumps(raw).replace(_BASE, base_url.rstrip("/")))
    return found


def jira_descriptor(raw: JsonObject, base_url: str) -> JsonObject:
    """The same app for Jira: told of issues, and seen beside them."""
    here = confluence_descriptor(raw, base_url)
    return {
        "key": jira_key(raw["key"]),
        **{name: here[name] for name in _SHARED},
        "links": {"self": here["links"]["self"].removesuffix(_OWN) + f"/{JIRA_FILE_NAME}"},
        "scopes": list(_JIRA_SCOPES),
        "modules": _jira_modules(),
    }


def jira_key(key: str) -> str:
    """The key under which Jira knows the app that Confluence knows under `key`."""
    return f"{key}-jira"


def translations(words: Words) -> JsonObject:
    """The words of both descriptors in one language, by the keys that stand in them.

    https://developer.atlassian.com/cloud/confluence/internationalization-for-connect-apps/
    """
    return {key: said for key, said in sorted(words.messages.items()) if key.startswith(_WORDS)}


def _jira_modules() -> JsonObject:
    """
    Webhooks keep their bodies: only there is the epic that an issue was under before it moved or
    was deleted.
    """
    icon = {"url": "/assets/icon/okr.svg", "width": 24, "height": 24}
    panel = {
        "key": "okr-panel",
        "name": {"value": "OKR", "i18n": "connect.panel.name"},
        "tooltip": {
            "value": "Which key results this issue moves",
            "i18n": "connect.panel.tooltip",
        },
        "icon": icon,
        "target": {"type": "web_panel", "url": "/connect/issue-panel?issue={issue.key}"},
    }
    webhooks = [
        {"event": name, "url": "/connect/webhooks/jira", "excludeBody": False}
        for name in _ISSUE_EVENTS
    ]
    return {"jiraIssueContents": [panel], "webhooks": webhooks}
