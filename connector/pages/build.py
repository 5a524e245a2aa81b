"""From raw objectives to OKRs in our types, with a remark for whatever was not understood."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from connector.core.cycle import Cycle, parse_cycle
from connector.core.findings import Finding
from connector.core.identity import same_text
from connector.core.okr import (
    EpicLink,
    JiraLink,
    KeyResult,
    KrKey,
    Level,
    Objective,
    ObjectiveKey,
    ObjectiveState,
    OkrPage,
    PageId,
    Person,
)
from connector.core.policy import Policy
from connector.core.standing import parse_level, parse_state
from connector.pages.cells import Draft, health_of, read_cells
from connector.pages.content import Content
from connector.pages.details import first
from connector.pages.links import links_in_text, without_links
from connector.pages.marks import split_key_result
from connector.pages.measured import measured
from connector.pages.people import people_in
from connector.pages.raw import RawCell, RawKeyResult, RawPage
from connector.pages.remarks import remark

_LONGEST_CYCLE = 200
_SUMS = frozenset({Fraction(1), Fraction(100)})


@dataclass(frozen=True, slots=True)
class Built:
    """The OKRs, what was remarked, and where on the page each column of a key result was read."""

    okrs: OkrPage
    findings: tuple[Finding, ...]
    cells: dict[KrKey, dict[str, tuple[int, int]]]


def build(raw: RawPage, *, page: PageId, title: str, policy: Policy, today: date) -> Built:
    findings: list[Finding] = list(raw.findings)
    reader = _cycles(policy, today)
    cycle = _cycle(raw, title, reader, findings)
    level, state, owners = _level(raw, findings), _state(raw), _owners(raw)
    cells: dict[KrKey, dict[str, tuple[int, int]]] = {}
    objectives: list[Objective] = []
    ordinal = 0
    for number, one in enumerate(raw.objectives, start=1):
        results = []
        for result in one.key_results:
            ordinal += 1
            key = KrKey(f"{page}-{ordinal}")
            draft = Draft(result.place, reader, cycle.end.year if cycle else today.year)
            results.append(_key_result(result, draft, key, ordinal))
            findings.extend(f.about(one.title, results[-1].title) for f in draft.findings)
            cells[key] = draft.cells
        objective = Objective(
            ObjectiveKey(f"{page}-O{number}"),
            one.title,
            one.place,
            tuple(results),
            owners=one.content.people if one.content else (),
            state=state,
        )
        objectives.append(objective)
        findings.extend(f.about(one.title) for f in _of_the_set(objective))
    code = cycle.code if cycle else None
    return Built(
        OkrPage(page, title, code, level, owners, tuple(objectives)), tuple(findings), cells
    )


def _key_result(raw: RawKeyResult, draft: Draft, key: KrKey, ordinal: int) -> KeyResult:
    title, links = _title(raw.title)
    draft.values["links"] = links
    draft.notes.extend(raw.notes)
    read_cells(raw, draft)
    found = measured(title, draft.numbers)
    for cell in raw.cells:
        if cell.column in found.unread:
            _number_unread(draft, cell)
    metric = found.metric
    if metric and metric.baseline is not None and metric.baseline == metric.target:
        draft.findings.append(remark("F-09", raw.place, value=_shown(metric.baseline)))
    if not found.comparable:
        draft.findings.append(remark("F-23", raw.place))
    values = dict(draft.values)
    values["links"] = tuple(dict.fromkeys(values["links"]))
    if values.get("reported_health") is None:
        values["reported_health"] = health_of(raw.title)
    values.setdefault("owners", raw.title.people)
    return KeyResult(
        key, title, ordinal, raw.place, metric=metric, notes="\n".join(draft.notes), **values
    )


def _number_unread(draft: Draft, cell: RawCell) -> None:
    draft.cells.pop(cell.column.value, None)
    draft.unread(cell)


def _title(content: Content) -> tuple[str, tuple[JiraLink, ...]]:
    """The sentence without its number and its links, and the links in their order."""
    text = split_key_result(content.sentence)[0] or content.sentence
    links = (*content.links, *links_in_text(text))
    said = without_links(text)
    if said or not links:
        return said, links
    return links[0].key if isinstance(links[0], EpicLink) else links[0].jql, links


def _of_the_set(objective: Objective) -> Iterator[Finding]:
    results = objective.key_results
    weights = [one.weight for one in results if one.weight is not None]
    if weights and len(weights) == len(results) and sum(weights) not in _SUMS:
        yield remark("F-11", objective.place, sum=_shown(sum(weights, Fraction(0))))
    counts = Counter(same_text(one.title) for one in results)
    for one in results:
        if counts[same_text(one.title)] > 1:
            counts[same_text(one.title)] = 0
            yield remark("F-18", one.place, text=one.title)


def _cycles(policy: Policy, today: date) -> Callable[[str], Cycle | None]:
    def read(text: str) -> Cycle | None:
        try:
            return parse_cycle(
                text[:_LONGEST_CYCLE],
                today=today,
                fiscal_year_start_month=policy.fiscal_year_start_month,
            )
        except ValueError:
            return None  # digits that make no date

    return read


def _cycle(
    raw: RawPage, title: str, read: Callable[[str], Cycle | None], findings: list[Finding]
) -> Cycle | None:
    said = first(raw, "cycle")
    if said is not None:
        found = read(said[0].text)
        if found:
            return found
        findings.append(remark("F-13", said[1], text=said[0].text))
    short = (content.text for label, content, _ in raw.details if label == "intro")
    return read(title) or next((cycle for text in short if (cycle := read(text))), None)


def _level(raw: RawPage, findings: list[Finding]) -> Level | None:
    said = first(raw, "level")
    level = parse_level(said[0].text) if said else None
    if said and level is None:
        findings.append(remark("F-07", said[1], column=said[1].column, text=said[0].text))
    return level


def _state(raw: RawPage) -> ObjectiveState:
    said = first(raw, "status")
    return (parse_state(said[0].text) if said else None) or ObjectiveState.ACTIVE


def _owners(raw: RawPage) -> tuple[Person, ...]:
    said = first(raw, "owner")
    if said is None:
        return ()
    return said[0].people or people_in(said[0])


def _shown(value: Fraction) -> str:
    return f"{float(value):g}"
