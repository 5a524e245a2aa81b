"""Colours keep the contrast that people with weak sight need (WCAG 2.2: 1.4.3, 1.4.11)."""

import re

import pytest

from macros.registry import STATIC

CSS = (STATIC / "tokens.css").read_text(encoding="utf-8")
BLOCKS = re.findall(r"\{\s*color-scheme: (light|dark);(.*?)\}", CSS, re.DOTALL)
TONES = ("good", "warn", "bad", "calm", "grey")


def colours(block: str) -> dict[str, str]:
    found = re.findall(r"--okr-([a-z-]+):[^;]*?(#[0-9a-f]{6})", block)
    return dict(found)


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[n : n + 2], 16) / 255) for n in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_dark_is_the_same_asked_for_and_by_the_readers_system() -> None:
    light, asked, by_system = (colours(block) for _, block in BLOCKS)

    assert asked == by_system
    assert asked.keys() == light.keys()


@pytest.mark.parametrize("block", [block for _, block in BLOCKS[:2]], ids=["light", "dark"])
def test_text_can_be_read_and_bars_can_be_told_apart(block: str) -> None:
    of = colours(block)
    texts = [("text", "surface"), ("subtle", "surface"), ("subtle", "sunken"), ("link", "surface")]
    texts += [(f"{tone}-text", f"{tone}-back") for tone in TONES]
    texts += [(f"{tone}-text", "surface") for tone in TONES]
    texts += [(f"{tone}-text", "sunken") for tone in ("good", "calm")]
    texts += [("text", f"{tone}-back") for tone in ("warn", "bad", "grey")]
    texts += [("link", "bad-back"), ("link", "sunken")]
    pictures = [(tone, ground) for tone in TONES for ground in ("surface", "track")]
    pictures += [("tick", "track"), ("tick", "surface"), ("focus", "surface")]

    weak = [
        (*pair, round(contrast(of[pair[0]], of[pair[1]]), 2))
        for pairs, least in ((texts, 4.5), (pictures, 3.0))
        for pair in pairs
        if contrast(of[pair[0]], of[pair[1]]) < least
    ]

    assert weak == []
