"""link: an address that a browser opens without any other proof."""

from urllib.parse import parse_qs, urlsplit

import pytest

from connector.core.okr import PageId, SiteId
from connector.web.signatures import sign_macro
from tests.cli.conftest import Run

TOKEN = "an-api-token-for-tests"


@pytest.fixture(autouse=True)
def site(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    """After `run`, which clears what the environment says."""
    del run
    monkeypatch.setenv("OKR_CONFLUENCE_URL", "https://wiki.example/wiki")
    monkeypatch.setenv("OKR_JIRA_URL", "https://jira.example")
    monkeypatch.setenv("OKR_TOKEN", "a-site-token")
    monkeypatch.setenv("OKR_BASE_URL", "https://okr.example/")


@pytest.mark.parametrize("page", ["65601", "https://wiki.example/wiki/spaces/X/pages/65601/Title"])
def test_with_a_token_the_address_is_signed_for_this_page(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], page: str
) -> None:
    monkeypatch.setenv("OKR_API_TOKEN", TOKEN)

    status = run("link", page, "--objective", "65601-O1")

    address = urlsplit(capsys.readouterr().out.strip())
    due = sign_macro(TOKEN, site=SiteId("wiki.example"), page=PageId("65601"), macro="objective")
    assert status == 0
    assert f"{address.scheme}://{address.netloc}{address.path}" == (
        "https://okr.example/macros/objective"
    )
    assert parse_qs(address.query) == {
        "page": ["65601"],
        "objective": ["65601-O1"],
        "sig": [due],
    }
    assert TOKEN not in address.query


def test_without_a_token_there_is_nothing_to_sign_with(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("OKR_API_TOKEN", raising=False)
    monkeypatch.delenv("OKR_BASE_URL")

    assert run("link", "65601") == 0
    assert capsys.readouterr().out == "http://127.0.0.1:8090/macros/objective?page=65601\n"


def test_what_names_no_page_is_wrong_usage(run: Run) -> None:
    assert run("link", "the wiki") == 2


def test_an_address_of_data_center_has_the_id_or_is_told_where_to_find_it(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("link", "https://wiki.example/confluence/pages/viewpage.action?pageId=65601") == 0
    assert "page=65601" in capsys.readouterr().out
    assert run("link", "https://wiki.example/confluence/display/OKR/Company+OKRs") == 2
    assert "pageId=" in capsys.readouterr().err
