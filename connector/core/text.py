"""Numbers as people write them, in English and Chinese; values are exact.

What is no measure is not read as one: years, quarters, dates, versions, list numbers, issue keys.
"""

import re
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize

from opencc import OpenCC

from connector.core.sieve import sifted

NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d{1,15})(?:\.\d{1,15})?"
_SCALES = {
    "千": 10**3,
    "万": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "k": 10**3,
    "thousand": 10**3,
    "m": 10**6,
    "mn": 10**6,
    "million": 10**6,
    "b": 10**9,
    "bn": 10**9,
    "billion": 10**9,
}
_CURRENCIES = r"US\$|\$|€|£|¥|RMB|USD|EUR|CNY|GBP"
_UNITS_ZH = (
    "个百分点|百分点|个点(?![位击播])|个工作日|工作日|人民币|平方米|人民币元|美元|欧元|人次|个月|"
    "小时|分钟|毫秒|秒钟|公里|"
    "课时|人天|人月|人日|千瓦时|兆瓦时|千瓦|兆瓦|千克|公斤|毫克|千米|厘米|毫米|毫升|公顷|摄氏度|"
    "平米|立方米|颗星|克(?![服制])|斤|"
    "[元秒天周年次个人家项件条单台套倍户篇场名位份例款起分吨页门级亩笔间辆只座行处种类组批支张箱]"
)
_QUANTITY = re.compile(
    rf"(?<![A-Za-z0-9_.])(?<![A-Za-z]-)(?<!第)(?P<sign>[-−+](?=[\d$€£¥]))?"
    rf"(?P<currency>{_CURRENCIES})?\s?(?P<number>\d{{1,3}}⁄[1-9]\d{{0,2}}|{NUMBER})"
    rf"(?:\s?(?P<scale>[十百千]?万|亿|千(?!克|米|瓦|卡|伏|帕|赫|字)|thousand|million|billion|mn|"
    rf"bn|[kKMmB])(?![A-Za-z]))?"
    rf"\s?(?P<unit>%|‰|percentage points?|percent\b|pp\b|pts\b|{_UNITS_ZH}"
    r"|(?:working|business) days?|[ckm]?m[23](?![A-Za-z0-9])|[A-Za-z°µ]+(?:/[A-Za-z]+)?)?",
    re.IGNORECASE,
)
_BEHIND_NUMBERS = (  # and no units
    "a about above across after all and are as at be before below between by during each every "
    "for from has have if in into is its key less mn more new of on open or out over per so "
    "than that the their them then through to until up via was we were when where which while "
    "with within without daily weekly monthly quarterly yearly annual annually"
)
_NOT_UNITS = frozenset(_BEHIND_NUMBERS.split())
_MONTHS = (
    "Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|"
    "Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?"
)
_NO_MEASURE = sifted(
    r"(?<![A-Za-z])[TDNX]\s?\+\s?\d{1,2}(?!\d)|(?<!\d)\d\s?(?:对|[vV][sS]?|on|:)\s?\d(?![\d.%])"
    r"|(?<=\bper )\d[\d,]*(?![\d.%])|(?<=每)(?:千|万|百|\d[\d,]*)(?=[^\d%到至→降升提])|"
    r"(?<![\w.])v\d+(?:\.\d+)*|(?<![\d.])\d++(?:\.\d++){2,}|(?<![A-Za-z0-9])[A-Z][A-Z0-9_]+-\d+"
    r"|\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?(?!\d)|\d{4}\s?年(?:\s?\d{1,2}\s?月)?"
    r"(?:\s?\d{1,2}\s?[日号])?"
    r"|(?<![\d.])\d{1,2}/\d{1,2}(?![\d.])|\d{1,2}\s?月(?:\s?\d{1,2}\s?[日号])?|"
    r"\d{1,2}\s?[季期版号](?:度)?|\b24/7\b|\d+强(?!度)|7\s?[x×*]\s?24"
    r"|\d{2,4}\s?(?:Q[1-4]|H[12])(?!\d)|(?:FY|Q|H)\d{1,4}(?:[-/ ]\d{2,4}(?!\d))?"
    r"|\d{1,2}(?:st|nd|rd|th)\b|\(\d{4}\)"
    rf"|\d{{1,2}}\s(?:{_MONTHS})\b(?:\s\d{{4}})?|\b(?:{_MONTHS})\.?\s\d{{1,2}}(?:,?\s\d{{4}})?"
    rf"(?!\d)"
    r"|^\s*\(?\d{1,2}(?:\.\d{1,2})*(?:[.、):]|\.(?=\s))(?!\d)",
    re.IGNORECASE,
)
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufe0e\ufe0f\u00ad]")
_DIGITS = dict(zip("零一二两三四五六七八九", (0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_ZH = "[零一二两三四五六七八九十百]"
_ZH_COUNT = re.compile(
    rf"(?<![\w])?(?P<n>{_ZH}{{1,5}})(?P<unit>成(?!为|功|长|本|交|果|员|熟|立)|家|倍)"
)
_ZH_COUNTED = re.compile("[成家倍]")
_HALF_ZH = re.compile(r"一半|半数")
_ZH_PART = re.compile(rf"(?P<whole>{_ZH}{{1,3}}|\d{{1,3}})分之(?P<part>{_ZH}{{1,3}}|\d{{1,3}})")
_EN_PART = re.compile(
    r"\b(?P<part>one|a|two|three|four)[\s-](?P<whole>third|quarter|fifth)s?\b(?= of\b|$|[,.;)])"
)
_EN_HALF = re.compile(r"\bhalf(?= of (?:all |the |our )?[a-z])|(?<=\bby )half\b", re.IGNORECASE)
_EN_NUMERALS = {"one": 1, "a": 1, "two": 2, "three": 3, "four": 4}
_EN_PARTS = {"third": 3, "quarter": 4, "fifth": 5}
_ZH_PERCENT = re.compile(rf"百分之(?P<n>{_ZH}{{1,5}})")
_BOUNDS = {">=": "≥", "=>": "≥", "<=": "≤", "=<": "≤"}
_KEPT = 1_024  # the reader and lint look at the same short texts in turn
_LONGEST_KEPT = 1_000
_SIMPLIFIED = OpenCC("t2s")
_LEADING = re.compile(
    rf"(?:已|约|about|around|roughly|~|≈|大概|目前|整体|总体|累计|完成|进度|达成|done|"
    rf"complete[d]?|[:\s])*"
    rf"(?P<share>{NUMBER}\s?%|{NUMBER}\s?/\s?{NUMBER}|{NUMBER} of {NUMBER})(?![\d/])",
    re.IGNORECASE,
)
_AFTER_ASIDE = frozenset(")↑↓")
_ASIDE = re.compile(r"(?<=.)\s?(?:\([^()]{1,40}\)|[↑↓])+$")
_ABOUT = re.compile(
    r"(?:approx\.?|approximately|about|around|roughly|circa|ca\.|max\.?|min\.?|大约|大概|近|"
    r"将近)\s*(?=\d)",
    re.IGNORECASE,
)
_SHARE = re.compile(rf"({NUMBER})\s?(?:[/⁄]|of|out of)\s?({NUMBER})")
_MAY_BE_ABOUT = re.compile("[aArRcCmM大近将]")  # what those words begin with
_LONGEST_VALUE = 200
_DIGIT = re.compile(r"\d")
_YEARS = range(1900, 2101)


class Quantity(NamedTuple):
    """A number and what it counts; 80 % is 80 with the unit `%`, 1.2万 is 12000."""

    value: Fraction
    unit: str = ""

    @property
    def maybe_year(self) -> bool:
        value = self.value
        return not self.unit and value.denominator == 1 and value.numerator in _YEARS


class Found(NamedTuple):
    """A quantity inside a sentence, by its span in the normalised text.

    `scale` is what a word behind the number multiplied it by: a million, 万.
    """

    quantity: Quantity
    start: int
    end: int
    scale: int = 1


def plain(text: str) -> str:
    """Compatibility forms folded, invisible characters dropped, white space single.

    >>> plain("４２％  of\\u00a0all")
    '42% of all'
    """
    if text.isascii():
        return " ".join(text.split())
    folded = normalize("NFKC", _INVISIBLE.sub("", text))
    return " ".join(folded.split())


def simplified(text: str) -> str:
    """Traditional Chinese characters and phrases as the simplified ones that word lists hold.

    >>> simplified("關鍵結果：從 20s 降到 8s")
    '关键结果：从 20s 降到 8s'
    """
    return text if text.isascii() else str(_SIMPLIFIED.convert(text))


def readable(text: str) -> str:
    """`plain` and `simplified`, Chinese numerals before a measure as digits, bounds as one sign.

    Parts get the fraction slash, which tells them from a date: 三分之二 is 2⁄3.

    >>> readable("百分之二十, 三成, 兩家, >=5, 三分之二, two thirds of them")
    '20%, 30%, 2家, ≥5, 2⁄3, 2⁄3 of them'
    """
    said = plain(text)
    if len(said) > _LONGEST_KEPT:
        return _in_digits(said)
    return _kept(said)


@lru_cache(_KEPT)
def _kept(said: str) -> str:
    return _in_digits(said)


def _in_digits(said: str) -> str:
    if not said.isascii():
        said = _chinese_in_digits(simplified(said))
    if "third" in said or "quarter" in said or "fifth" in said:
        said = _EN_PART.sub(_english_part, said)
    if "half" in said.lower():
        said = _EN_HALF.sub("50%", said)
    if "=" in said:
        for written, sign in _BOUNDS.items():
            said = said.replace(written, sign)
    return said


def _chinese_in_digits(said: str) -> str:
    if "分之" in said:
        said = _ZH_PERCENT.sub(lambda m: f"{_numeral(m['n'])}%", said)
        said = _ZH_PART.sub(lambda m: f"{_count(m['part'])}⁄{_count(m['whole'])}", said)
    if "半" in said:
        said = _HALF_ZH.sub("50%", said)
    return _ZH_COUNT.sub(_counted, said) if _ZH_COUNTED.search(said) else said


def find_quantities(text: str, *, years: bool = False) -> list[Found]:
    """Every measure in a `readable` text, from left to right.

    >>> [f.quantity for f in find_quantities("2026 Q4: sign 12 customers, KR1.1, v2.0, UTF-8")]
    [Quantity(value=Fraction(12, 1), unit='customers')]
    """
    found = _quantities(text) if len(text) <= _LONGEST_KEPT else _matched(text)
    return list(found[0] if years else found[1])


@lru_cache(_KEPT)
def _quantities(text: str) -> tuple[tuple[Found, ...], tuple[Found, ...]]:
    return _matched(text)


def _matched(text: str) -> tuple[tuple[Found, ...], tuple[Found, ...]]:
    """All quantities, and those that can be no year."""
    if not _DIGIT.search(text):
        return (), ()
    masked = _NO_MEASURE.sub(lambda m: "\x00" * len(m[0]), text)
    found = tuple([_found(match) for match in _QUANTITY.finditer(masked)])
    certain = [f for f in found if not f.quantity.maybe_year or "," in text[f.start : f.end]]
    return found, found if len(certain) == len(found) else tuple(certain)


def parse_quantity(text: str) -> Quantity | None:
    """The one quantity that the whole text is; signs of bounds and directions may stand before.

    >>> parse_quantity("≥ 1.2万元")
    Quantity(value=Fraction(12000, 1), unit='元')
    >>> parse_quantity("¥3.4亿").value
    Fraction(340000000, 1)
    """
    return _parsed(text[:_LONGEST_VALUE])


@lru_cache(_KEPT)
def _parsed(text: str) -> Quantity | None:
    said = readable(text).strip("≥≤><~≈↑↓约 ")
    if not _DIGIT.search(said):
        return None
    if said[-1] in _AFTER_ASIDE:
        said = _ASIDE.sub("", said)
    if _MAY_BE_ABOUT.search(said):
        said = _ABOUT.sub("", said)
    match = _QUANTITY.match(said)
    if match is None:
        return None
    found = _found(match)
    rest = said[found.end :].strip(" .。以上内下+之及")
    if rest and (len(rest) > 12 or any(c.isdigit() for c in rest)):
        return None
    quantity = found.quantity
    return Quantity(quantity.value, quantity.unit or rest)


def parse_ratio(text: str) -> Fraction | None:
    """A share: `42%`, `0.42`, `18/43`, `四成`; a bare number above 1 is a percentage.

    >>> [parse_ratio(t) for t in ("42%", "0.42", "18/43", "70", "soon")]
    [Fraction(21, 50), Fraction(21, 50), Fraction(18, 43), Fraction(7, 10), None]
    """
    share = parse_share(text)
    if share is not None:
        return share
    found = parse_quantity(text)
    if found is None or found.unit not in {"", "%", "‰"}:
        return None
    if found.unit == "‰":
        return found.value / 1000
    return found.value / 100 if found.unit == "%" or abs(found.value) > 1 else found.value


def leading_ratio(text: str) -> Fraction | None:
    """The share that a short report starts with: `已完成 80%，剩余两家`, `8/12 stores live`.

    >>> leading_ratio("完成 65% 左右，等法务"), leading_ratio("waits for 3 sites")
    (Fraction(13, 20), None)
    """
    match = _LEADING.match(plain(text[:_LONGEST_VALUE]))
    if match is None:
        return None
    ratio = parse_ratio(match["share"])
    return ratio if ratio is not None and 0 <= ratio <= 1 else None


def parse_share(text: str) -> Fraction | None:
    """`18/43` or `18 of 43`, None for anything else.

    >>> parse_share("7/10")
    Fraction(7, 10)
    """
    match = _SHARE.fullmatch(readable(text[:_LONGEST_VALUE]))
    if match is None:
        return None
    whole = exact(match[2])
    return exact(match[1]) / whole if whole else None


def exact(digits: str) -> Fraction:
    """
    >>> exact("1,234.5")
    Fraction(2469, 2)
    """
    whole, point, part = digits.replace(",", "").partition(".")
    return Fraction(int(whole + part), 10 ** len(part)) if point else Fraction(int(whole))


def _found(match: re.Match[str]) -> Found:
    scale, unit, end = match["scale"] or "", match["unit"] or "", match.end()
    currency = match["currency"] or ""
    if scale == "m" and not currency:
        scale, unit, end = "", unit or "m", match.end()
    if unit.lower() in _NOT_UNITS:
        unit, end = "", match.start("unit")
    if "⁄" in match["number"]:
        part, whole = match["number"].split("⁄")
        return Found(
            Quantity(Fraction(int(part) * 100, int(whole)), "%"), match.start(), match.end("number")
        )
    factor = _SCALES.get(scale.lower(), 1) if scale else 1
    value = exact(match["number"])
    if factor != 1:
        value *= factor
    if match["sign"] in ("-", "−"):
        value = -value
    unit = "%" if unit.lower() == "percent" else unit
    if currency and unit and unit.isascii():  # $2M ARR is money: the word says of what
        unit, end = "", match.start("unit")
    return Found(Quantity(value, unit or currency), match.start(), end, factor)


def _counted(match: re.Match[str]) -> str:
    number = _numeral(match["n"])
    return f"{number * 10}%" if match["unit"] == "成" else f"{number}{match['unit']}"


def _count(text: str) -> int:
    return int(text) if text.isdecimal() else _numeral(text) or 1


def _english_part(match: re.Match[str]) -> str:
    return f"{_EN_NUMERALS[match['part']]}⁄{_EN_PARTS[match['whole']]}"


def _numeral(text: str) -> int:
    """Below a thousand: 二十五 is 25, 十 is 10, 一百二十 is 120."""
    total, digit = 0, 0
    for char in text:
        if char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            digit = digit * 10 + _DIGITS[char]
    return total + digit
