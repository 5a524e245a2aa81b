"""The port `PageProperties` in a dictionary."""

from copy import deepcopy
from dataclasses import dataclass, field

from connector.core.errors import Forbidden, NotFound, Unavailable
from connector.core.json import JsonObject
from connector.core.okr import PageId
from connector.core.publishing import PropertyKey
from tests.fakes.wiki import FakeWiki


@dataclass
class FakeProperties:
    """Those of the pages of `wiki`. `writes` says what was changed, in order."""

    wiki: FakeWiki
    kept: dict[tuple[PageId, PropertyKey], object] = field(default_factory=dict)
    locked: set[PageId] = field(default_factory=set)
    writes: list[tuple[PageId, PropertyKey]] = field(default_factory=list)
    reads: int = 0
    down: bool = False
    declared: bool = True

    def pages(self) -> list[PageId]:
        self._answer()
        return [
            page
            for page, key in self.kept
            if key is PropertyKey.OKRS and page in self.wiki.kept and self.declared
        ]

    def read(self, page: PageId, key: PropertyKey) -> object | None:
        self._answer()
        self.reads += 1
        return deepcopy(self.kept.get((page, key))) if page in self.wiki.kept else None

    def write(self, page: PageId, key: PropertyKey, value: JsonObject) -> bool:
        self._answer()
        if page not in self.wiki.kept:
            raise NotFound(f"page {page}")
        if self.kept.get((page, key)) == value:
            return False
        self._change(page, key)
        self.kept[page, key] = deepcopy(value)
        return True

    def delete(self, page: PageId, key: PropertyKey) -> bool:
        self._answer()
        if page not in self.wiki.kept or (page, key) not in self.kept:
            return False
        self._change(page, key)
        del self.kept[page, key]
        return True

    def _change(self, page: PageId, key: PropertyKey) -> None:
        if page in self.locked:
            raise Forbidden(f"page {page}")
        self.writes.append((page, key))

    def _answer(self) -> None:
        if self.down:
            raise Unavailable("confluence is down")
