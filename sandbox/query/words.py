"""Words in texts, as both products' `~` compares them: phrases, `*` and `?`."""

import re
from collections.abc import Callable

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+")
_PHRASE = re.compile(r'"([^"]*)"')


def words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def finder(asked: str) -> Callable[[str], bool]:
    """
    Whether every word is there, in any order; Chinese is compared sign by sign.

    >>> finder('"trust of" export*')("Win the trust of exporters")
    True
    """
    phrases = [words(phrase) for phrase in _PHRASE.findall(asked)]
    loose = _PHRASE.sub(" ", asked).split()
    open_ended = [word for word in loose if set(word) & {"*", "?"}]
    phrases += [words(word) for word in open_ended if _CHINESE.search(word)]
    patterns = [_pattern(word) for word in open_ended if not _CHINESE.search(word)]
    plain = {w for word in loose if not set(word) & {"*", "?"} for w in words(word)}

    def found(text: str) -> bool:
        there = words(text)
        return (
            plain <= set(there)
            and all(any(pattern.fullmatch(word) for word in there) for pattern in patterns)
            and all(_contains(there, phrase) for phrase in phrases)
        )

    return found


def highlighter(asked: str) -> re.Pattern[str] | None:
    """Where a text has one of the words that were asked for; None when no word was."""
    sought = [
        re.escape(word).replace(r"\*", r"\w*").replace(r"\?", r"\w") for word in asked.split()
    ]
    sought = [word.strip('"') for word in sought if words(word)]
    return re.compile("|".join(sought), re.IGNORECASE) if sought else None


def _pattern(word: str) -> re.Pattern[str]:
    signs = {"*": r"\w*", "?": r"\w"}
    return re.compile("".join(signs.get(sign) or re.escape(sign) for sign in word.casefold()))


def _contains(there: list[str], phrase: list[str]) -> bool:
    size = len(phrase)
    return any(there[at : at + size] == phrase for at in range(len(there) - size + 1))
