"""The objective macro as HTML: whole pages, and what must never get into one."""

import os
from dataclasses import replace
from itertools import pairwise

import pytest
from lxml import html

from connector.catalogue import LOCALES
from connector.core.okr import IssueKey, PageState, Person
from macros.objective.view import Showing
from macros.registry import MACROS, STATIC
from tests.fakes.okrs import Sample, warehouse
from tests.macros.golden import FOLDER, canonical
from tests.macros.tree import attributes, texts, tree, values
from tests.macros.views import every_state, html_of, view_of

NASTY = "\"'><img src=x onerror=alert(1)><script>alert(1)</script>{{7*7}}&amp;"
STATES = tuple(every_state("en"))


@pytest.mark.parametrize(
    ("name", "locale"),
    [("warehouse", "zh-CN"), ("harbourline", "en"), ("broken", "zh-CN"), ("empty", "en")],
)
def test_a_page_looks_as_agreed(name: str, locale: str) -> None:
    """OKR_REWRITE_GOLDEN=1 writes the agreed pages anew; read the difference before a commit."""
    page = canonical(html_of(every_state(locale)[name], locale, tag="abc"))
    file = FOLDER / f"objective__{name}__{locale}.txt"
    if os.environ.get("OKR_REWRITE_GOLDEN"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page, encoding="utf-8")

    assert page == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", STATES)
def test_every_state_is_a_whole_page_in_the_readers_language(name: str, locale: str) -> None:
    page = tree(html_of(every_state(locale)[name], locale, theme="dark"))

    assert page.get("lang") == locale
    assert page.get("data-color-mode") == "dark"
    assert len(texts(page, "main")) == 1
    assert texts(page, "title") == texts(page, "h1")


@pytest.mark.parametrize("name", STATES)
def test_nothing_needs_more_than_self_of_a_content_security_policy(name: str) -> None:
    page = tree(html_of(every_state("en")[name]))

    assert (texts(page, "style"), texts(page, "script")) == ([], ["", ""])
    assert handlers_and_styles(page) == []
    assert all(
        url.startswith(("/assets/", "#", "https://jira.example.org/"))
        for url in values(page, "src", "href")
    )


def handlers_and_styles(page: html.HtmlElement) -> list[str]:
    return [name for name, _ in attributes(page) if name == "style" or name.startswith("on")]


def test_every_asset_a_page_names_is_there() -> None:
    named = values(tree(html_of(view_of(warehouse()))), "src", "href")
    assets = {url.removeprefix("/assets/") for url in named if url.startswith("/assets/")}

    assert assets
    assert assets <= {file.name for file in STATIC.iterdir()}


def test_ids_stand_once() -> None:
    ids = values(tree(html_of(view_of(warehouse()))), "id")

    assert len(ids) == len(set(ids))


def test_headings_go_down_one_step_at_a_time() -> None:
    page = tree(html_of(view_of(warehouse())))
    levels = [int(str(one.tag)[1]) for one in page.iter("h1", "h2", "h3", "h4")]

    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_author_text_never_becomes_markup() -> None:
    """Titles, names, units, issue summaries, addresses: all are text, whoever wrote them."""
    page = tree(html_of(view_of(nasty(warehouse()), jira_url=NASTY)))

    assert texts(page, "img") == []
    assert texts(page, "script") == ["", ""]
    assert handlers_and_styles(page) == []
    assert texts(page, "h2")[:2] == [NASTY, NASTY]
    assert not [url for url in values(page, "href") if not url.startswith(("/assets/", "#"))]


@pytest.mark.parametrize("theme", ["sepia", "", '"><script>'])
def test_an_unknown_theme_follows_the_reader(theme: str) -> None:
    assert tree(html_of(view_of(warehouse()), theme=theme)).get("data-color-mode") == "auto"


def test_not_found_says_the_same_whatever_the_reason() -> None:
    """A reader who may not see a page must not learn that it exists."""
    hidden = view_of(None)
    gone = view_of(Sample(replace(warehouse().page, state=PageState.GONE), {}))

    assert html_of(hidden) == html_of(gone)
    assert hidden.showing is Showing.NOT_FOUND


def test_the_registry_names_the_macros_by_both_of_their_keys() -> None:
    keys = {key: macro.host_key for key, macro in MACROS.items()}

    assert keys == {"objective": "okr-objective", "board": "okr-board"}


def nasty(sample: Sample, said: str = NASTY) -> Sample:
    okrs = sample.page.okrs
    assert okrs is not None
    objectives = tuple(
        replace(
            one,
            title=said,
            owners=(Person(said),),
            key_results=tuple(
                replace(
                    row,
                    title=said,
                    owners=(Person(said),),
                    measure_method=said,
                    metric=replace(row.metric, unit=said) if row.metric else None,
                )
                for row in one.key_results
            ),
        )
        for one in okrs.objectives
    )
    deliveries = {
        key: replace(
            one,
            issues=tuple(
                replace(issue, key=IssueKey(said), summary=said, status=said)
                for issue in one.issues
            ),
        )
        for key, one in sample.deliveries.items()
    }
    page = replace(sample.page, title=said, okrs=replace(okrs, objectives=objectives))
    return Sample(page, deliveries)
