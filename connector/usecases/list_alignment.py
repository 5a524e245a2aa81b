"""What is remarked about the alignment of a whole site, for those who may know all of it."""

from collections import Counter
from collections.abc import Iterator

from connector.core.alignment_findings import AlignmentFinding, Mention, facts_of
from connector.core.findings import Finding
from connector.core.json import JsonObject
from connector.core.okr import ObjectiveKey, PageId, SiteId
from connector.core.policy import Policy
from connector.core.words import Words
from connector.ports import OkrStore
from connector.usecases.align import NAMELESS, PageAlignment, SiteNetwork


def list_alignment(
    site: SiteId, *, network: SiteNetwork, store: OkrStore, policy: Policy, words: Words
) -> JsonObject:
    """
    How many objectives there are, what is remarked about all of them together (`of_the_site`), and
    about each (`findings`), by the titles of their pages.

    `id` stays with a remark as long as it is made: the objective, the rule, and which of that
    rule's it is.
    """
    pages, together = network.listed(site, store=store, policy=policy)
    return {
        "objectives": network.size(),
        "of_the_site": [_said(one, words) for one in together],
        "findings": [
            document for page, found in pages.items() for document in _of_page(page, found, words)
        ],
    }


def _of_page(page: PageId, found: PageAlignment, words: Words) -> Iterator[JsonObject]:
    times: Counter[tuple[ObjectiveKey, str]] = Counter()
    for one in found.found:
        times[one.objective, one.rule] += 1
        worded = Finding(one.rule, one.severity, facts=facts_of(one, found.names, hidden=NAMELESS))
        yield {
            "id": f"{one.objective}/{one.rule}/{times[one.objective, one.rule]}",
            **_said(worded, words),
            "page": {"id": page, "title": found.title},
            "objective": _named(one.objective, found),
            "others": [_other(other, found) for other in _others(one)],
        }


def _others(one: AlignmentFinding) -> list[Mention]:
    """Of a circle too, those beside the objective itself."""
    return [other for other in one.others if other.objective != one.objective]


def _other(other: Mention, found: PageAlignment) -> JsonObject:
    return {**_named(other.objective, found), "page": other.page}


def _named(key: ObjectiveKey, found: PageAlignment) -> JsonObject:
    name = found.names.get(key)
    return {"key": key, "title": name.title if name else ""}


def _said(finding: Finding, words: Words) -> JsonObject:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": words.message(finding),
        "hint": words.hint(finding),
    }
