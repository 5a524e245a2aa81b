"""Sites come, change and go: what is kept of each, and when it is dropped."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from urllib.parse import urlsplit

from connector.core.installation import Address, DoorKind, Installation, InstallationKey, Product
from connector.core.okr import SiteId
from connector.ports import Clock, Installations, OkrStore


@dataclass(frozen=True, slots=True)
class Installed:
    """What Atlassian says of a Connect installation; the secret is never shown."""

    key: InstallationKey
    address: Address
    secret: str

    def __repr__(self) -> str:
        return f"Installed({self.key!r}, {self.address!r})"


@dataclass(frozen=True, slots=True)
class Seen:
    """
    What a Forge invocation says of its installation; addresses may be less than all.

    `installed_at` is when Forge said that the app is installed now: None for a call that may have
    been on its way while it was taken away.
    """

    key: InstallationKey
    cloud_id: str
    addresses: tuple[Address, ...]
    installed_at: datetime | None = None


def install_connect(
    told: Installed,
    *,
    installations: Installations,
    store: OkrStore,
    clock: Clock,
    own: SiteId | None = None,
) -> Installation:
    """
    A product of a site was installed, or again with a new secret or address.

    The two products of a site share it by the host where they are now. A site keeps its name when
    it is renamed, and whoever takes the old name gets another one here. Where another client key
    of the same product has or had the name, the site was made anew and may be somebody else's:
    what was kept of it goes, and its other product must be installed again. `own` is the site of
    the settings, whose data stays.
    """
    before = installations.find(DoorKind.CONNECT, told.key)
    site = _site_of(told, before, installations)
    stays = before is not None and before.alive and before.site == site
    if not stays and _others(told, installations.ever_of_site(site)):
        for one in installations.of_site(site):
            installations.end(one.door, one.key, clock.now())
        if site != own:
            store.forget_all(site)
    made = Installation(DoorKind.CONNECT, told.key, site, (told.address,), installed_at=clock.now())
    installations.save(made, secret=told.secret)
    return made


def _site_of(told: Installed, before: Installation | None, installations: Installations) -> SiteId:
    if before and not _others(told, installations.of_site(before.site)):
        return before.site
    host = _host(told.address)
    for one in installations.alive():
        if one.door == DoorKind.CONNECT and host in map(_host, one.addresses):
            return one.site
    if installations.of_site(SiteId(host)):  # of somebody who was renamed
        return SiteId(f"{host}~{sha256(told.key.encode()).hexdigest()[:12]}")
    return SiteId(host)


def _others(told: Installed, found: Sequence[Installation]) -> list[Installation]:
    """Of these, those of the same product with another client key."""
    return [one for one in found if one.key != told.key and one.address(told.address.product)]


def _host(address: Address) -> str:
    return urlsplit(address.api).netloc.lower()


def see_forge(told: Seen, *, installations: Installations, clock: Clock) -> Installation:
    """
    The installation that an invocation speaks of, kept when it is new or says something new.

    After a new installation the same cloud keeps its site, and the one before it ends. One that
    ended stays so, and is given back as it is, unless Forge said afterwards that it is installed.
    """
    known = installations.find(DoorKind.FORGE, told.key)
    if known is not None and known.ended_at is not None:
        if told.installed_at is None or told.installed_at <= known.ended_at:
            return known
    elif known is not None:
        merged = replace(known, addresses=_with_names(told, known))
        if merged != known:
            installations.save(merged)
        return merged
    earlier = installations.of_cloud(DoorKind.FORGE, told.cloud_id)
    made = Installation(
        DoorKind.FORGE,
        told.key,
        SiteId(told.cloud_id),
        told.addresses,
        installed_at=clock.now(),
        cloud_id=told.cloud_id,
    )
    if earlier:
        made = replace(made, addresses=_with_names(told, earlier[0]))
    for one in earlier:
        if one.alive:
            installations.end(one.door, one.key, clock.now())
    installations.save(made)
    return made


def _with_names(told: Seen, known: Installation) -> tuple[Address, ...]:
    """Calls for events do not say how people reach the site: what an earlier call said stays."""
    found: dict[Product, Address] = {one.product: one for one in known.addresses}
    for one in told.addresses:
        before = found.get(one.product)
        found[one.product] = replace(one, shown=before.shown) if before and not one.shown else one
    return tuple(found[product] for product in Product if product in found)


def uninstall(
    door: DoorKind, key: InstallationKey, *, installations: Installations, clock: Clock
) -> None:
    """Its secrets are forgotten now, its data after the time that the policy gives."""
    installations.end(door, key, clock.now())


def forget_gone(
    *,
    installations: Installations,
    store: OkrStore,
    now: datetime,
    after: timedelta,
    own: SiteId | None = None,
) -> list[SiteId]:
    """
    Drop what is kept of sites that went longer ago than that; which they were. `own` is the site
    of the settings: it stays, whatever app it had besides.
    """
    gone = [site for site in installations.forget_ended(now - after) if site != own]
    for site in gone:
        store.forget_all(site)
    return gone
