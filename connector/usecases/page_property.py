"""What we leave at a page itself, as JSON: found by search, and enough to know every key again.

The product's users can read a property, so it names no person.
https://developer.atlassian.com/cloud/confluence/confluence-entity-properties/
"""

from connector.core.assessment import PageAssessment
from connector.core.json import JsonObject
from connector.core.memory import Memory, memory_document, recall, size_of
from connector.core.okr import OkrPage, PageId, StoredPage
from connector.core.summary import PageSummary, summarize
from connector.core.words import rounded
from schemas import validate

FORMAT = 1
# Published nowhere; said to be 32 KB.
LARGEST = 30_000
_SCHEMA = "page-property"


def page_property(
    page: StoredPage, assessment: PageAssessment | None, *, kept: object = None
) -> JsonObject:
    """
    The value of `PropertyKey.OKRS`: at most `LARGEST` bytes, the same for the same facts.

    `assessment` is None where the page holds no OKRs; its keys are kept all the same. `kept` is
    the value that the page has: where we never understood the page, its keys stay in it. A page
    that takes no part any more has no property: the caller deletes it.
    """
    found = _facts(page, assessment, summarize(page, assessment))
    if page.okrs is None:
        return found | _remembered(kept, page)
    room = LARGEST - size_of(found) - len(', "keys": ')
    keys = memory_document(page.okrs, page.last_number, room=room)
    return found | ({"keys": keys} if keys else {})


def read_property(value: object, now: OkrPage) -> Memory | None:
    """
    The keys that a property remembers for what the page says now, to be handed to `match_keys`
    where we know nothing of the page; None for a value that is not ours, not of this page, or
    that somebody has changed beyond recognition.
    """
    if not isinstance(value, dict) or validate(_SCHEMA, value):
        return None
    return recall(value, now)


def says_linked(value: object, page: PageId) -> bool:
    """Whether the value is ours, of this page, and says that somebody linked it."""
    if not isinstance(value, dict) or validate(_SCHEMA, value):
        return False
    return value["page"] == page and "linked" in value


def _remembered(kept: object, page: StoredPage) -> JsonObject:
    """The keys in a value that is ours and this page's, as they are, to be read some other day."""
    if not isinstance(kept, dict) or validate(_SCHEMA, kept) or kept["page"] != page.page:
        return {}
    keys = {"keys": kept["keys"]} if "keys" in kept else {}
    return keys if size_of(kept) <= LARGEST else {}


def _facts(page: StoredPage, assessment: PageAssessment | None, summary: PageSummary) -> JsonObject:
    """Numbers that are not known are left out: an index takes null for nothing it could find."""
    level = page.shown.level if page.shown else None
    progress = summary.progress
    known = {
        "format": FORMAT,
        "page": page.page,
        "state": page.state.value,
        "linked": True if page.linked else None,
        "cycle": assessment.cycle.code if assessment else None,
        "level": level.value if level else None,
        "health": summary.health.value if summary.health else None,
        "progress": int(rounded(progress.ratio * 100, 0)) if progress else None,
        "findings": summary.findings,
        "to_fix": summary.to_fix,
        "quality": summary.quality,
        "objectives": summary.objectives,
        "key_results": summary.key_results,
    }
    return {name: value for name, value in known.items() if value is not None}
