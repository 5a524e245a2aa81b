"""Why a number is what it is: the same answer for macro, API, command line and export."""

from connector.core.assessment import KeyResultAssessment
from connector.core.json import JsonObject
from connector.core.okr import EpicLink, JqlLink, KeyResult
from connector.core.policy import CountingRule
from connector.core.progress import Basis


def explain(one: KeyResultAssessment, *, rule: CountingRule) -> JsonObject:
    """The source, the rule, the weight, and every issue that was looked at."""
    delivery = one.delivery
    return {
        "basis": one.headline.basis.value,
        "source": source_of(one.key_result, one.headline.basis),
        "share_of_objective": f"{one.share}",
        "jira": linked(one.key_result),
        "rule": {
            "counts": "issues",
            "depth": rule.depth.value,
            "done": 'statusCategory.key == "done"',
            "excluded_resolutions": sorted(rule.excluded_resolutions),
            "in_progress_credit": f"{rule.in_progress_credit}",
        },
        "hidden_links": delivery.hidden if delivery else 0,
        "issues": [
            {
                "key": issue.key,
                "summary": issue.summary,
                "status": issue.status,
                "counted_as": issue.verdict.value,
            }
            for issue in (delivery.issues if delivery else ())
        ],
    }


def source_of(one: KeyResult, basis: Basis) -> str | None:
    """The name of the source behind the headline number."""
    match basis:
        case Basis.DELIVERY:
            return "jira.completion"
        case Basis.OUTCOME | Basis.REPORTED:
            return "manual"
        case Basis.NONE:
            return "jira.completion" if one.links else None


def linked(one: KeyResult) -> JsonObject:
    return {
        "keys": [link.key for link in one.links if isinstance(link, EpicLink)],
        "jql": [link.jql for link in one.links if isinstance(link, JqlLink)],
    }
