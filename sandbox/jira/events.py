"""
What Jira's webhooks say about everything but issues themselves.

The bodies are written in REST version 2, as those of issues are. Shapes: recorded deliveries of
comments, issue links and versions; those of worklogs, sprints and properties follow
https://developer.atlassian.com/cloud/jira/platform/webhooks/.
"""

from sandbox.jira.annexes import LinkType
from sandbox.jira.comments import Comment
from sandbox.jira.model import Issue
from sandbox.jira.wire import IssueWriter
from sandbox.jira.worklogs import Worklog
from sandbox.wire import JsonObject

_FIELDS = ("summary", "issuetype", "project", "assignee", "priority", "status")


def comment_event(event: str, issue: Issue, comment: Comment, writer: IssueWriter) -> JsonObject:
    return {
        "webhookEvent": event,
        "comment": _second(writer).comment(issue, comment),
        "issue": _brief(issue, writer),
        "eventType": "primaryAction",
    }


def worklog_event(event: str, log: Worklog, writer: IssueWriter) -> JsonObject:
    return {"webhookEvent": event, "worklog": _second(writer).worklog(log)}


def link_event(event: str, link_id: int, kind: LinkType, source: int, target: int) -> JsonObject:
    """The source is what the outward name starts from: it `blocks` the destination."""
    return {
        "webhookEvent": event,
        "issueLink": {
            "id": link_id,
            "sourceIssueId": source,
            "destinationIssueId": target,
            "issueLinkType": {
                "id": int(kind.id),
                "name": kind.name,
                "outwardName": kind.outward,
                "inwardName": kind.inward,
                "isSubTaskLinkType": False,
                "isSystemLinkType": False,
            },
            "systemLink": False,
        },
    }


def property_event(
    event: str, issue: Issue, key: str, value: object, writer: IssueWriter
) -> JsonObject:
    told = {"key": key, "value": value} if event == "issue_property_set" else {"key": key}
    return {"webhookEvent": event, "issue": _brief(issue, writer), "property": told}


def version_event(event: str, version: JsonObject) -> JsonObject:
    address = str(version["self"]).replace("/rest/api/3/", "/rest/api/2/")
    return {"webhookEvent": event, "version": version | {"self": address}}


def sprint_event(event: str, sprint: JsonObject, old: JsonObject | None = None) -> JsonObject:
    told: JsonObject = {"webhookEvent": event, "sprint": sprint}
    return told | ({"oldValue": old} if old is not None else {})


def _brief(issue: Issue, writer: IssueWriter) -> JsonObject:
    """An issue with the few fields that name it."""
    told = _second(writer).issue(issue, _FIELDS)
    return {name: told[name] for name in ("id", "self", "key", "fields")}


def _second(writer: IssueWriter) -> IssueWriter:
    """Version 2 has texts where version 3 has documents."""
    return IssueWriter(writer.base, writer.store, writer.reader, version=2)
