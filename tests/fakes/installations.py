"""The port `Installations` in dictionaries."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from connector.core.installation import DoorKind, Installation, InstallationKey
from connector.core.okr import SiteId

OLD_SECRET_LASTS = timedelta(minutes=5)
Place = tuple[DoorKind, InstallationKey]


@dataclass
class FakeInstallations:
    kept: dict[Place, Installation] = field(default_factory=dict)
    current: dict[Place, str] = field(default_factory=dict)
    previous: dict[Place, tuple[str, datetime]] = field(default_factory=dict)
    lent: dict[SiteId, tuple[str, datetime]] = field(default_factory=dict)

    def find(self, door: DoorKind, key: InstallationKey) -> Installation | None:
        return self.kept.get((door, key))

    def of_site(self, site: SiteId) -> list[Installation]:
        return [one for one in self.alive() if one.site == site]

    def ever_of_site(self, site: SiteId) -> list[Installation]:
        return _latest_first([one for one in self.kept.values() if one.site == site])

    def of_cloud(self, door: DoorKind, cloud_id: str) -> list[Installation]:
        mine = [one for one in self.kept.values() if (one.door, one.cloud_id) == (door, cloud_id)]
        return _latest_first(mine)

    def alive(self) -> list[Installation]:
        return _latest_first([one for one in self.kept.values() if one.alive])

    def save(self, installation: Installation, *, secret: str | None = None) -> None:
        place = installation.door, installation.key
        before = self.current.get(place)
        self.kept[place] = installation
        if secret is None or secret == before:
            return
        self.current[place] = secret
        self.previous.pop(place, None)
        if before is not None:
            self.previous[place] = before, installation.installed_at + OLD_SECRET_LASTS

    def secrets(self, door: DoorKind, key: InstallationKey, now: datetime) -> tuple[str, ...]:
        place = door, key
        if place not in self.current:
            return ()
        old, until = self.previous.get(place, ("", now))
        return (self.current[place], *((old,) if now < until else ()))

    def end(self, door: DoorKind, key: InstallationKey, at: datetime) -> None:
        place = door, key
        self.current.pop(place, None)
        self.previous.pop(place, None)
        if (found := self.kept.get(place)) is None:
            return
        self.kept[place] = found.ended(at)
        if door == DoorKind.FORGE:
            self.lent.pop(found.site, None)

    def forget_ended(self, before: datetime) -> list[SiteId]:
        old = {
            place: one for place, one in self.kept.items() if one.ended_at and one.ended_at < before
        }
        for place in old:
            del self.kept[place]
        left = {one.site for one in self.kept.values()}
        return sorted({one.site for one in old.values()} - left)

    def keep_token(self, site: SiteId, token: str, expires: datetime) -> None:
        self.lent[site] = token, expires

    def token(self, site: SiteId, now: datetime) -> str | None:
        found, expires = self.lent.get(site, ("", now))
        return found if expires > now else None


def _latest_first(found: list[Installation]) -> list[Installation]:
    by_key = sorted(found, key=lambda one: one.key)
    return sorted(by_key, key=lambda one: one.installed_at, reverse=True)
