"""Which fields of an issue a request asks for."""

from collections.abc import Callable, Iterable
from functools import lru_cache

_NOT_NAVIGABLE = {"comment", "attachment", "worklog", "timetracking", "issuelinks"}


def choose_fields(asked: Iterable[str]) -> Callable[[str], bool]:
    """
    Which fields a `fields` parameter wants.

    >>> chosen = choose_fields(["*all", "-summary"])
    >>> chosen("summary"), chosen("status")
    (False, True)
    """
    return _chooser(tuple(asked))


@lru_cache(maxsize=256)
def _chooser(asked: tuple[str, ...]) -> Callable[[str], bool]:
    wanted = [name.strip() for name in asked if name.strip()]
    refused = {name[1:] for name in wanted if name.startswith("-")}
    named = {name for name in wanted if not name.startswith("-")}
    everything = "*all" in named or (bool(refused) and not named)
    navigable = "*navigable" in named

    def chosen(name: str) -> bool:
        if name in refused:
            return False
        return everything or name in named or (navigable and name not in _NOT_NAVIGABLE)

    return chosen
