"""The macro's settings in a real browser, with the real Forge bridge."""

import pytest
from playwright.sync_api import Page, expect

from tests.forge.host import Host, attach

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]  # the first run fetches packages


def opened(
    page: Page, frames: str, reader: str = "en-US", macro: str = "okr-objective", **config: str
) -> Host:
    host = Host(
        {"moduleKey": macro, "locale": reader, "localId": "1", "extension": {"config": config}}
    )
    attach(page, host)
    page.goto(f"{frames}/settings/index.html")
    expect(page.locator("form")).to_be_visible()
    return host


def test_what_was_chosen_is_saved_and_the_rest_left_out(page: Page, frames: str) -> None:
    host = opened(page, frames)
    page.fill("[name=objective]", " 2002-O1 ")
    page.select_option("[name=theme]", "dark")
    page.click("[type=submit]")

    assert host.submitted == {"config": {"objective": "2002-O1", "theme": "dark"}}


def test_earlier_choices_stand_there_those_of_a_connect_macro_too(page: Page, frames: str) -> None:
    opened(page, frames, objective="2002-O1", locale="zh-CN", theme="light")

    assert page.input_value("[name=objective]") == "2002-O1"
    assert page.input_value("[name=locale]") == "zh-CN"
    assert page.input_value("[name=theme]") == "light"


@pytest.mark.parametrize("key", ["okr-board", "okr-board--config"])
def test_a_board_has_settings_of_its_own(page: Page, frames: str, key: str) -> None:
    host = opened(page, frames, macro=key, level="team")
    assert page.locator("[name=objective]").count() == 0
    page.fill("[name=cycle]", "2026-Q4")
    page.fill("[name=space]", "HARBOUR")
    page.click("[type=submit]")

    assert host.submitted == {"config": {"cycle": "2026-Q4", "level": "team", "space": "HARBOUR"}}


def test_a_cycle_in_words_is_not_saved(page: Page, frames: str) -> None:
    host = opened(page, frames, macro="okr-board")
    page.fill("[name=cycle]", "this quarter")
    page.click("[type=submit]")

    assert host.submitted is None
    assert page.locator("[name=cycle]:invalid").count() == 1


def test_cancel_saves_nothing(page: Page, frames: str) -> None:
    host = opened(page, frames)
    page.click("#cancel")

    assert "close" in host.called
    assert host.submitted is None


def test_a_refusal_is_told(page: Page, frames: str) -> None:
    host = opened(page, frames)
    host.refuses = "Page is read-only"
    page.click("[type=submit]")

    expect(page.locator("[role=alert]")).to_contain_text("could not be saved: Page is read-only")


def test_it_is_filled_in_by_keyboard(page: Page, frames: str) -> None:
    host = opened(page, frames)
    page.keyboard.type("2002-O1")
    page.keyboard.press("Enter")
    page.wait_for_timeout(100)

    assert host.submitted == {"config": {"objective": "2002-O1"}}


@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
def test_every_field_has_its_name_in_both_languages(page: Page, frames: str, locale: str) -> None:
    opened(page, frames, locale)
    names = {"en-US": ["Objective", "Language", "Colours"], "zh-CN": ["目标", "语言", "颜色"]}

    for name in names[locale]:
        expect(page.get_by_label(name)).to_be_visible()
    assert page.locator("[data-say]:text-is('')").count() == 0
    assert page.get_attribute("html", "lang") == ("zh-CN" if locale == "zh-CN" else "en")


@pytest.mark.parametrize("width", [320, 760])
def test_no_width_needs_horizontal_scrolling(page: Page, frames: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 600})
    opened(page, frames)

    assert page.evaluate("document.documentElement.scrollWidth") <= width
