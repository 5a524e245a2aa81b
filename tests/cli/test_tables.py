"""What a person reads in a terminal is what stands on the page, and the numbers of the macro."""

import pytest

from connector.catalogue import words
from connector.cli.shared import Terminal
from connector.cli.tables import percent_of, tell_why
from connector.core.json import JsonObject

NASTY = "\x1b]0;owned\x07\x9b2J[bold]x[/nothing] :smile:"
SHOWN = "[bold]x[/nothing] :smile:"


def document(text: str = "KR", progress: str | None = "1/8") -> JsonObject:
    """As `find_key_result` gives it, as far as it is told."""
    return {
        "key": "1-1",
        "title": text,
        "progress": None if progress is None else 0.125,
        "progress_exact": progress,
        "delivery": {"done": 1, "total": 8, "read_at": "2026-11-23T09:00:00+00:00"},
        "why": {
            "basis": "delivery",
            "share_of_objective": "1/3",
            "jira": {"keys": ["PAY-1"], "jql": [text]},
            "rule": {"depth": "children", "excluded_resolutions": [text]},
            "hidden_links": 1,
            "issues": [{"key": "PAY-2", "summary": text, "counted_as": "done"}],
        },
    }


def test_text_of_others_is_neither_markup_nor_a_command_to_the_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    tell_why(document(NASTY), words("en"))

    out = capsys.readouterr().out
    assert out.count(SHOWN) == 4
    assert "\x1b" not in out
    assert "\x9b" not in out


def test_colours_of_our_own_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    terminal = Terminal()

    with terminal.capture() as caught:
        terminal.print("done", style="green")

    assert caught.get().startswith("\x1b[")


@pytest.mark.parametrize(("exact", "shown"), [("1/8", "13%"), ("1/3", "33%"), (None, "–")])
def test_progress_is_rounded_as_in_the_macro(exact: str | None, shown: str) -> None:
    assert percent_of(document(progress=exact), words("en")) == shown
