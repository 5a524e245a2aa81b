"""demo: the product beside a local wiki and tracker, in two minutes and without a trace."""

import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType
from typing import TypeVar

import click
import requests

from connector.catalogue import words
from connector.cli.opening import DOORS, FORGE, TOKEN, build_frames, frames_are_built
from connector.cli.processes import Demo, start_demo
from connector.cli.shared import Terminal, chosen_locale, lang_option
from connector.cli.tables import percent_of
from connector.core.errors import Unavailable
from connector.core.json import JsonObject
from connector.core.words import Words

Seen = TypeVar("Seen")

PATIENCE = 10.0
READY_WITHIN = 60.0


@click.command()
@click.option(
    "--once", is_flag=True, help="Without a person: move one issue, show the number move."
)
@click.option(
    "--flavor",
    type=click.Choice(["cloud", "dc"]),
    default="cloud",
    show_default=True,
    help="What the local site is: Atlassian Cloud or Data Center.",
)
@click.option(
    "--door",
    type=click.Choice(DOORS),
    default=TOKEN,
    show_default=True,
    help="How the connector is let in: an account's token, an app of Connect or Forge, or on "
    "Data Center a user macro whose readers sign in.",
)
@lang_option
def demo(once: bool, flavor: str, door: str, lang: str | None) -> int:
    """Try the product: a local Confluence and Jira, and the connector beside them.

    Prints the address of a wiki page with the OKR macro and of an issue board; pressing Done on
    the board moves the Key Result in the open page. Ctrl-C leaves nothing behind.
    """
    said = words(chosen_locale(lang))
    console = Terminal(stderr=True)
    for ending in ("SIGINT", "SIGTERM", "SIGHUP"):  # a closed terminal ends the demo as Ctrl-C does
        if hasattr(signal, ending):
            signal.signal(getattr(signal, ending), _stop)
    try:
        if door == FORGE and not frames_are_built():
            with console.status(said.say("cli.demo.building")):
                build_frames()
        with start_demo(flavor=flavor, locale=said.locale[:2], door=door) as running:
            with console.status(said.say("cli.demo.starting")):
                story = _await_story(running)
            return _once(story, said) if once else _until_stopped(story, said)
    except KeyboardInterrupt:
        console.print(said.say("cli.demo.stopped"))
        return 0


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


@dataclass(frozen=True, slots=True)
class Story:
    """The key result that the demo moves, and the issue that moves it."""

    running: Demo
    key_result: str
    issue: str
    page_address: str
    board_address: str

    def look(self) -> JsonObject:
        """The key result as the API gives it now."""
        return self.running.ask(f"/api/v1/key-results/{self.key_result}")


def _await_story(running: Demo) -> Story:
    """Wait until the first sync has measured the key result that the demo is about."""

    def measured() -> Story | None:
        running.check()
        document = running.ask(f"/api/v1/objectives?page={running.page}")
        for objective in document["objectives"]:
            for one in objective["key_results"]:
                if running.epic in one["jira"]["keys"] and one["delivery"]:
                    return Story(
                        running,
                        one["key"],
                        running.issue,
                        running.page_address,
                        running.board_address,
                    )
        return None

    return _await(measured, READY_WITHIN, "the connector did not finish its first sync")


def _until_stopped(story: Story, said: Words) -> int:
    click.echo(said.say("cli.demo.ready", page=story.page_address, board=story.board_address))
    while True:
        story.running.check()
        time.sleep(0.5)


def _once(story: Story, said: Words) -> int:
    before = story.look()
    click.echo(said.say("cli.demo.before", **_facts(before, said)))
    done = before["delivery"]["done"]
    began = time.monotonic()
    story.running.finish_issue()
    click.echo(said.say("cli.demo.moved", issue=story.issue))

    def moved() -> JsonObject | None:
        story.running.check()
        now = story.look()
        return now if now["delivery"]["done"] > done else None

    after = _await(moved, PATIENCE, f"{story.issue} is done, but {story.key_result} did not move")
    took = time.monotonic() - began
    click.echo(said.say("cli.demo.after", **_facts(after, said)))
    click.echo(said.say("cli.demo.took", seconds=f"{took:.2f}"))
    return 0


def _facts(found: JsonObject, said: Words) -> dict[str, str]:
    return {
        "key": found["key"],
        "title": found["title"],
        "percent": percent_of(found, said),
        "done": f"{found['delivery']['done']}",
        "total": f"{found['delivery']['total']}",
    }


def _await(look: Callable[[], Seen | None], within: float, otherwise: str) -> Seen:
    """What `look` finds as soon as it finds something; Unavailable with the reason if it is late.

    Until the service listens, its silence is no reason to give up.
    """
    deadline = time.monotonic() + within
    reason = ""
    while time.monotonic() < deadline:
        try:
            found = look()
        except requests.RequestException as error:
            found, reason = None, f" ({type(error).__name__})"
        if found is not None:
            return found
        time.sleep(0.05)
    raise Unavailable(f"{otherwise} within {within:g} s{reason}")
