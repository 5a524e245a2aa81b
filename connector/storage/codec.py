"""Deliveries and findings as JSON, and back; pages have a codec of their own."""

from dataclasses import asdict
from datetime import datetime
from fractions import Fraction

from connector.core.findings import Finding, Place, Severity
from connector.core.json import JsonObject
from connector.core.okr import (
    CountedIssue,
    Delivery,
    EpicLink,
    IssueKey,
    JiraLink,
    JqlLink,
    Verdict,
)


def dump_finding(finding: Finding) -> JsonObject:
    facts = [list(fact) for fact in finding.facts]
    return asdict(finding) | {"facts": facts, "severity": finding.severity.value}


def load_finding(body: JsonObject) -> Finding:
    return Finding(
        rule=body["rule"],
        severity=Severity(body["severity"]),
        place=Place(**body["place"]),
        objective=body["objective"],
        key_result=body["key_result"],
        facts=tuple((name, value) for name, value in body["facts"]),
        blocks=body["blocks"],
    )


def dump_delivery(delivery: Delivery) -> JsonObject:
    """All but `read_at`, which has a column of its own."""
    return {
        "done": delivery.done,
        "total": delivery.total,
        "hidden": delivery.hidden,
        "credit": str(delivery.credit),
        "issues": [[i.key, i.summary, i.status, i.verdict.value] for i in delivery.issues],
    }


def load_delivery(body: JsonObject, read_at: datetime) -> Delivery:
    return Delivery(
        done=body["done"],
        total=body["total"],
        hidden=body["hidden"],
        credit=Fraction(body["credit"]),
        issues=tuple(
            CountedIssue(IssueKey(key), summary, status, Verdict(verdict))
            for key, summary, status, verdict in body["issues"]
        ),
        read_at=read_at,
    )


def link_parts(link: JiraLink) -> tuple[str, str]:
    """The link as a kind and a value."""
    match link:
        case EpicLink(key=key):
            return "epic", key
        case JqlLink(jql=jql):
            return "jql", jql


def link_of(kind: str, value: str) -> JiraLink:
    return EpicLink(IssueKey(value)) if kind == "epic" else JqlLink(value)
