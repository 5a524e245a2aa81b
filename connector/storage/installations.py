"""Installations in SQL; their secrets only ever encrypted."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa

from connector.core.installation import (
    Address,
    DoorKind,
    Installation,
    InstallationKey,
    Product,
)
from connector.core.json import JsonObject
from connector.core.okr import SiteId
from connector.storage.engines import Database
from connector.storage.keyring import Keyring
from connector.storage.tables import installations, tokens

SCOPE = "installations"
# Requests signed with the old secret are under way while a site changes it.
OLD_SECRET_LASTS = timedelta(minutes=5)
_LATEST_FIRST = (installations.c.installed_at.desc(), installations.c.key)


@dataclass(frozen=True, slots=True)
class SqlInstallations:
    """The port `Installations` over one database; every method may raise Unavailable."""

    database: Database
    keyring: Keyring = field(repr=False)

    def find(self, door: DoorKind, key: InstallationKey) -> Installation | None:
        found = self._book().kept.get((door, key))
        return found.installation if found else None

    def of_site(self, site: SiteId) -> list[Installation]:
        return list(self._book().alive.get(site, ()))

    def ever_of_site(self, site: SiteId) -> list[Installation]:
        return self._some(installations.c.site == site)

    def of_cloud(self, door: DoorKind, cloud_id: str) -> list[Installation]:
        return self._some(installations.c.door == door, installations.c.cloud_id == cloud_id)

    def alive(self) -> list[Installation]:
        return self._some(installations.c.ended_at.is_(None))

    def save(self, installation: Installation, *, secret: str | None = None) -> None:
        mine = _is(installation.door, installation.key)
        values = _values(installation)
        with self.database.write(SCOPE) as connection:
            kept = connection.execute(sa.select(installations).where(mine)).first()
            if secret is not None:
                values |= self._changed(secret, kept, installation.installed_at)
            if kept is None:
                connection.execute(installations.insert().values(values))
            else:
                connection.execute(installations.update().where(mine).values(values))

    def secrets(self, door: DoorKind, key: InstallationKey, now: datetime) -> tuple[str, ...]:
        found = self._book().kept.get((door, key))
        return tuple(map(self._open, found.locked(now))) if found else ()

    def end(self, door: DoorKind, key: InstallationKey, at: datetime) -> None:
        gone = {"ended_at": at, "secret": None, "previous_secret": None, "previous_until": None}
        with self.database.write(SCOPE) as connection:
            mine = _is(door, key)
            found = connection.execute(sa.select(installations.c.site).where(mine)).scalar()
            connection.execute(installations.update().where(mine).values(gone))
            if found is not None and door == DoorKind.FORGE:
                connection.execute(tokens.delete().where(tokens.c.site == found))

    def forget_ended(self, before: datetime) -> list[SiteId]:
        with self.database.write(SCOPE) as connection:
            old = installations.c.ended_at < before
            query = sa.select(installations.c.site).where(old).distinct()
            ended = set(connection.execute(query).scalars())
            connection.execute(installations.delete().where(old))
            left = set(connection.execute(sa.select(installations.c.site)).scalars())
        return sorted(SiteId(site) for site in ended - left)

    def keep_token(self, site: SiteId, token: str, expires: datetime) -> None:
        values = {"token": self.keyring.lock(token), "expires": expires}
        with self.database.write(SCOPE) as connection:
            done = connection.execute(
                tokens.update().where(tokens.c.site == site).values(values)
            ).rowcount
            if not done:
                connection.execute(tokens.insert().values(values | {"site": site}))

    def token(self, site: SiteId, now: datetime) -> str | None:
        with self.database.read() as connection:
            row = connection.execute(sa.select(tokens).where(tokens.c.site == site)).first()
        return self.keyring.open(row.token) if row and row.expires > now else None

    def rewrite_secrets(self) -> int:
        """Every secret under the first key of the ring; how many there are."""
        with self.database.write(SCOPE) as connection:
            rows = connection.execute(sa.select(installations)).all()
            for row in rows:
                again = {
                    name: self.keyring.rewrite(locked)
                    for name in ("secret", "previous_secret")
                    if (locked := getattr(row, name))
                }
                if again:
                    mine = _is(DoorKind(row.door), InstallationKey(row.key))
                    connection.execute(installations.update().where(mine).values(again))
            kept = connection.execute(sa.select(tokens)).all()
            for one in kept:
                connection.execute(
                    tokens.update()
                    .where(tokens.c.site == one.site)
                    .values(token=self.keyring.rewrite(one.token))
                )
        return len(rows) + len(kept)

    def _book(self) -> "_Book":
        """All of them at once: a stranger is told as fast as one who is installed."""

        def look() -> _Book:
            query = sa.select(installations).order_by(*_LATEST_FIRST)
            with self.database.read() as connection:
                return _book(map(_kept, connection.execute(query)))

        return self.database.remembered(SCOPE, "book", look)

    def _open(self, locked: str) -> str:
        """Decrypting takes longer than all the rest. Raises SecretUnreadable."""
        key = ("secret", self.keyring, locked)
        return self.database.remembered(SCOPE, key, lambda: self.keyring.open(locked))

    def _some(self, *conditions: sa.ColumnElement[bool]) -> list[Installation]:
        query = sa.select(installations).where(*conditions).order_by(*_LATEST_FIRST)
        with self.database.read() as connection:
            return [_installation(row) for row in connection.execute(query)]

    def _changed(
        self, secret: str, kept: "sa.Row[tuple[object, ...]] | None", at: datetime
    ) -> dict[str, object]:
        before = None if kept is None else kept.secret
        if before is not None and self.keyring.open(before) == secret:
            return {}
        return {
            "secret": self.keyring.lock(secret),
            "previous_secret": before,
            "previous_until": None if before is None else at + OLD_SECRET_LASTS,
        }


@dataclass(frozen=True, slots=True)
class _Kept:
    """An installation and its secrets as the database has them."""

    installation: Installation
    secret: str | None
    previous: str | None
    previous_until: datetime | None

    def locked(self, now: datetime) -> tuple[str, ...]:
        """Those that count at this moment, the latest first."""
        if not self.installation.alive:
            return ()
        fresh = self.previous_until is not None and now < self.previous_until
        return tuple(one for one in (self.secret, self.previous if fresh else None) if one)


@dataclass(frozen=True, slots=True)
class _Book:
    """`alive` has the latest first."""

    kept: Mapping[tuple[DoorKind, InstallationKey], _Kept]
    alive: Mapping[SiteId, Sequence[Installation]]


def _book(found: Iterable[_Kept]) -> _Book:
    kept: dict[tuple[DoorKind, InstallationKey], _Kept] = {}
    alive: defaultdict[SiteId, list[Installation]] = defaultdict(list)
    for one in found:
        here = one.installation
        kept[here.door, here.key] = one
        if here.alive:
            alive[here.site].append(here)
    return _Book(kept, dict(alive))


def _kept(row: "sa.Row[tuple[object, ...]]") -> _Kept:
    return _Kept(_installation(row), row.secret, row.previous_secret, row.previous_until)


def _is(door: DoorKind, key: InstallationKey) -> sa.ColumnElement[bool]:
    return (installations.c.door == door) & (installations.c.key == key)


def _values(one: Installation) -> dict[str, object]:
    return {
        "door": one.door.value,
        "key": one.key,
        "site": one.site,
        "cloud_id": one.cloud_id,
        "addresses": [
            {"product": at.product.value, "api": at.api, "shown": at.shown} for at in one.addresses
        ],
        "installed_at": one.installed_at,
        "ended_at": one.ended_at,
    }


def _installation(row: "sa.Row[tuple[object, ...]]") -> Installation:
    return Installation(
        DoorKind(row.door),
        InstallationKey(row.key),
        SiteId(row.site),
        tuple(map(_address, row.addresses)),
        row.installed_at,
        row.cloud_id,
        row.ended_at,
    )


def _address(kept: JsonObject) -> Address:
    return Address(Product(kept["product"]), kept["api"], kept["shown"])
