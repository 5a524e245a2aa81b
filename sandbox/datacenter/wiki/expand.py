"""`expand=body.storage,version,ancestors`: which parts of a thing come along, as a tree."""

from collections.abc import Iterable


class Expand:
    """
    The parts asked for; each has parts of its own.

    >>> asked = Expand.of("body.storage,version")
    >>> "body" in asked, "view" in asked.within("body")
    (True, False)
    """

    def __init__(self, paths: Iterable[tuple[str, ...]] = ()) -> None:
        self._paths = [path for path in paths if path]

    @classmethod
    def of(cls, *texts: str) -> "Expand":
        parts = (part.strip() for text in texts for part in text.split(","))
        return cls(tuple(part.split(".")) for part in parts if part)

    def __contains__(self, name: str) -> bool:
        return any(path[0] == name for path in self._paths)

    def within(self, name: str) -> "Expand":
        return Expand(path[1:] for path in self._paths if path[0] == name)

    def names(self) -> list[str]:
        return list(dict.fromkeys(path[0] for path in self._paths))

    def whole_names(self) -> list[str]:
        """The parts with their dots, for a property's key may have some."""
        return list(dict.fromkeys(".".join(path) for path in self._paths))
