"""From raw objectives to OKRs in our types, with a remark for whatever was not understood."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from connector.core.findings import Finding
from connector.core.milestones import milestones_in
from connector.core.okr import (
    Anchor,
    AnchorKind,
    EpicLink,
    JiraLink,
    KeyResult,
    KrKey,
    Level,
    Metric,
    MetricKind,
    Objective,
    ObjectiveKey,
    ObjectiveState,
    ObjectiveType,
    OkrPage,
    PageId,
    Person,
)
from connector.core.policy import Policy
from connector.core.standing import parse_level, parse_state, parse_type
from connector.pages.aims import Aim, DateReader, alignment_in, is_of_an_aim, read_aim
from connector.pages.anchors import keys_in, without_key
from connector.pages.asides import Asides, split_asides
from connector.pages.cells import Draft, DueReader, health_of, read_cells
from connector.pages.content import Content
from connector.pages.details import first
from connector.pages.headers import Column
from connector.pages.links import links_in_text, without_links
from connector.pages.marks import split_key_result, without_count
from connector.pages.measured import measured
from connector.pages.people import people_in
from connector.pages.periods import cycle_of_page, cycle_reader
from connector.pages.raw import RawCell, RawKeyResult, RawObjective, RawPage
from connector.pages.remarks import remark

_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})[.、)]?\s+(?=\S)")
_DIGITS = 6  # of the number in a key; what is longer was never given
_TYPED = re.compile(
    r"(?:[(\[【]([^()\[\]【】]{2,16})[)\]】])?\s*(.+?)\s*(?:[(\[【]([^()\[\]【】]{2,16})[)\]】])?"
)


@dataclass(frozen=True, slots=True)
class Built:
    """The OKRs, what was remarked, and where on the page each column of a key result was read."""

    okrs: OkrPage
    findings: tuple[Finding, ...]
    cells: dict[KrKey, dict[str, tuple[int, int]]]


def build(raw: RawPage, *, page: PageId, title: str, policy: Policy, today: date) -> Built:
    findings: list[Finding] = list(raw.findings)
    reader = cycle_reader(policy, today)
    cycle = cycle_of_page(raw, title, reader, findings)
    level, state, owners = _level(raw, findings), _state(raw), _owners(raw)
    of_all = {"state": state, "type": _type(raw), **alignment_in(raw.details)}
    cells: dict[KrKey, dict[str, tuple[int, int]]] = {}
    objectives: list[Objective] = []
    ordinal = 0
    for number, one in enumerate(raw.objectives, start=1):
        results = []
        live = [result for result in one.key_results if not result.title.struck]
        findings.extend(
            remark("F-26", gone.place, text=gone.title.text).about(one.title)
            for gone in one.key_results
            if gone.title.struck
        )
        for result in _without_numbers(live, number):
            ordinal += 1
            result_key = KrKey(f"{page}-{ordinal}")
            draft = Draft(result.place, DueReader(reader, cycle, today))
            results.append(_key_result(result, draft, result_key, ordinal))
            findings.extend(f.about(one.title, results[-1].title) for f in draft.findings)
            cells[result_key] = draft.cells
        said, aim = _about_objective(one, DueReader(reader, cycle, today))
        key = ObjectiveKey(f"{page}-O{number}")
        objectives.append(
            Objective(key, said, one.place, tuple(results), **{**of_all, **aim.values})
        )
        findings.extend(found.about(said) for found in aim.findings)
    code = cycle.code if cycle else None
    return Built(
        OkrPage(page, title, code, level, owners, tuple(objectives)), tuple(findings), cells
    )


def _about_objective(raw: RawObjective, read_date: DateReader) -> tuple[str, Aim]:
    """The title alone, and what its columns, its lines and its own words say of the objective."""
    content = raw.content or Content()
    whole = content._replace(lines=(raw.title,))
    aside = split_asides(whole)
    if not all(map(is_of_an_aim, aside.cells)):
        aside = Asides(whole)  # nothing that an objective has no place for is lost
    typed: tuple[RawCell, ...] = ()
    said = aside.title.text
    bracketed = _TYPED.fullmatch(said)
    kind = (bracketed[1] or bracketed[3] or "") if bracketed else ""
    if bracketed and parse_type(kind):
        typed = (RawCell(Column.OBJECTIVE_TYPE, "", Content((kind,))),)
        said = bracketed[2].strip()
    aim = read_aim((*typed, *aside.cells, *raw.cells), raw.place, read_date)
    aim.values.setdefault("owners", content.people)
    return said if raw.title else "", aim


def _without_numbers(results: list[RawKeyResult], objective: int) -> list[RawKeyResult]:
    """`2.1 …`, `2.2 …` under one objective are list numbers; one alone may well be a measure."""
    found = [_DOTTED.match(one.title.text) for one in results]
    numbers = [(int(m[1]), int(m[2])) for m in found if m]
    first = numbers[0][0] if numbers else 0
    counted = numbers == [(first, n) for n in range(1, len(results) + 1)]
    if not counted or (len(results) == 1 and first != objective):
        return results
    bare = [_DOTTED.sub("", one.title.text) for one in results]
    return [
        one._replace(title=one.title._replace(lines=(text,)))
        for one, text in zip(results, bare, strict=True)
    ]


def _key_result(raw: RawKeyResult, draft: Draft, key: KrKey, ordinal: int) -> KeyResult:
    aside = split_asides(raw.title)
    have = {cell.column for cell in raw.cells}
    beside = tuple(cell for cell in aside.cells if cell.column not in have)
    if beside or aside.notes:
        raw = raw._replace(cells=(*raw.cells, *beside), notes=(*aside.notes, *raw.notes))
    page = PageId(key.rpartition("-")[0])
    written = keys_in(page, raw.title.text, *(cell.content.text for cell in raw.cells))
    title, links = _title(_unkeyed(aside.title, page))
    draft.values["links"] = links
    draft.notes.extend(raw.notes)
    read_cells(raw, draft)
    found = measured(title, draft.numbers)
    steps = draft.steps or _announced(raw)
    if steps and not (Column.TARGET in draft.numbers and found.metric):
        found = replace(found, metric=steps)
    for cell in raw.cells:
        if cell.column in found.unread:
            _number_unread(draft, cell)
    metric = found.metric
    if not found.comparable:
        draft.findings.append(remark("F-23", raw.place))
    values = dict(draft.values)
    values["links"] = tuple(dict.fromkeys(values["links"]))
    if values.get("reported_health") is None:
        values["reported_health"] = health_of(raw.title)
    values.setdefault("owners", raw.title.people)
    if raw.title.dates and len(set(raw.title.dates)) == 1:
        values.setdefault("due", draft.due(raw.title.dates[0]))
    return KeyResult(
        key,
        title,
        ordinal,
        raw.place,
        metric=metric,
        notes="\n".join(draft.notes),
        anchors=tuple(dict.fromkeys((*written, *_own_keys(raw.anchors, page)))),
        **values,
    )


def _own_keys(anchors: tuple[Anchor, ...], page: PageId) -> Iterator[Anchor]:
    """Without the keys of other pages, which a copied row takes along."""
    for one in anchors:
        foreign, _, number = one.value.rpartition("-")
        ours = foreign == page and number.isdecimal() and len(number) <= _DIGITS
        if one.kind is not AnchorKind.KEY or ours:
            yield one


def _unkeyed(content: Content, page: PageId) -> Content:
    text = without_key(page, content.text)
    return content if text == content.text else content._replace(lines=(text,))


def _announced(raw: RawKeyResult) -> Metric | None:
    """Milestones that the words of a key result or the lines under it list."""
    said = (raw.title.text, *raw.notes)
    steps = next((found for text in said if (found := milestones_in(text))), ())
    return Metric(MetricKind.MILESTONES, milestones=steps) if steps else None


def _number_unread(draft: Draft, cell: RawCell) -> None:
    draft.cells.pop(cell.column.value, None)
    draft.unread(cell)


def _title(content: Content) -> tuple[str, tuple[JiraLink, ...]]:
    """The sentence without its number and its links, and the links in their order."""
    text = without_count(split_key_result(content.sentence)[0]) or content.sentence
    links = (*content.links, *links_in_text(text))
    said = without_links(text)
    if said or not links:
        return said, links
    return links[0].key if isinstance(links[0], EpicLink) else links[0].jql, links


def _level(raw: RawPage, findings: list[Finding]) -> Level | None:
    said = first(raw, "level")
    level = parse_level(said[0].text) if said else None
    if said and level is None:
        findings.append(remark("F-07", said[1], column=said[1].column, text=said[0].text))
    return level


def _state(raw: RawPage) -> ObjectiveState:
    said = first(raw, "status")
    return (parse_state(said[0].text) if said else None) or ObjectiveState.ACTIVE


def _type(raw: RawPage) -> ObjectiveType | None:
    """That of every objective which says none of its own; any other kind of `Type` is no news."""
    said = first(raw, "type")
    return parse_type(said[0].text) if said else None


def _owners(raw: RawPage) -> tuple[Person, ...]:
    said = first(raw, "owner")
    if said is None:
        return ()
    return said[0].people or people_in(said[0])
