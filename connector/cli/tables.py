"""OKRs and explanations as a person reads them in a terminal."""

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from connector.cli.shared import Terminal
from connector.core.assessment import KeyResultAssessment, assess
from connector.core.json import JsonObject
from connector.core.okr import Delivery, KrKey, StoredPage
from connector.core.policy import Policy
from connector.core.words import Words


def objectives_table(
    page: StoredPage,
    deliveries: Mapping[KrKey, Delivery],
    *,
    now: datetime,
    policy: Policy,
    said: Words,
) -> RenderableType:
    """One table per objective: key, key result, progress, linked work."""
    heading = page_line(page, said)
    if page.shown is None:
        return heading
    found = assess(page, page.shown, deliveries, now=now, policy=policy)
    parts: list[RenderableType] = [heading]
    for one in found.objectives:
        table = Table(title=Text(one.objective.title), title_justify="left", title_style="bold")
        table.add_column(said.say("cli.table.key"), no_wrap=True)
        table.add_column(said.say("cli.table.key_result"))
        table.add_column(said.say("cli.table.progress"), justify="right")
        table.add_column(said.say("cli.table.jira"), justify="right")
        for result in one.key_results:
            table.add_row(*(Text(cell) for cell in _cells(result, said)))
        parts.append(table)
    return Group(*parts)


def _cells(one: KeyResultAssessment, said: Words) -> tuple[str, str, str, str]:
    progress = one.headline.progress
    work = one.delivery
    return (
        one.key_result.key,
        one.key_result.title,
        said.percent(progress.ratio) if progress else "–",
        f"{work.done}/{work.total}" + (f" +{work.hidden}?" if work.hidden else "") if work else "",
    )


def page_line(page: StoredPage, said: Words) -> Text:
    """`Page title (id): 3 objectives, 9 key results, 2 findings`."""
    objectives = page.shown.objectives if page.shown else ()
    text = Text()
    text.append(page.title, style="bold")
    text.append(
        said.say(
            f"cli.page.{page.state.value}",
            page=page.page,
            objectives=str(len(objectives)),
            key_results=str(sum(len(one.key_results) for one in objectives)),
            findings=str(len(page.findings)),
            version=str(page.good_version),
        )
    )
    return text


def percent_of(found: JsonObject, said: Words) -> str:
    """The progress in the document of a key result, rounded as everywhere else."""
    exact = found["progress_exact"]
    return "–" if exact is None else said.percent(Fraction(exact))


def tell_why(found: JsonObject, said: Words) -> None:
    """The document of one key result, as sentences and a table of issues."""
    console = Terminal()
    why = found["why"]
    console.print(Text(f"{found['key']}  {found['title']}", style="bold"))
    console.print(said.say(f"cli.why.basis.{why['basis']}", percent=percent_of(found, said)))
    if found["delivery"]:
        console.print(
            said.say(
                "cli.why.delivery",
                done=str(found["delivery"]["done"]),
                total=str(found["delivery"]["total"]),
                read_at=f"{said.moment(datetime.fromisoformat(found['delivery']['read_at']))} UTC",
                links=", ".join([*why["jira"]["keys"], *why["jira"]["jql"]]),
                depth=said.say(f"cli.why.depth.{why['rule']['depth']}"),
                excluded=", ".join(why["rule"]["excluded_resolutions"]),
            )
        )
    if why["hidden_links"]:
        console.print(said.say("cli.why.hidden", hidden=str(why["hidden_links"])))
    console.print(said.say("cli.why.share", share=why["share_of_objective"]))
    for issue in why["issues"]:
        verdict = said.say(f"cli.why.verdict.{issue['counted_as']}")
        console.print(Text(f"  {issue['key']:<10} {verdict:<14} {issue['summary']}"))
