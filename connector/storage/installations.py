"""Installations in SQL; their secrets only ever encrypted."""

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


@dataclass(frozen=True, slots=True)
class SqlInstallations:
    """The port `Installations` over one database; every method may raise Unavailable."""

    database: Database
    keyring: Keyring = field(repr=False)

    def find(self, door: DoorKind, key: InstallationKey) -> Installation | None:
        row = self._row(door, key)
        return _installation(row) if row else None

    def of_site(self, site: SiteId) -> list[Installation]:
        return self._some(installations.c.site == site, installations.c.ended_at.is_(None))

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
        row = self._row(door, key)
        if row is None or row.ended_at is not None:
            return ()
        fresh = row.previous_until is not None and now < row.previous_until
        locked = (row.secret, row.previous_secret if fresh else None)
        return tuple(self.keyring.open(one) for one in locked if one)

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

    def _row(self, door: DoorKind, key: InstallationKey) -> "sa.Row[tuple[object, ...]] | None":
        with self.database.read() as connection:
            return connection.execute(sa.select(installations).where(_is(door, key))).first()

    def _some(self, *conditions: sa.ColumnElement[bool]) -> list[Installation]:
        query = (
            sa.select(installations)
            .where(*conditions)
            .order_by(installations.c.installed_at.desc(), installations.c.key)
        )
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
