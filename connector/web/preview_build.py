"""From a preview to what its page shows. Pure: the same facts, the same view."""

import json
from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from connector.core.assessment import assess
from connector.core.findings import Finding
from connector.core.lint.engine import all_rules
from connector.core.lint.quality import quality
from connector.core.okr import (
    Delivery,
    EpicLink,
    JqlLink,
    KeyResult,
    Objective,
    OkrPage,
    PageState,
    StoredPage,
)
from connector.core.policy import Policy
from connector.core.words import Words
from connector.pages.verbatim import words_at
from connector.usecases.preview_page import Preview
from connector.web.preview_view import (
    Example,
    LinkedLine,
    ObjectiveTable,
    PagePreview,
    ResultLine,
    Score,
    Unread,
    Work,
)
from macros.moment import Moments
from macros.objective.card import state_text, weight_text, work_chip
from macros.objective.lens import Lens
from macros.objective.metric import metric_line
from macros.objective.remarks import group_remarks
from macros.objective.view import Fact, Notice, Remark, Status
from macros.period import cycle_name

_ROW = "F-06"
_UNREAD = frozenset(
    {_ROW, "F-07", "F-08", "F-12", "F-13", "F-14", "F-16", "F-17", "F-24"}
)  # the reader kept the words and says where they stand
_MOST_REMARKS = 500
_MOST_KEYS = 50
_MOST_OF_A_VALUE = 1_000


def lens_of(words: Words, policy: Policy, now: datetime, jira_url: str) -> Lens:
    moments = Moments(words, now, ZoneInfo(policy.time_zone))
    return Lens(words, moments, policy, Fraction(0), jira_url.rstrip("/"))


def page_preview(found: Preview, lens: Lens, *, proof: str) -> PagePreview:
    """Everything that was understood of the page, everything that was not, and what linking does.

    Each finding stands once: beside the words that were not understood, or among the advice.
    """
    page, say = found.page, lens.words.say
    okrs = page.shown
    advice = [lens.remark(one) for one in page.findings if one.rule not in _UNREAD]
    taking_part = "linked" if found.linked else "labelled" if found.labelled else "neither"
    return PagePreview(
        page=page.page,
        title=page.title,
        url=page.url if page.url.startswith(("https://", "http://")) else "",
        taking_part=say(f"preview.part.{taking_part}"),
        counts=_counts(page, lens, "preview.counts"),
        labelled=found.labelled,
        linked=found.linked,
        proof=proof,
        facts=tuple(_facts(found, lens)),
        notices=tuple(_notices(found, lens)),
        objectives=tuple(_objective(one, found, lens) for one in okrs.objectives) if okrs else (),
        unread=tuple(_unread(one, found.body, lens) for one in page.findings if _not_read(one)),
        findings=group_remarks(advice, lens, most=_MOST_REMARKS),
        examples=_examples(advice, lens),
        score=_score(okrs, page, lens) if okrs else None,
        writes=tuple(_writes(found, lens)),
    )


def linked_line(page: StoredPage, lens: Lens, *, proof: str) -> LinkedLine:
    gone = page.state is PageState.GONE
    key = "preview.linked_pages.gone" if gone else "preview.linked_pages.counts"
    return LinkedLine(page.page, page.title, _counts(page, lens, key), proof)


def _not_read(finding: Finding) -> bool:
    return finding.rule in _UNREAD


def _counts(page: StoredPage, lens: Lens, key: str) -> str:
    objectives = page.shown.objectives if page.shown else ()
    return lens.words.say(
        key,
        objectives=str(len(objectives)),
        key_results=str(sum(len(one.key_results) for one in objectives)),
        rows=str(sum(one.rule == _ROW for one in page.findings)),
    )


def _facts(found: Preview, lens: Lens) -> Iterator[Fact]:
    page, say = found.page, lens.words.say
    yield Fact(say("preview.page.space"), page.space)
    yield Fact(say("preview.page.version"), str(page.version))
    if page.saved_at:
        yield Fact(say("preview.page.saved"), moment=lens.moments.of(page.saved_at))
    if page.shown is None:
        return
    assessed = assess(page, page.shown, found.deliveries, now=lens.moments.now, policy=lens.policy)
    cycle = cycle_name(assessed.cycle, lens.words)
    said = lens.say("cycle_assumed", cycle=cycle) if assessed.cycle_assumed else cycle
    yield Fact(say("preview.page.cycle"), said)
    level = page.shown.level
    yield Fact(
        say("preview.page.level"),
        say(f"preview.level.{level}" if level else "preview.page.no_level"),
    )
    owners = lens.listed(lens.names(page.shown.owners))
    yield Fact(say("preview.page.owner"), owners or say("preview.page.nobody"))


def _notices(found: Preview, lens: Lens) -> Iterator[Notice]:
    page, say = found.page, lens.words.say
    if page.state is PageState.ERRORS and page.good_version is None:
        yield Notice("danger", say("preview.notice.errors_first"))
    elif page.state is PageState.ERRORS:
        versions = {"version": str(page.version), "good_version": str(page.good_version)}
        yield Notice("danger", say("preview.notice.errors", **versions))
    elif page.shown is None:
        yield Notice("info", say("preview.notice.empty"))
    if not found.counted:
        yield Notice("warning", say("preview.notice.not_counted"))


def _objective(one: Objective, found: Preview, lens: Lens) -> ObjectiveTable:
    owners = lens.listed(lens.names(one.owners))
    details = (state_text(one.state, lens), owners, weight_text(one.weight, lens))
    return ObjectiveTable(
        one.key,
        one.title,
        tuple(filter(None, details)),
        tuple(_line(row, found.deliveries.get(row.key), lens) for row in one.key_results),
    )


def _line(one: KeyResult, delivery: Delivery | None, lens: Lens) -> ResultLine:
    health = one.reported_health
    return ResultLine(
        key=one.key,
        title=one.title,
        owners=lens.names(one.owners),
        metric=metric_line(one.metric, lens) if one.metric else "",
        due=lens.words.day(one.due) if one.due else "",
        status=Status(health.value, lens.words.say(f"health.{health}")) if health else None,
        status_text=one.status_text,
        work=Work(
            tuple(lens.issue(link.key) for link in one.links if isinstance(link, EpicLink)),
            tuple(link.jql for link in one.links if isinstance(link, JqlLink)),
            work_chip(delivery, lens) if delivery else None,
        ),
    )


def _unread(finding: Finding, body: str, lens: Lens) -> Unread:
    facts = dict(finding.facts)
    said = facts.get("text") or facts.get("column", "")
    if finding.rule == _ROW:  # the finding holds its beginning, the page all of it
        said = words_at(body, finding.place) or said
    return Unread(
        said,
        lens.place(finding.place),
        lens.words.message(finding),
        lens.words.hint(finding),
        finding.rule,
    )


def _examples(advice: list[Remark], lens: Lens) -> dict[str, Example]:
    """The pair of each rule that was met, where the catalogue has one."""
    said = lens.words.messages
    pairs = {one.rule: (f"rule.{one.rule}.bad", f"rule.{one.rule}.good") for one in advice}
    return {
        rule: Example(said[bad], said[good])
        for rule, (bad, good) in pairs.items()
        if said.get(bad) and said.get(good)
    }


def _score(okrs: OkrPage, page: StoredPage, lens: Lens) -> Score | None:
    rules = {rule.id for rule in all_rules()}  # what the reader remarks on is not the style
    found = quality(okrs, [one for one in page.findings if one.rule in rules])
    if found is None:
        return None
    reasons = (
        lens.words.say(
            "preview.quality.reason_one" if one.times == 1 else "preview.quality.reason",
            points=lens.words.number(one.points, 1),
            rule=f"{one.rule} {lens.words.say(f'rule.{one.rule}.title')}",
            times=str(one.times),
        )
        for one in found.reasons
    )
    score = lens.words.number(found.score, 0)
    return Score(lens.words.say("preview.quality", score=score), tuple(reasons))


def _writes(found: Preview, lens: Lens) -> Iterator[str]:
    """Exactly what pressing the button changes, and where."""
    page, say = found.page, lens.words.say
    results = (
        [row for one in page.shown.objectives for row in one.key_results] if page.shown else []
    )
    keys = lens.listed(_shortened([row.key for row in results]))
    yield from _at_the_page(found, lens)
    yield say(
        "preview.writes.store",
        page=page.page,
        objectives=str(len(page.shown.objectives) if page.shown else 0),
        key_results=str(len(results)),
        keys=say("preview.writes.keys", keys=keys) if keys else "",
    )
    links = dict.fromkeys(link for row in results for link in row.links)
    named = [one.key if isinstance(one, EpicLink) else one.jql for one in links]
    if named:
        yield say("preview.writes.links", links=lens.listed(_shortened(named)))
    else:
        yield say("preview.writes.no_links")
    if not found.labelled:
        yield say("preview.writes.label", label=lens.policy.labels[0])


def _at_the_page(found: Preview, lens: Lens) -> Iterator[str]:
    """In JSON, as it would be sent, but no longer than a person reads."""
    say = lens.words.say
    if found.properties is None:
        yield say("preview.writes.page")
        return
    yield say("preview.writes.not_the_text")
    for key, value in found.properties.items():
        text = json.dumps(value, ensure_ascii=False)
        shown = text if len(text) <= _MOST_OF_A_VALUE else f"{text[:_MOST_OF_A_VALUE]} …"
        yield say("preview.writes.property", key=key, value=shown)


def _shortened(names: list[str]) -> list[str]:
    return names if len(names) <= _MOST_KEYS else [*names[:_MOST_KEYS], "…"]
