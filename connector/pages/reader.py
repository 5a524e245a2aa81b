"""A page's body into OKRs: parse, gather, build, validate. Nothing a page holds raises."""

from dataclasses import dataclass
from datetime import date

from connector.core.findings import Finding, Place
from connector.core.json import JsonObject
from connector.core.okr import OkrPage, PageId
from connector.core.policy import Policy
from connector.pages.build import Built, build
from connector.pages.document import dump
from connector.pages.gather import gather
from connector.pages.grid import TooMuch
from connector.pages.remarks import remark
from connector.pages.shape import check_shape
from connector.pages.source import parse_source


@dataclass(frozen=True, slots=True)
class OkrReading:
    """What a page says. `okrs` is None when it says nothing, or a finding blocks.

    `document` is that of `okr-page.schema.json`, with the byte span of every understood cell
    under `cells`; empty when nothing was found.
    """

    document: JsonObject
    okrs: OkrPage | None
    findings: tuple[Finding, ...]


def read_okrs(
    body: str | bytes, *, page: PageId, title: str, policy: Policy, today: date
) -> OkrReading:
    """The OKRs of a page in storage format; any input gives a reading, never an error."""
    source = parse_source(body)
    if isinstance(source, Finding):
        return OkrReading({}, None, (source,))
    try:
        raw = gather(source)
    except TooMuch as error:
        found = remark(error.rule, Place(), blocks=True, limit=str(error.limit))
        return OkrReading({}, None, (found,))
    if not raw.objectives:
        return OkrReading({}, None, (*source.findings, remark("F-03", Place())))
    built = build(raw, page=page, title=title, policy=policy, today=today)
    document = _document(built)
    findings = (*source.findings, *built.findings, *check_shape(document, built.okrs))
    blocked = any(finding.blocks for finding in findings)
    return OkrReading(document, None if blocked else built.okrs, findings)


def _document(built: Built) -> JsonObject:
    document = dump(built.okrs)
    for objective in document["objectives"]:
        for result in objective["key_results"]:
            spans = built.cells[result["key"]]
            result["cells"] = {name: list(span) for name, span in spans.items()}
    return document
