"""
The headers of Data Center's deliveries. Both products sign the raw body; neither tries again.

`X-Event-Key` and `X-Request-Id` are those of the webhook plugin that Confluence shares with
Bitbucket; Jira's identifier is that of its documentation.
"""

from sandbox.datacenter.versions import CONFLUENCE_VERSION, JIRA_VERSION
from sandbox.hooks.delivery import Delivery, signature


def data_center_headers(delivery: Delivery, _attempt: int) -> dict[str, str]:
    wiki = delivery.target.product == "confluence"
    agent = f"Confluence-{CONFLUENCE_VERSION}" if wiki else f"JIRA-{JIRA_VERSION}"
    headers = {
        "Content-Type": "application/json; charset=UTF-8",
        "User-Agent": f"Atlassian HttpClient 4.0.0 / {agent}",
    }
    if wiki:
        headers |= {"X-Event-Key": delivery.event, "X-Request-Id": delivery.identifier}
    else:
        headers["X-Atlassian-Webhook-Identifier"] = delivery.identifier
    if delivery.target.secret:
        headers["X-Hub-Signature"] = signature(delivery.target.secret, delivery.body)
    return headers
