"""What a Data Center site has beside the stores: tokens, epics' own fields, a language."""

from dataclasses import dataclass, field
from datetime import datetime

from sandbox.database import Database
from sandbox.datacenter.failures import Failures
from sandbox.datacenter.jira.epics import Epics
from sandbox.datacenter.jira.words import Words
from sandbox.datacenter.tokens import Tokens

CONFLUENCE_VERSION = "10.2.18"
CONFLUENCE_BUILD = 10200
JIRA_VERSION = "10.3.24"
JIRA_BUILD = 10030024
LOCALES = ("en", "zh")


@dataclass(slots=True)
class DataCenter:
    locale: str
    database: Database
    tokens: dict[str, Tokens]
    epics: Epics = field(default_factory=Epics)
    failures: Failures = field(default_factory=Failures)

    @property
    def words(self) -> Words:
        return Words(self.locale)


def new_data_center(locale: str, database: Database, *, at: datetime) -> DataCenter:
    products = ("confluence", "jira")
    tokens = {name: Tokens(name, at=at) for name in products}
    return DataCenter(locale, database, tokens)
