"""Content properties of pages, by their key: read, written when they change, deleted."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from connector.atlassian.endpoints import DATA_CENTER_WRITES, Read, Write
from connector.atlassian.http import Door, PropertyChange
from connector.atlassian.wiki_wire import next_cursor, stamp
from connector.core.errors import Conflict, NotFound, Refused, Unavailable
from connector.core.json import JsonObject
from connector.core.okr import PageId
from connector.core.publishing import PropertyKey, digest

MOST_TRIES = 3
FOUND_PER_CALL = 200
MOST_ANSWERS = 100
# The alias is that of the number of objectives in our Connect descriptor.
WITH_OURS = "type = page and okrobjectives >= 0"


@dataclass(frozen=True, slots=True)
class Held:
    """A property as the site holds it."""

    id: str
    version: int
    value: object


Finder = Callable[[Door, PageId, PropertyKey], list[Held]]


@dataclass(frozen=True, slots=True)
class SiteProperties:
    """
    The port `PageProperties` over a site.

    A property is changed by its next version, so of two who write at once one is refused, and
    looks again. Cloud may refuse a new key as one that is there already although it showed none
    (https://jira.atlassian.com/browse/CONFCLOUD-72142): that is looked at again too.
    """

    door: Door
    find: Finder
    create: Write
    update: Write
    remove: Write

    def pages(self) -> list[PageId]:
        """
        CQL knows a property where an app has declared it, our Connect app this one, for whoever
        asks. Data Center wants a plug-in for that, so it is not asked.
        https://developer.atlassian.com/cloud/confluence/modules/content-property/
        """
        if self.update in DATA_CENTER_WRITES:
            return []
        try:
            return list(dict.fromkeys(self._searched()))
        except Refused:
            return []

    def _searched(self) -> Iterator[PageId]:
        params: dict[str, str | int] = {
            "cql": WITH_OURS,
            "limit": FOUND_PER_CALL,
            "expand": "content.version",
        }
        for _ in range(MOST_ANSWERS):
            answer = self.door.read(Read.WIKI_SEARCH, params=params)
            results = answer.get("results")
            for one in results if isinstance(results, list) else ():
                seen = stamp(one) if isinstance(one, dict) else None
                if seen is not None:
                    yield seen.page
            cursor = next_cursor(answer)
            if cursor is None or cursor == params.get("cursor"):
                return
            params["cursor"] = cursor

    def read(self, page: PageId, key: PropertyKey) -> object | None:
        try:
            found = self.find(self.door, page, key)
        except NotFound:
            return None
        return found[0].value if found else None

    def write(self, page: PageId, key: PropertyKey, value: JsonObject) -> bool:
        wanted = digest(value)
        for tries in range(MOST_TRIES):
            held = next(iter(self.find(self.door, page, key)), None)
            if held is not None and digest(held.value) == wanted:
                return False
            try:
                self._put(page, key, value, held)
            except (Conflict, Refused) as error:
                first = isinstance(error, Conflict) or held is None
                if not first or tries == MOST_TRIES - 1:
                    raise
            else:
                return True
        raise AssertionError("unreachable: the last attempt returns or raises")

    def delete(self, page: PageId, key: PropertyKey) -> bool:
        try:
            found = self.find(self.door, page, key)
            for held in found:
                change = PropertyChange(page, key, held=held.id)
                self.door.write(self.remove, change)
        except NotFound:
            return False
        return bool(found)

    def _put(self, page: PageId, key: PropertyKey, value: JsonObject, held: Held | None) -> None:
        if held is None:
            self.door.write(self.create, PropertyChange(page, key, value))
            return
        change = PropertyChange(page, key, value, version=held.version + 1, held=held.id)
        self.door.write(self.update, change)


def cloud_properties(door: Door) -> SiteProperties:
    """Version 2 knows a property by its id, which is looked up by its key."""
    return SiteProperties(
        door, _on_cloud, Write.PROPERTY_CREATE, Write.PROPERTY_UPDATE, Write.PROPERTY_DELETE
    )


def data_center_properties(door: Door) -> SiteProperties:
    return SiteProperties(
        door,
        _on_data_center,
        Write.DC_PROPERTY_CREATE,
        Write.DC_PROPERTY_UPDATE,
        Write.DC_PROPERTY_DELETE,
    )


def _on_cloud(door: Door, page: PageId, key: PropertyKey) -> list[Held]:
    results = door.read(Read.PAGE_PROPERTIES, part=page, params={"key": key.value}).get("results")
    if not isinstance(results, list):
        raise Unavailable("confluence page_properties answered without results")
    listed = [one for one in results if isinstance(one, dict) and one.get("key") == key]
    return [_held(one) for one in listed]


def _on_data_center(door: Door, page: PageId, key: PropertyKey) -> list[Held]:
    """404 for a page and for a property that is not there, in words that are not promised."""
    try:
        given = door.read(Read.DC_PROPERTY, part=f"{page}/{key}", params={"expand": "version"})
    except NotFound:
        return []
    return [_held(given)]


def _held(given: JsonObject) -> Held:
    version = given.get("version")
    number = version.get("number") if isinstance(version, dict) else None
    held = given.get("id")
    if not isinstance(number, int) or not isinstance(held, str | int) or "value" not in given:
        raise Unavailable("confluence: a property without id, value or version")
    return Held(str(held), number, given["value"])
