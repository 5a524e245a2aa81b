"""Why a key result shows the number it shows: nothing here that the reader could not recount."""

from collections.abc import Iterator

from connector.core.assessment import KeyResultAssessment
from connector.core.okr import (
    CountedIssue,
    Delivery,
    EpicLink,
    JqlLink,
    KeyResult,
    ProgressFrom,
    Verdict,
)
from connector.core.policy import CountingRule
from connector.core.progress import Basis
from macros.objective.lens import Lens
from macros.objective.metric import outcome_line
from macros.objective.view import Fact, IssueLine, Why

_SHOWN = 100
_ORDER = tuple(Verdict)


def explain(one: KeyResultAssessment, lens: Lens, *, weighted: bool) -> Why:
    """`weighted`: any key result of the objective carries a weight of its own."""
    issues = one.delivery.issues if one.delivery else ()
    facts = (
        *_numbers(one, lens),
        *_sources(one.key_result, one.delivery, lens),
        *_standing(one, lens, weighted=weighted),
    )
    listed = [issue for issue in issues if lens.lists(issue.key)]
    if not listed:
        return Why(facts)
    shown = sorted(listed, key=lambda issue: _ORDER.index(issue.verdict))[:_SHOWN]
    left = len(issues) - len(shown)
    return Why(
        facts,
        tuple(_line(issue, lens) for issue in shown),
        lens.say("why.issues", count=str(len(issues))),
        lens.say("why.more", count=str(left)) if left else "",
    )


def _numbers(one: KeyResultAssessment, lens: Lens) -> Iterator[Fact]:
    """The headline's rule first, then every number there is, whichever speaks."""
    yield Fact(lens.say("why.rule"), lens.say(f"why.basis.{_basis(one, lens)}"))
    key_result, delivery = one.key_result, one.delivery
    if key_result.metric and one.outcome:
        yield Fact(lens.say("why.outcome"), outcome_line(key_result.metric, one.outcome, lens))
    if delivery and delivery.progress:
        yield Fact(lens.say("why.delivery"), _counted(delivery, lens))
    if key_result.reported_progress is not None:
        reported = lens.words.percent(key_result.reported_progress)
        yield Fact(lens.say("why.reported"), reported)


def _basis(one: KeyResultAssessment, lens: Lens) -> str:
    """Why this number speaks: the rule that was taken, not only its result."""
    source = one.key_result.progress_from
    if source is ProgressFrom.AUTO:
        source = lens.policy.progress_from
    if one.headline.basis is Basis.DELIVERY and source is ProgressFrom.DELIVERY:
        return "delivery_chosen"
    if one.headline.basis is Basis.DELIVERY and one.key_result.metric is None:
        return "delivery_only"
    return one.headline.basis.value


def _counted(delivery: Delivery, lens: Lens) -> str:
    ratio = delivery.credit / delivery.total
    said = lens.say(
        "why.done_of",
        done=str(delivery.done),
        total=str(delivery.total),
        percent=lens.words.percent(ratio),
    )
    if not delivery.hidden:
        return said
    return said + lens.say("why.and_hidden", count=str(delivery.hidden))


def _sources(one: KeyResult, delivery: Delivery | None, lens: Lens) -> Iterator[Fact]:
    epics = tuple(lens.issue(link.key) for link in one.links if isinstance(link, EpicLink))
    queries = tuple(link.jql for link in one.links if isinstance(link, JqlLink))
    if epics:
        yield Fact(lens.say("why.epics"), links=epics)
    for query in queries:
        yield Fact(lens.say("why.query"), code=(query,), links=lens.search(query))
    if one.links:
        yield Fact(lens.say("why.counting"), counting_rule(lens.policy.counting, lens))
    if delivery and delivery.issues and not any(lens.lists(one.key) for one in delivery.issues):
        text = lens.say("why.not_listed", count=str(len(delivery.issues)))
        yield Fact(lens.say("why.counted"), text)
    if delivery:
        yield Fact(lens.say("why.read"), moment=lens.moments.of(delivery.read_at))


def counting_rule(rule: CountingRule, lens: Lens) -> str:
    """The rule in words: depth, what leaves the total, what an issue in progress is worth."""
    credit = lens.words.percent(rule.in_progress_credit)
    excluded = lens.listed(sorted(rule.excluded_resolutions))
    return lens.say(
        "why.counting_words",
        depth=lens.say(f"why.depth.{rule.depth}"),
        credit=lens.say(
            "why.credit" if rule.in_progress_credit else "why.no_credit", credit=credit
        ),
        excluded=lens.say("why.excluded", resolutions=excluded) if excluded else "",
    ).strip()


def _standing(one: KeyResultAssessment, lens: Lens, *, weighted: bool) -> Iterator[Fact]:
    """What narrow rows drop is said here: owners, partners, date, method, weight."""
    key_result = one.key_result
    share = lens.words.percent(one.share)
    yield Fact(
        lens.say("why.weight"),
        lens.say("why.weighted" if weighted else "why.equal", share=share),
    )
    if key_result.owners:
        yield Fact(lens.say("owner"), lens.listed(lens.names(key_result.owners)))
    if key_result.partners:
        yield Fact(lens.say("why.partners"), lens.listed(lens.names(key_result.partners)))
    if key_result.due:
        yield Fact(lens.say("why.due"), lens.words.day(key_result.due))
    if key_result.measure_method:
        yield Fact(lens.say("why.method"), key_result.measure_method)


def _line(issue: CountedIssue, lens: Lens) -> IssueLine:
    return IssueLine(
        lens.issue(issue.key),
        issue.summary,
        issue.status,
        issue.verdict.value,
        lens.say(f"verdict.{issue.verdict}"),
    )
