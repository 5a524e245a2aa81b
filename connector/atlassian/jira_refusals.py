"""Authors' queries that Jira refuses: found out once, and not asked again for a while."""

from collections.abc import Collection
from datetime import timedelta

import structlog

from connector.atlassian.jql import without_order
from connector.atlassian.memory import ShortMemory
from connector.core.errors import BadInput
from connector.core.okr import JqlLink

log = structlog.get_logger(__name__)

REFUSED_FOR = timedelta(minutes=10)


class Refusals:
    def __init__(self) -> None:
        self._refused: ShortMemory[str, bool] = ShortMemory(lasting=REFUSED_FOR)

    def worth_asking(self, links: Collection[JqlLink]) -> dict[JqlLink, str]:
        """By link, the query as it can stand within another; those refused lately are missing."""
        asked: dict[JqlLink, str] = {}
        for link in links:
            try:
                query = without_order(link.jql)
            except BadInput as error:
                log.warning("jql.refused", jql=link.jql[:200], reason=str(error))
                continue
            if not self._refused.recall(query):
                asked[link] = query
        return asked

    def note(self, query: str, reason: str) -> None:
        log.warning("jql.refused", jql=query[:200], reason=reason)
        self._refused.keep(query, True)
