"""Webhooks that an administrator set up: each with its events and a JQL filter of its own."""

from dataclasses import dataclass
from datetime import datetime
from itertools import count

from sandbox.directory import ADMIN
from sandbox.hooks.delivery import Target
from sandbox.jira.jql import JqlErrors, search
from sandbox.jira.jql_terms import Asking
from sandbox.jira.model import Issue
from sandbox.jira.store import IssueStore


@dataclass(frozen=True, slots=True)
class AdminHook:
    """`jql` empty: every issue; what is about no issue passes every filter."""

    id: int
    name: str
    url: str
    events: tuple[str, ...]
    jql: str = ""
    secret: str | None = None
    description: str = ""
    without_body: bool = False
    enabled: bool = True
    edited: int = 0
    editor: str = ""


class AdminHooks:
    def __init__(self) -> None:
        self._numbers = count(1)
        self._held: dict[int, AdminHook] = {}

    def next_id(self) -> int:
        return next(self._numbers)

    def put(self, hook: AdminHook) -> None:
        self._held[hook.id] = hook

    def all(self) -> list[AdminHook]:
        return list(self._held.values())

    def find(self, hook_id: str) -> AdminHook | None:
        return next((hook for hook in self.all() if str(hook.id) == hook_id), None)

    def remove(self, hook: AdminHook) -> None:
        self._held.pop(hook.id, None)

    def targets(
        self, event: str, issue: Issue | None, *, now: datetime, store: IssueStore
    ) -> list[Target]:
        return [
            Target(hook.url, hook.secret, "jira")
            for hook in self.all()
            if hook.enabled and event in hook.events and passes(hook.jql, issue, now, store)
        ]


def passes(jql: str, issue: Issue | None, now: datetime, store: IssueStore) -> bool:
    """Whether a filter lets an event of this issue through; a filter that is wrong does not."""
    if issue is None or not jql.strip():
        return True
    try:
        return bool(search(jql, Asking(ADMIN, now, store), [issue], bounded=False))
    except JqlErrors:
        return False
