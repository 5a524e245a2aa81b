"""What people paste from their browser, and the page it means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector.core.page_address import NoPageMeant, PageById, PageByTitle, page_meant

WIKI = "https://acme.example/wiki"


@pytest.mark.parametrize(
    "text",
    [
        "65601",
        "  65601\n",
        "https://acme.example/wiki/spaces/OKR/pages/65601/Company+OKRs",
        "https://acme.example/wiki/spaces/OKR/pages/65601",
        "https://ACME.example/wiki/spaces/~712020abc/pages/65601/%E7%9B%AE%E6%A0%87?focusedCommentId=9#x",
        "https://acme.example/wiki/spaces/OKR/pages/edit-v2/65601?draftShareId=1",
        "https://acme.example/pages/viewpage.action?pageId=65601",
        "https://acme.example/confluence/pages/viewpage.action?src=x&pageId=65601#anchor",
        "https://acme.example/pages/editpage.action?pageId=65601",
        "<https://acme.example/wiki/spaces/OKR/pages/65601/Company>",
        "/wiki/spaces/OKR/pages/65601/Company",
    ],
)
def test_an_id_or_an_address_with_one_means_its_page(text: str) -> None:
    assert page_meant(text, wiki_url=WIKI) == PageById("65601")  # type: ignore[arg-type]  # an id


@pytest.mark.parametrize(
    ("text", "space", "title"),
    [
        ("https://acme.example/display/OKR/Company+OKRs", "OKR", "Company OKRs"),
        ("https://acme.example/confluence/display/~ada/2026+OKR/", "~ada", "2026 OKR"),
        ("https://acme.example/display/OKR/%E7%9B%AE%E6%A0%87+Q4%3F", "OKR", "目标 Q4?"),
        ("https://acme.example/pages/viewpage.action?spaceKey=OKR&title=A+%2B+B", "OKR", "A + B"),
    ],
)
def test_an_address_without_an_id_has_space_and_title(text: str, space: str, title: str) -> None:
    assert page_meant(text, wiki_url=WIKI) == PageByTitle(space, title)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "unreadable"),
        ("the wiki", "unreadable"),
        ("１２３", "unreadable"),
        ("https://[acme.example/pages/1", "unreadable"),
        ("javascript:/pages/65601", "unreadable"),
        ("9" * 20, "unreadable"),
        ("https://acme.example/wiki/x/AQAB", "tiny"),
        ("https://acme.example/x/A-_b", "tiny"),
        ("https://acme.example/wiki/l/cp/ab12", "tiny"),
        ("https://other.example/wiki/spaces/OKR/pages/65601/Company", "elsewhere"),
        ("https://acme.example/wiki/spaces/OKR/overview", "space"),
        ("https://acme.example/display/OKR", "space"),
        ("https://acme.example/wiki/spaces/OKR/blog/2026/11/23/65601/News", "other_kind"),
        ("https://acme.example/wiki/spaces/OKR/whiteboard/65601", "other_kind"),
        ("https://acme.example/display/OKR/2026/11/23/News", "other_kind"),
    ],
)
def test_what_means_no_page_says_what_it_is_instead(text: str, reason: str) -> None:
    with pytest.raises(NoPageMeant) as refused:
        page_meant(text, wiki_url=WIKI)

    assert refused.value.reason == reason


def test_behind_the_gateway_of_scoped_tokens_pages_have_addresses_of_their_own() -> None:
    gateway = "https://api.atlassian.com/ex/confluence/11111111-2222"

    found = page_meant("https://acme.example/wiki/spaces/OKR/pages/1/T", wiki_url=gateway)

    assert found == PageById("1")  # type: ignore[arg-type]  # an id


@given(st.text(max_size=60) | st.text(max_size=40).map(lambda tail: f"https://acme.example/{tail}"))
def test_any_text_means_a_page_or_says_why_not(text: str) -> None:
    try:
        found = page_meant(text, wiki_url=WIKI)
    except NoPageMeant:
        return
    assert isinstance(found, PageById | PageByTitle)
