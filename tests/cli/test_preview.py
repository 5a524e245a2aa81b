"""preview: what is wrong usage, before any site is asked."""

import pytest

from tests.cli.conftest import Run


@pytest.fixture(autouse=True)
def site(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    """A site at which nothing answers; after `run`, which clears what the environment says."""
    del run
    for name in ("CONFLUENCE", "JIRA"):
        monkeypatch.setenv(f"OKR_{name}_URL", "http://127.0.0.1:1")
    monkeypatch.setenv("OKR_TOKEN", "a-token")
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("the wiki", "address bar"),
        ("http://127.0.0.1:1/x/AQAB", "short link"),
        ("https://other.example/wiki/spaces/X/pages/1/T", "another site"),
    ],
)
def test_what_names_no_page_is_wrong_usage_with_a_hint(
    run: Run, capsys: pytest.CaptureFixture[str], text: str, hint: str
) -> None:
    assert run("preview", text) == 2
    assert hint in " ".join(capsys.readouterr().err.split())


def test_the_hint_is_in_the_persons_language(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("preview", "http://127.0.0.1:1/x/AQAB", "--lang", "zh") == 2
    assert "短链接" in capsys.readouterr().err


def test_link_and_unlink_exclude_each_other(run: Run) -> None:
    assert run("preview", "65601", "--link", "--unlink") == 2


def test_a_site_that_does_not_answer_is_a_failure(run: Run) -> None:
    assert run("preview", "65601") == 1


def test_what_nobody_linked_cannot_be_unlinked(run: Run) -> None:
    assert run("preview", "65601", "--unlink") == 1
