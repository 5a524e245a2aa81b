"""The words of the sandbox's own pages, in two languages. Content stays as authored."""

from sandbox.ui.words_en import EN
from sandbox.ui.words_zh import ZH

WORDS = {"en": EN | {"other": "中文"}, "zh": ZH | {"other": "English"}}
