"""new-page: the page on stdout, what to do with it beside."""

from pathlib import Path

import pytest

from connector.catalogue import words
from connector.core.cycle import cycle_of
from connector.core.okr import Level
from connector.pages.templates import page_template
from tests.cli.conftest import Run


@pytest.mark.parametrize("level", list(Level))
@pytest.mark.parametrize(("lang", "locale"), [("en", "en"), ("zh", "zh-CN")])
def test_stdout_is_the_page_alone(
    run: Run, capsys: pytest.CaptureFixture[str], level: Level, lang: str, locale: str
) -> None:
    status = run("new-page", "--level", level.value, "--lang", lang, "--cycle", "2026-Q4")

    made = page_template(level, cycle_of("2026-Q4"), words(locale))
    told = capsys.readouterr()
    assert status == 0
    assert told.out == made.storage
    assert made.title in told.err


def test_it_says_that_nothing_is_written_to_the_site(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    run("new-page", "--level", "team", "--title", "Payments Q4")

    told = capsys.readouterr().err
    assert "Payments Q4" in told
    assert "Nothing was written" in told


def test_the_page_may_go_to_a_file(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = run("new-page", "--level", "team", "--cycle", "2026-B6", "--output", "page.xhtml")

    assert status == 0
    assert capsys.readouterr().out == ""
    assert "2026-11 – 2026-12" in (tmp_path / "page.xhtml").read_text(encoding="utf-8")


def test_an_untouched_page_is_no_fault_to_lint(run: Run, tmp_path: Path) -> None:
    run("new-page", "--level", "team", "--output", "page.xhtml")

    assert run("lint", "page.xhtml") == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("--cycle", "2026-Q4"),
        ("--level", "galaxy"),
        ("--level", "team", "--cycle", "next one"),
    ],
)
def test_what_makes_no_page_is_wrong_usage(run: Run, arguments: tuple[str, ...]) -> None:
    assert run("new-page", *arguments) == 2


def test_a_file_that_cannot_be_written_is_a_failure(run: Run) -> None:
    assert run("new-page", "--level", "team", "--output", "no/such/folder/page.xhtml") == 1
