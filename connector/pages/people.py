"""People named on a page: mentions first, else names as they are written."""

import re

from connector.core.okr import Person
from connector.core.text import plain
from connector.pages.content import Content

_BETWEEN = re.compile(r"\s*(?:[,、;/&+|]|\band\b|(?<=\S)\s和\s|\n)\s*")
_ROLE = re.compile(r"[(\[].*[)\]]")  # behind a mention
_LONGEST_NAME = 60
_NOBODY = frozenset({"", "-", "—", "–", "tbd", "n/a", "待定", "无", "?"})


def people_in(content: Content) -> tuple[Person, ...]:
    """
    >>> people_in(Content(("Ana Cruz, 张三 / 李四",)))[1]
    Person(name='张三', account_id=None)
    """
    names = [
        name.strip("@ .")
        for line in content.lines
        for name in _BETWEEN.split(plain(line))
        if name.strip().lower() not in _NOBODY
        and not (content.people and _ROLE.fullmatch(name.strip()))
    ]
    written = [Person(name[:_LONGEST_NAME]) for name in names if name]
    return tuple(dict.fromkeys([*content.people, *written]))
