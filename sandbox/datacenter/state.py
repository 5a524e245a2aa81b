"""What a Data Center site has beside the stores: tokens, epics' own fields, a language."""

from dataclasses import dataclass, field
from datetime import datetime

from sandbox.database import Database
from sandbox.datacenter.failures import Failures
from sandbox.datacenter.jira.epics import Epics
from sandbox.datacenter.jira.jql import fields_of
from sandbox.datacenter.jira.words import Words
from sandbox.datacenter.oauth.provider import OAuthProvider
from sandbox.datacenter.registry import Registry
from sandbox.datacenter.tokens import Tokens
from sandbox.directory import ADMIN
from sandbox.hooks.delivery import Target
from sandbox.jira.jql import JqlErrors, search
from sandbox.jira.jql_terms import Asking
from sandbox.jira.model import Issue
from sandbox.jira.store import IssueStore
from sandbox.wiki.user_macros import UserMacros

LOCALES = ("en", "zh")


def _registries() -> dict[str, Registry]:
    return {"confluence": Registry(), "jira": Registry()}


@dataclass(slots=True)
class DataCenter:
    locale: str
    database: Database
    tokens: dict[str, Tokens]
    epics: Epics = field(default_factory=Epics)
    webhooks: dict[str, Registry] = field(default_factory=_registries)
    failures: Failures = field(default_factory=Failures)
    oauth: OAuthProvider = field(default_factory=OAuthProvider)
    user_macros: UserMacros = field(default_factory=UserMacros)

    def wiki_targets(self, event: str) -> list[Target]:
        """Where an event of a page is to be sent."""
        return [
            Target(hook.url, hook.secret or None, "confluence")
            for hook in self.webhooks["confluence"].all()
            if hook.listens(event)
        ]

    def jira_targets(
        self, event: str, issue: Issue, *, now: datetime, store: IssueStore
    ) -> list[Target]:
        """Where an event is to be sent: to those whose JQL finds the issue."""
        return [
            Target(hook.url, hook.secret or None, "jira")
            for hook in self.webhooks["jira"].all()
            if hook.listens(event) and self._finds(hook.jql, issue, now, store)
        ]

    def _finds(self, jql: str, issue: Issue, now: datetime, store: IssueStore) -> bool:
        if not jql.strip():
            return True
        asking, fields = Asking(ADMIN, now, store), fields_of(self.words, self.epics)
        try:
            return bool(search(jql, asking, [issue], bounded=False, fields=fields))
        except JqlErrors:
            return False

    @property
    def words(self) -> Words:
        return Words(self.locale)


def new_data_center(locale: str, database: Database, *, at: datetime) -> DataCenter:
    products = ("confluence", "jira")
    tokens = {name: Tokens(name, at=at) for name in products}
    return DataCenter(locale, database, tokens)
