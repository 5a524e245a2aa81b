"""A sentence of an OKR as the rules look at it: its language, its words, its numbers."""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from connector.core.measures import Statement, read_statement
from connector.core.names import without_names
from connector.core.sieve import sifted
from connector.core.text import Found, find_quantities, readable

_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN_WORD = re.compile(r"[A-Za-z]+(?:[’'-][A-Za-z]+)*")
_TOKEN = re.compile(r"[A-Za-z]+(?:[’'&/-][A-Za-z]+)*|\d[\d.,]*%?")
_NUMERAL_ZH = sifted(
    r"[两二三四五六七八九十百]+\s?[个座条位名款项套场间台所份家]|过半|半数|[百千万]分之[一二三四五六七八九十]+"
)
_NUMERAL_EN = sifted(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|"
    r"a dozen|half|a third|a quarter)"
    r" (?:of |[a-z]+)",
    re.IGNORECASE,
)
_LONGEST = 1_000
_KEPT = 1_024  # titles are looked at by rules about them and by rules about their set


@dataclass(frozen=True)
class Sentence:
    """`text` is normalised (width, spaces, Chinese numerals before a measure, simplified forms)."""

    text: str

    @classmethod
    def of(cls, written: str) -> "Sentence":
        """
        >>> Sentence.of("把首屏時間從 20s 降到 8s").text
        '把首屏时间从 20s 降到 8s'
        """
        return _sentence(written[:_LONGEST])

    @cached_property
    def chinese(self) -> bool:
        """Which language's words to look for: that of more words (two characters make one)."""
        han = len(_HAN.findall(self.text))
        return han > 0 and han >= len(_LATIN_WORD.findall(self.text))

    @cached_property
    def words(self) -> list[str]:
        """English words and numbers, lower case, in order."""
        return [word.lower() for word in _TOKEN.findall(self.text)]

    @cached_property
    def quantities(self) -> list[Found]:
        """Measures; digits in names (5G, ISO 27001, 双11) are none."""
        return find_quantities(without_names(self.text))

    @cached_property
    def statement(self) -> Statement | None:
        return read_statement(self.text)

    @property
    def measured(self) -> bool:
        """Whether it says a number, `double` and 翻番 among them."""
        if self.quantities or self.statement is not None:
            return True
        return bool((_NUMERAL_ZH if self.chinese else _NUMERAL_EN).search(self.text))


@lru_cache(_KEPT)
def _sentence(written: str) -> Sentence:
    return Sentence(readable(written))
