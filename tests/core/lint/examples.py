"""Golden examples of lint: one line of a file into what its rule looks at, and the rule's verdict.

A field that is left out is missing on the page. A rule is asked alone: what other rules say of the
same sentence does not matter.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from connector.core.alignment import (
    Aligned,
    Dependency,
    KeyResultRef,
    Network,
    ObjectiveRef,
    Ref,
)
from connector.core.cycle import Cycle, parse_cycle
from connector.core.findings import Place, Severity
from connector.core.json import JsonObject
from connector.core.lint import aligning, check_in, scoring, sets
from connector.core.lint.engine import KEY_RESULT_RULES, OBJECTIVE_RULES
from connector.core.lint.rule import Remark, remarks
from connector.core.lint.subjects import KeyResultIn, ObjectiveIn
from connector.core.measures import read_statement
from connector.core.okr import (
    EpicLink,
    IssueKey,
    JiraLink,
    JqlLink,
    KeyResult,
    KrKey,
    Level,
    Metric,
    MetricKind,
    Milestone,
    Objective,
    ObjectiveKey,
    ObjectiveType,
    OkrPage,
    PageId,
    Person,
    ProgressFrom,
)
from connector.core.standing import parse_confidence, parse_health, parse_score, parse_type
from connector.core.text import parse_quantity

GOLDEN = Path(__file__).parents[2] / "golden" / "lint"
_REASONS = ("reason", "moved", "cause", "adjustment", "note")
TODAY = date(2026, 11, 23)
_PAGE = PageId("1")
_KEY = re.compile(r"[A-Z][A-Z0-9]+-\d+")


@dataclass(frozen=True, slots=True)
class Example:
    """One line: whether `rule` should remark on it, and how gravely where that is said."""

    rule: str
    lang: str
    meets: bool
    body: JsonObject
    number: int

    @property
    def name(self) -> str:
        return f"{self.rule}-{self.lang}-{self.number}"


def examples(chosen: str) -> list[Example]:
    """All of one set but the seeds, in the order of files and lines."""
    found = []
    for path in sorted((GOLDEN / chosen).glob("[A-Z]-*.jsonl")):
        lines = path.read_text("utf-8").splitlines()
        for number, line in enumerate(filter(str.strip, lines), start=1):
            body = json.loads(line)
            found.append(Example(path.stem, body["lang"], body["meets"], body, number))
    return found


def is_met(example: Example) -> bool:
    """Whether the rule remarks on the example, as gravely as the example says."""
    wanted = example.body.get("severity")
    said = [remark for rule, remark in remarks_on(example) if rule == example.rule]
    if wanted and example.meets:
        return any((one.severity or Severity.W).value == wanted for one in said)
    return bool(said)


def remarks_on(example: Example) -> Iterator[tuple[str, Remark]]:
    body = example.body
    match example.rule[0]:
        case "O":
            yield from _ids(OBJECTIVE_RULES, objective_in(body))
        case "K":
            yield from _ids(KEY_RESULT_RULES, key_result_in(body))
        case "S":
            page = page_of(body["objectives"])
            yield from _ids(sets.UNIT_RULES, sets.UnitIn(page, page.objectives))
            for one in page.objectives:
                yield from _ids(sets.SET_RULES, sets.SetIn(one, page))
        case "A":
            yield from _of_network(body)
        case "C":
            yield from _ids(check_in.RULES, check_ins_in(body))
        case _:
            results = tuple(_scored(body["objectives"]))
            yield from _ids(scoring.UNIT_RULES, scoring.ScoresIn(results))
            for result in results:
                yield from _ids(scoring.RESULT_RULES, result)


def _ids(rules: Iterable[Any], subject: object) -> Iterator[tuple[str, Remark]]:
    for rule, remark in remarks(rules, subject):
        yield rule.id, remark


def objective_in(body: JsonObject) -> ObjectiveIn:
    one = _objective(body, 1)
    return ObjectiveIn(one, OkrPage(_PAGE, "", None, None, (), (one,)), _cycle(body))


def key_result_in(body: JsonObject) -> KeyResultIn:
    result = _key_result(body, 1)
    one = Objective(ObjectiveKey("1-O1"), "", Place(), (result,), type=_type(body.get("type")))
    return KeyResultIn(result, one, OkrPage(_PAGE, "", None, None, (), (one,)), _cycle(body))


def page_of(objectives: list[JsonObject]) -> OkrPage:
    made = tuple(_objective(one, number) for number, one in enumerate(objectives, start=1))
    return OkrPage(_PAGE, "", None, None, (), made)


def _objective(body: JsonObject, number: int) -> Objective:
    results = [
        _key_result(_as_object(one), n) for n, one in enumerate(body.get("key_results", ()), 1)
    ]
    return Objective(
        ObjectiveKey(f"1-O{number}"),
        body.get("objective") or "",
        Place(),
        tuple(results),
        _people(body.get("owner")),
        type=_type(body.get("type")),
    )


def _as_object(one: str | JsonObject) -> JsonObject:
    return {"key_result": one} if isinstance(one, str) else one


def _key_result(body: JsonObject, number: int) -> KeyResult:
    title = body.get("key_result") or ""
    statement = read_statement(title)
    metric = _metric(body.get("metric")) or (statement.metric if statement else None)
    source = body.get("source") or ""
    return KeyResult(
        KrKey(f"1-{number}"),
        title,
        number,
        Place(),
        owners=_people(body.get("owner")),
        metric=metric,
        confidence=_share(body.get("confidence")),
        weight=_exact(body.get("weight")),
        due=_day(body.get("due")),
        measure_method=body.get("method") or ("" if source.startswith("jira.") else source),
        links=_links(body.get("jira")),
        progress_from=_progress_from(source, metric),
    )


def _progress_from(source: str, metric: Metric | None) -> ProgressFrom:
    """What keeps the number up to date: the linked work, or a value from elsewhere."""
    if source.startswith("jira."):
        return ProgressFrom.DELIVERY
    if source in {"auto", "automatic"}:
        return ProgressFrom.OUTCOME if metric else ProgressFrom.DELIVERY
    return ProgressFrom.OUTCOME if source == "api" else ProgressFrom.AUTO


def _metric(said: Any) -> Metric | None:
    if not said:
        return None
    if isinstance(said, str):
        statement = read_statement(said)
        return statement.metric if statement else None
    numbers = {name: _exact(said.get(name)) for name in ("baseline", "target", "current")}
    baseline, target = numbers["baseline"], numbers["target"]
    down = baseline is not None and target is not None and target < baseline
    kind = said.get("kind") or ("decrease" if down else "increase")
    steps = tuple(Milestone(str(one), Fraction(1), False) for one in said.get("milestones") or ())
    return Metric(MetricKind(kind), **numbers, unit=said.get("unit") or "", milestones=steps)


def _links(said: Any) -> tuple[JiraLink, ...]:
    parts = [said] if isinstance(said, str) else list(said or ())
    return tuple(
        EpicLink(IssueKey(one)) if _KEY.fullmatch(one) else JqlLink(one) for one in parts if one
    )


def _people(said: Any) -> tuple[Person, ...]:
    return tuple(Person(one) for one in ([said] if isinstance(said, str) else said or ()) if one)


def _type(said: Any) -> ObjectiveType | None:
    return parse_type(str(said)) if said else None


def _exact(said: Any) -> Fraction | None:
    if isinstance(said, str):
        found = parse_quantity(said)
        return found.value if found else None
    return None if said is None else Fraction(str(said))


def _share(said: Any) -> Fraction | None:
    return None if said is None else parse_confidence(str(said))


def _day(said: Any) -> date | None:
    return date.fromisoformat(said) if said else None


def _cycle(body: JsonObject) -> Cycle | None:
    start, end = _day(body.get("start")), _day(body.get("end"))
    if start and end:
        return Cycle("", start, end) if start <= end else None
    return parse_cycle(body["cycle"], today=TODAY) if body.get("cycle") else None


def _of_network(body: JsonObject) -> Iterator[tuple[str, Remark]]:
    network = Network()
    for one in _network(body["network"]):
        network.put(one)
    if "at" in body:
        at = network.objectives[ObjectiveKey(body["at"])]
        yield from _ids(aligning.RULES, aligning.AlignedIn(at, network))
    yield from _ids(aligning.NETWORK_RULES, network)


def _network(said: Any) -> Iterator[Aligned]:
    listed = [{"key": key, **one} for key, one in said.items()] if isinstance(said, dict) else said
    named = {name for one in listed for name in _parents(one)}
    for one in listed:
        key = one.get("key") or one["id"]
        results = [_as_object(result) for result in one.get("key_results", ())]
        while f"{key}/{len(results) + 1}" in named:  # supported by another one, so it is there
            results.append({"key_result": ""})
        yield Aligned(
            ObjectiveKey(key),
            PageId(f"page of {key}"),
            one.get("objective") or "",
            Level(one["level"]) if one.get("level") else None,
            _cycle(one),
            tuple((KrKey(f"{key}/{n}"), r["key_result"]) for n, r in enumerate(results, 1)),
            tuple(map(_ref, _parents(one))),
            one.get("contribution") or "",
            tuple(_dependency(needed) for needed in one.get("dependencies", ())),
        )


def _parents(one: JsonObject) -> list[str]:
    parents = one.get("parents") or one.get("parent") or ()
    return [parents] if isinstance(parents, str) else list(parents)


def _ref(name: str) -> Ref:
    return KeyResultRef(KrKey(name)) if "/" in name else ObjectiveRef(ObjectiveKey(name))


def _dependency(said: str | JsonObject) -> Dependency:
    if isinstance(said, str):
        return Dependency(said)
    return Dependency(
        said.get("needed") or "", bool(said.get("confirmed")), said.get("risk_owner") or ""
    )


def check_ins_in(body: JsonObject) -> check_in.CheckInsIn:
    agreed, changes = _targets(body)
    return check_in.CheckInsIn(
        tuple(_check_in(one, changes.get(n)) for n, one in enumerate(body["check_ins"])),
        _day(body.get("today")) or TODAY,
        _cycle(body),
        _exact(body.get("baseline")),
        agreed,
        body.get("cadence_days") or 7,
    )


def _targets(body: JsonObject) -> tuple[Fraction | None, dict[int, Fraction | None]]:
    """The target agreed first, and those of the check-ins that changed it, by their place.

    A line says it in one of two ways: each check-in states the target that held then, and `target`
    the one that holds today; or one check-in states a new target, and `target` the one before.
    """
    dated = sorted(enumerate(body["check_ins"]), key=lambda one: _dated(one[1]))
    stated = [(place, one["target"]) for place, one in dated if one.get("target") is not None]
    first = stated[0][1] if len(stated) > 1 else body.get("target")
    changes, held = {}, first
    for place, target in stated:
        if not _same_target(target, held):
            changes[place] = _exact(target)
        held = target
    return _exact(first), changes


def _same_target(one: Any, other: Any) -> bool:
    """Of the same size, also where one is a share and the other its percentage."""
    return _exact(one) == _exact(other) or _share_of(one) == _share_of(other) is not None


def _share_of(said: Any) -> Fraction | None:
    """0.95 for `95%` and for `0.95`; nothing for what can be no share."""
    size = _exact(said)
    if size is None or "%" in str(said):
        return size and size / 100
    return size if size < 1 else None


def _dated(one: JsonObject) -> date:
    return date.fromisoformat(one.get("on") or one["date"])


def _check_in(one: JsonObject, new_target: Fraction | None) -> check_in.CheckIn:
    said = one.get("obstacle") or {}
    obstacle = {"what": said} if isinstance(said, str) else said
    return check_in.CheckIn(
        _dated(one),
        _exact(one.get("value")),
        _share(one.get("confidence")),
        parse_health((one.get("health") or one.get("status") or "").replace("_", " ")),
        " ".join(str(one[name]) for name in _REASONS if one.get(name)),
        obstacle.get("what") or obstacle.get("text") or "",
        obstacle.get("owner") or one.get("owner") or "",
        obstacle.get("action") or one.get("action") or "",
        new_target,
    )


def _scored(objectives: list[JsonObject]) -> Iterator[scoring.Scored]:
    for one in objectives:
        for result in map(_as_object, one.get("key_results", ())):
            yield scoring.Scored(
                result.get("key_result") or "",
                _exact(result.get("score")),
                result.get("reason") or "",
                result.get("evidence") or "",
                _type(result.get("type") or one.get("type")),
                _unread(result.get("score")),
            )


def _unread(score: Any) -> str:
    """What stands where a score should and is none."""
    return str(score) if score and parse_score(str(score)) is None else ""
