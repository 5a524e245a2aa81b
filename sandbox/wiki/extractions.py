"""
What CQL may ask about content properties.

An app declares it in its descriptor (`confluenceContentProperties`); here the sandbox's own
registration does, with the same objects.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sandbox.wire import JsonObject, as_object, as_text

TYPES = ("number", "string", "text", "date")


class WrongDeclaration(ValueError):
    """The message says what is wrong with a declaration."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """One value of a property's JSON: at `path` under `key`, asked for by `alias` too."""

    key: str
    path: str
    type: str
    alias: str | None

    @property
    def field(self) -> str:
        return f"content.property[{self.key}].{self.path}".casefold()

    def values(self, value: object) -> list[object]:
        """What a property's value holds there; several only for a list of strings."""
        for step in self.path.split("."):
            value = as_object(value).get(step)
        if self.type == "string" and isinstance(value, list):
            return [one for one in value if isinstance(one, str)]
        return [] if value is None or isinstance(value, list | dict) else [value]


class Extractions:
    def __init__(self) -> None:
        self._held: dict[str, Extraction] = {}

    def all(self) -> list[Extraction]:
        return list(self._held.values())

    def named(self, field: str) -> Extraction | None:
        """By `content.property[key].path` or by an alias."""
        name = field.casefold()
        for one in self._held.values():
            if name == one.field or (one.alias is not None and name == one.alias.casefold()):
                return one
        return None

    def declare(self, told: object) -> None:
        """A descriptor, its `modules`, or the module itself. Raises `WrongDeclaration`."""
        found = list(_declared(told))
        for one in found:
            self._held[one.field] = one

    def withdraw(self, told: object) -> None:
        """The same objects; what they declared is forgotten."""
        for one in _declared(told):
            self._held.pop(one.field, None)


def _declared(told: object) -> Iterator[Extraction]:
    if isinstance(told, dict) and "modules" in told:
        told = told["modules"]
    if isinstance(told, dict) and "confluenceContentProperties" in told:
        told = told["confluenceContentProperties"]
    modules = told if isinstance(told, list) else [told]
    for module in modules:
        configurations = as_object(module).get("keyConfigurations")
        if not isinstance(configurations, list):
            raise WrongDeclaration("keyConfigurations is missing")
        for configuration in configurations:
            yield from _extractions(as_object(configuration))


def _extractions(configuration: JsonObject) -> Iterator[Extraction]:
    key, listed = as_text(configuration.get("propertyKey")), configuration.get("extractions")
    if not key or not isinstance(listed, list):
        raise WrongDeclaration("propertyKey and extractions must be given")
    for one in listed:
        told = as_object(one)
        path, kind = as_text(told.get("objectName")), told.get("type")
        if not path or kind not in TYPES:
            raise WrongDeclaration(f"objectName and a type of {', '.join(TYPES)} must be given")
        yield Extraction(key, path, str(kind), as_text(told.get("alias")) or None)
