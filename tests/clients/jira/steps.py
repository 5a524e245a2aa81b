"""What the tests ask of PyPI's `jira`; run by the Python of its own environment."""

import json
import sys
from typing import Any

from jira import JIRA  # type: ignore[import-not-found]  # it lives in an environment of its own

Answer = dict[str, Any] | list[Any] | str | int | None


def found(jira: Any, jql: str) -> Answer:
    """Keys, summaries and statuses, over as many pages as it takes."""
    issues = jira.enhanced_search_issues(jql, fields="summary,status", maxResults=0)
    return [[one.key, one.fields.summary, one.fields.status.name] for one in issues]


def counted(jira: Any, jql: str) -> Answer:
    count: int = jira.approximate_issue_count(jql)
    return count


def created(jira: Any, project: str, kind: str, summary: str, parent: str) -> Answer:
    """The key of a new issue below an epic, with a comment."""
    fields = {
        "project": {"key": project},
        "issuetype": {"name": kind},
        "summary": summary,
        "parent": {"key": parent},
    }
    issue = jira.create_issue(fields=fields)
    jira.add_comment(issue, "Planned by a script")
    return str(issue.key)


def moved(jira: Any, key: str, category: str) -> Answer:
    """By the first transition that leads there; the issue's status afterwards."""
    ways = [one for one in jira.transitions(key) if _category(one["to"]) == category]
    jira.transition_issue(key, ways[0]["id"])
    return str(jira.issue(key).fields.status.name)


def _category(status: dict[str, Any]) -> str:
    return str(status["statusCategory"]["key"])


def renamed(jira: Any, key: str, summary: str) -> Answer:
    """The summary and the changelog's last entry."""
    issue = jira.issue(key)
    issue.update(summary=summary)
    after = jira.issue(key, expand="changelog")
    last = max(after.changelog.histories, key=lambda one: int(one.id))
    return [after.fields.summary, [[i.field, i.fromString, i.toString] for i in last.items]]


STEPS = {step.__name__: step for step in (found, counted, created, moved, renamed)}


def main() -> None:
    """The site in the first argument; a step on each line of stdin, its answer on stdout."""
    site = json.loads(sys.argv[1])
    jira = JIRA(server=site["jira"], basic_auth=(site["user"], site["token"]))
    for line in sys.stdin:
        asked = json.loads(line)
        answer = STEPS[asked["step"]](jira, **asked["with"])
        print(json.dumps(answer), flush=True)  # noqa: T201 - the answer


if __name__ == "__main__":
    main()
