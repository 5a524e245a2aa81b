"""How people number what they write, and the sample texts that a template leaves behind."""

import re

_COUNT = r"[一二三四五六七八九十]{1,3}|\d{1,2}"
_BEGIN = r"(?:[^\w\s(\[【「<'\"“‘]+\s*)?[(\[【「]?\s?"  # a pictogram, a bracket around the mark
_END = r"\s*(?:[:.、,|)）\]】」\-–—]+\s*|\s+|$)"
_OBJECTIVE = re.compile(
    rf"{_BEGIN}(?:O\s?-?(?P<a>\d{{1,2}}){_END}"
    rf"|(?:objective|goal|目[标標])\s*[#(]?\s?(?P<b>{_COUNT})\)?{_END}"
    r"|(?:objective|goal|目[标標]|O)\s*[\]】」)]?\s*[:]\s*|(?:objective|目[标標])\s+[-–—]\s+)",
    re.IGNORECASE,
)
_KEY_RESULT = re.compile(
    rf"{_BEGIN}(?:O\d{{1,2}}[\s.-]*)?(?:KR\s?-?\d{{1,2}}(?:[.-]\d{{1,2}})?{_END}"
    rf"|(?:key\s?result|关键结果|關鍵結果)\s*[#(]?\s?(?:{_COUNT})(?:[.-]\d{{1,2}})?\)?{_END}"
    r"|(?:KR|key\s?result|关键结果|關鍵結果)\s*[\]】」)]?\s*[:]\s*)",
    re.IGNORECASE,
)
# Of the words that such a mark may begin with. Most texts begin with another letter or digit, which
# says that there is none without any search.
_OBJECTIVE_BEGINS = frozenset("oOgG目")
_KEY_RESULT_BEGINS = frozenset("oOkK\u212a关關")
COUNTED = re.compile(r"^\(?\d{1,2}\s?[、.)](?!\d)\s*")
_SAMPLE = re.compile(
    r"(?:e\.g\.|for example|eg:|(?:sample|example)(?:\s?\d)?\s?:|例如|例:|如:|示例|样例|范例)"
    r"|(?:type|enter|add|insert|describe|list|write|define)\b.{0,24}"
    r"\b(?:objectives?|key results?|krs?|goals?|here)\b.{0,12}$"
    r"|(?:请输入|请填写|点击此处|在此|填写).{0,20}$|\[[^\]]*\]$|<[^>]*>$|【(?:请|在此|填写|此处|输入)[^】]*】$|\{[^}]*\}$"
    r"|(?:average|avg\.?|mean|overall|平均|平均分|均值|总分|综合得分|总评|汇总|总体)$|(?:tbd|n/a|total|sum|合计|总计|小计|待定|待补充|[-—–_./]+)$",
    re.IGNORECASE,
)


def split_objective(text: str) -> tuple[str, bool, bool]:
    """The title without its number, whether it bore a mark, and whether that was numbered.

    >>> split_objective("目标一:让客户不再追问库存")
    ('让客户不再追问库存', True, True)
    >>> split_objective("Goal keeping for beginners")
    ('Goal keeping for beginners', False, False)
    """
    first = text[:1]
    may = first in _OBJECTIVE_BEGINS or not first.isalnum()
    match = _OBJECTIVE.match(text) if may else None
    if match is None:
        return text, False, False
    title = text[match.end() :].strip()
    twice = _OBJECTIVE.match(title[1:].strip()) if title[:1] == "/" else None
    if twice:  # `O1 / 目标1: …`
        title = title[1:].strip()[twice.end() :].strip()
    return title, True, bool(match["a"] or match["b"])


def may_be_objective(words: str) -> bool:
    """False where words as they stand in the source certainly bear no mark of an objective."""
    return _may_begin(words, _OBJECTIVE_BEGINS)


def may_be_key_result(words: str) -> bool:
    return _may_begin(words, _KEY_RESULT_BEGINS)


def _may_begin(words: str, letters: frozenset[str]) -> bool:
    """Of other letters than these only some have a form that is one of them, as `Ｏ` has."""
    first = words.lstrip()[:1]
    plain = (first.isascii() and first.isalnum()) or "\u4e00" <= first <= "\u9fff"
    return first in letters or not plain


def split_key_result(text: str) -> tuple[str, bool]:
    """
    >>> split_key_result("KR1.1 NPS rises from 20 to 40")
    ('NPS rises from 20 to 40', True)
    """
    first = text[:1]
    may = first in _KEY_RESULT_BEGINS or not first.isalnum()
    match = _KEY_RESULT.match(text) if may else None
    return (text[match.end() :].strip(), True) if match else (text, False)


def without_count(text: str) -> str:
    """
    >>> without_count("1. Ferries run full"), without_count("1.5 h per call"), without_count("3) a")
    ('Ferries run full', '1.5 h per call', 'a')
    """
    return COUNTED.sub("", text)


def is_sample(title: str) -> bool:
    """A text that a template put there for its author to replace.

    >>> is_sample("e.g. Double our sign-ups"), is_sample("Add your key result here")
    (True, True)
    """
    return bool(_SAMPLE.match(title))
