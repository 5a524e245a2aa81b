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
    r"(?<![这那第上下前后])(?:[两三四五六七八九十百千]+|二十?(?!次开发|手|线|维))\s?"
    r"(?:[个座条位名款项套场间台所份家元件单篇次周天秒万亿倍]|"
    r"小时|分钟|个月|人次|百分点|工作日)|"
    r"过半|半数|[百千万]分之[一二三四五六七八九十]+"
)
_SHARE = re.compile(  # 18/20, and 3/4 where it can be no date
    r"(?<![\d./])(?:\d{1,3}\s?/\s?(?:1[3-9]|[2-9]\d|1\d\d)|[1-9]/(?:[2-9]|10))(?![\d./%])"
    r"(?!\s?(?:前|之前|日))"
)
_DATE_BEFORE = re.compile(
    r"\b(?:by|on|before|until|due|from|since|after)\s$|[在于至到前]\s?$", re.IGNORECASE
)
_NUMERAL_EN = sifted(
    r"(?<!the )(?<!these )(?<!those )(?<!our )(?<!between )(?<!tier )(?<!level )(?<!phase )"
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    r"sixteen|seventeen|"
    r"eighteen|nineteen|twenty|thirty|forty|"
    r"fifty|sixty|seventy|eighty|ninety|(?:a|one) (?:hundred|thousand|million|dozen)|hundreds|"
    r"a dozen|half|a third|a quarter|a fifth)"
    r" (?:of |per |percent|[a-z]+)|"
    r"\b(?:twice|thrice) (?:as|the|a|per|every|their|our|its)\b|"
    r"\b(?:two|three|four|five|ten|hundred)-?fold\b",
    re.IGNORECASE,
)
_LABEL = re.compile(  # KR2:, O1 -, 目标一、
    r"^\s*(?:KR\s?\d{0,2}(?:\.\d{1,2})?(?![A-Za-z0-9%])[\s:.、)-]*|"
    r"(?:O\s?\d{1,2}|Objective(?: \d{1,2})?|Key result(?: \d{1,2})?|"
    r"(?:目标|关键结果|指标)\s?[\d一二三四五六七八九]{0,2})\s?[:、)-]+\s*)",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"^(?:in|by|during|over|within|throughout|before|until|this|next|across|through|for|from|at|on|"
    r"with|as|q[1-4]|h[12]|fy ?\d+|20\d\d)\b[^,;:]{0,40}[,:]\s+(?=[a-z])",
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
        """English words and numbers, lower case, in order; `In 2026,` before them aside."""
        return [word.lower() for word in _TOKEN.findall(_OPENING.sub("", self.text))]

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
        if (_NUMERAL_ZH if self.chinese else _NUMERAL_EN).search(self.text):
            return True
        shares = _SHARE.finditer(without_names(self.text))
        return any(not _DATE_BEFORE.search(self.text[: one.start()]) for one in shares)


@lru_cache(_KEPT)
def _sentence(written: str) -> Sentence:
    return Sentence(_LABEL.sub("", readable(written)))
