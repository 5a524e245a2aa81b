"""The document against its schema; a violation becomes a remark in words for authors."""

from collections.abc import Iterator

import schemas
from connector.core.findings import Finding, Place
from connector.core.json import JsonObject
from connector.core.okr import OkrPage
from connector.pages.remarks import remark

_UNFORESEEN = "F-22"


def check_shape(document: JsonObject, okrs: OkrPage) -> Iterator[Finding]:
    """One remark for each violation. Only a shape that nobody foresaw blocks the page."""
    for violation in schemas.validate("okr-page", document):
        rule = violation.finding or _UNFORESEEN
        place, objective, result = _whereabouts(okrs, violation.path)
        facts = {"where": violation.where, "text": _text(document, violation.path)}
        found = remark(rule, place, blocks=rule == _UNFORESEEN, **facts)
        yield found.about(objective, result)


def _whereabouts(okrs: OkrPage, path: tuple[str | int, ...]) -> tuple[Place, str, str]:
    """Place, objective and key result that a path of the document leads through."""
    match path:
        case ("objectives", int(n), "key_results", int(m), *_):
            result = okrs.objectives[n].key_results[m]
            return result.place, okrs.objectives[n].title[:120], result.title[:120]
        case ("objectives", int(n), *_):
            return okrs.objectives[n].place, okrs.objectives[n].title[:120], ""
        case _:
            return Place(), "", ""


def _text(document: JsonObject, path: tuple[str | int, ...]) -> str:
    value: object = document
    for step in path:
        value = value[step]  # type: ignore[index] # raw JSON along a path the validator gave
    return value if isinstance(value, str) else ""
