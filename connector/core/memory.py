"""Which key is whose, small enough for a property of the page: it outlives our database.

What is kept is what `core.identity` tells a key result by: its anchors and its words. Where they
take too much room, words are cut and then kept as a digest alone, which knows the same words again
but no similar ones. Anybody who may edit the page may edit a property, so a memory is held against
its schema and taken for a page of its own only.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b

from connector.core.findings import Place
from connector.core.identity import same_text
from connector.core.json import JsonObject
from connector.core.okr import (
    Anchor,
    AnchorKind,
    KeyResult,
    KrKey,
    Objective,
    ObjectiveKey,
    OkrPage,
)

# Characters of a title and anchors of a row, from the most to the fewest.
_SIZES = ((200, 8), (80, 8), (40, 2), (0, 1), (0, 0))
_DIGEST = 9  # bytes: of a thousand titles two are taken for one by chance in 10**-16 of pages
_NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Memory:
    """OKRs with no more than their keys, words and anchors; `last_number` as in a stored page."""

    okrs: OkrPage
    last_number: int


def memory_document(okrs: OkrPage, last_number: int, *, room: int) -> JsonObject | None:
    """What is kept of the keys, within `room` bytes of JSON; None where not even digests fit."""
    for words, anchors in _SIZES:
        document = {
            "last": last_number,
            "objectives": [_objective(one, words, anchors) for one in okrs.objectives],
        }
        if size_of(document) <= room:
            return document
    return None


def size_of(document: JsonObject) -> int:
    """Bytes of the JSON at its longest, with every Chinese sign escaped."""
    return len(json.dumps(document))


def recall(document: JsonObject, now: OkrPage) -> Memory | None:
    """
    The memory in a property that fits its schema, seen from what the page says now, for only by
    that can a digest be told; None for the property of another page, as a copy brings it along.
    """
    kept = document.get("keys")
    if kept is None or document["page"] != now.page:
        return None
    titles = _titles(now)
    objectives = tuple(
        Objective(
            ObjectiveKey(one["key"]),
            _title(one, titles),
            _NOWHERE,
            tuple(_key_result(row, titles) for row in one["key_results"]),
        )
        for one in kept["objectives"]
    )
    okrs = OkrPage(now.page, now.title, None, None, (), objectives)
    if not all(_is_of(key, okrs) for key in _keys(okrs)):
        return None
    return Memory(okrs, kept["last"])


def _objective(one: Objective, words: int, anchors: int) -> JsonObject:
    rows = [_row(row, words, anchors) for row in one.key_results]
    return {"key": one.key, **_kept(one.title, words), "key_results": rows}


def _row(one: KeyResult, words: int, most: int) -> JsonObject:
    """Our own key in the row is found in the row again, so it need not be kept."""
    found = [
        [mark.kind.value, mark.value] for mark in one.anchors if mark.kind is not AnchorKind.KEY
    ]
    anchors = {"anchors": found[:most]} if found[:most] else {}
    return {"key": one.key, **_kept(one.title, words), **anchors}


def _kept(title: str, words: int) -> JsonObject:
    if words and len(title) <= words:
        return {"title": title}
    return {"digest": _digest(title)} | ({"title": title[:words]} if words else {})


def _digest(title: str) -> str:
    return blake2b(same_text(title).encode("utf-8", "replace"), digest_size=_DIGEST).hexdigest()


def _titles(okrs: OkrPage) -> Mapping[str, str]:
    """What stands on the page, by its digest."""
    texts = [one.title for one in okrs.objectives]
    texts += [row.title for one in okrs.objectives for row in one.key_results]
    return {_digest(one): one for one in texts}


def _title(one: JsonObject, titles: Mapping[str, str]) -> str:
    known = titles.get(one.get("digest", ""))
    return known if known is not None else one.get("title", "")


def _key_result(one: JsonObject, titles: Mapping[str, str]) -> KeyResult:
    anchors = tuple(Anchor(AnchorKind(kind), value) for kind, value in one.get("anchors", ()))
    return KeyResult(KrKey(one["key"]), _title(one, titles), 1, _NOWHERE, anchors=anchors)


def _keys(okrs: OkrPage) -> Iterator[str]:
    for one in okrs.objectives:
        yield one.key
        yield from (row.key for row in one.key_results)


def _is_of(key: str, okrs: OkrPage) -> bool:
    """Keys name the page they were given on."""
    return key.rpartition("-")[0] == okrs.page
