"""Curly quotes are narrow in English and full width in Chinese: the order of fonts decides."""

import re

from macros.registry import STATIC

CSS = (STATIC / "macro.css").read_text(encoding="utf-8")
CHINESE = ("PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC")
LATIN = ("-apple-system", "Segoe UI", "Roboto", "Arial")


def fonts(selector: str) -> list[str]:
    block = re.search(rf"^{re.escape(selector)} {{.*?font(?:-family)?:(.*?);", CSS, re.M | re.S)
    assert block is not None
    return [one.strip().strip('"').split('"')[-1] for one in block[1].split(",")]


def test_english_prefers_latin_fonts_and_chinese_its_own() -> None:
    chinese, english = fonts("html"), fonts('html[lang^="en"]')

    assert max(map(english.index, LATIN)) < min(map(english.index, CHINESE))
    assert max(map(chinese.index, CHINESE)) < min(map(chinese.index, LATIN))
