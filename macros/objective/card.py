"""One objective and its key results, from what was assessed to what is shown."""

from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction

from connector.core.assessment import KeyResultAssessment, ObjectiveAssessment, PageAssessment
from connector.core.okr import Delivery, Health, ObjectiveState, OkrPage, StoredPage
from connector.core.progress import Basis
from connector.core.words import rounded
from macros.objective.lens import Lens
from macros.objective.metric import metric_line
from macros.objective.view import KeyResultRow, Notice, ObjectiveCard, WorkChip
from macros.objective.why import explain
from macros.period import cycle_name


def objective_card(
    one: ObjectiveAssessment,
    *,
    page: StoredPage,
    okrs: OkrPage,
    assessment: PageAssessment,
    lens: Lens,
) -> ObjectiveCard:
    objective = one.objective
    weighted = any(row.weight is not None for row in objective.key_results)
    return ObjectiveCard(
        key=objective.key,
        title=objective.title,
        state=state_text(objective.state, lens),
        status=lens.status(one.health),
        bar=lens.bar(one.progress.ratio if one.progress else None),
        pace=lens.say("expected", expected=lens.words.percent(lens.expected)),
        owners=lens.names(objective.owners or okrs.owners),
        cycle=_cycle(assessment, lens),
        weight=weight_text(objective.weight, lens),
        left_out=_left_out(one, lens),
        key_results=tuple(
            _row(row, page=page, lens=lens, weighted=weighted) for row in one.key_results
        ),
    )


def state_text(state: ObjectiveState, lens: Lens) -> str:
    """Active is what everybody expects; only the others are worth a word."""
    return "" if state is ObjectiveState.ACTIVE else lens.say(f"state.{state}")


def _cycle(assessment: PageAssessment, lens: Lens) -> str:
    name = cycle_name(assessment.cycle, lens.words)
    return lens.say("cycle_assumed", cycle=name) if assessment.cycle_assumed else name


def weight_text(weight: Fraction | None, lens: Lens) -> str:
    """As its author wrote it: 0.4 and 40 both mean 40 %."""
    if weight is None:
        return ""
    return lens.say("weight", weight=lens.words.percent(weight if weight <= 1 else weight / 100))


def _left_out(one: ObjectiveAssessment, lens: Lens) -> str:
    count = len(one.left_out)
    if not count:
        return ""
    if count == len(one.key_results):
        return lens.say("left_out_all")
    return lens.say("left_out_one" if count == 1 else "left_out", count=str(count))


def _row(one: KeyResultAssessment, *, page: StoredPage, lens: Lens, weighted: bool) -> KeyResultRow:
    key_result = one.key_result
    progress = one.headline.progress
    at = _measured_at(one, page) if progress else None
    chip = work_chip(one.delivery, lens) if one.delivery else None
    return KeyResultRow(
        key=key_result.key,
        title=key_result.title,
        status=lens.status(one.health),
        bar=lens.bar(progress.ratio if progress else None),
        metric=metric_line(key_result.metric, lens) if key_result.metric else "",
        basis=lens.say(f"basis.{one.headline.basis}"),
        owners=lens.names(key_result.owners),
        confidence=_confidence(key_result.confidence, lens),
        chip=chip,
        moment=lens.moments.of(at) if at else None,
        notices=tuple(_notices(one, lens)),
        why=explain(one, lens, weighted=weighted),
        counted=chip.text if chip and one.headline.basis is Basis.DELIVERY else "",
    )


def _measured_at(one: KeyResultAssessment, page: StoredPage) -> datetime | None:
    """When the headline was true: the reading at Jira, or the page as a person saved it."""
    if one.delivery and one.headline.basis is Basis.DELIVERY:
        return one.delivery.read_at
    return page.saved_at


def _confidence(confidence: Fraction | None, lens: Lens) -> str:
    """The owner's belief on the scale people use in a meeting, 1 to 10."""
    if confidence is None:
        return ""
    return lens.say("confidence", value=str(max(rounded(confidence * 10, 0), 1)))


def work_chip(delivery: Delivery, lens: Lens) -> WorkChip:
    done, total, hidden = str(delivery.done), str(delivery.total), str(delivery.hidden)
    label = lens.say("chip.label", done=done, total=total)
    if not delivery.hidden:
        return WorkChip(f"{done}/{total}", "", label)
    return WorkChip(
        f"{done}/{total}",
        lens.say("chip.hidden", count=hidden),
        label + lens.say("why.and_hidden", count=hidden),
    )


def _notices(one: KeyResultAssessment, lens: Lens) -> Iterator[Notice]:
    """What a reader must know beside the number itself."""
    for finding in one.findings:
        yield Notice("warning", lens.words.message(finding))
    delivery = one.delivery
    if one.key_result.links and delivery is None:
        yield Notice("info", lens.say("row.waiting"))
    elif delivery and not delivery.total:
        yield Notice("info", lens.say("row.all_hidden" if delivery.hidden else "row.no_issues"))
    elif one.headline.basis is Basis.NONE:
        yield Notice("info", lens.say("row.no_source"))
    if one.health.health is Health.STALE:
        days = str(2 * lens.policy.cadence_days)
        yield Notice("info", lens.say("row.stale", days=days))
