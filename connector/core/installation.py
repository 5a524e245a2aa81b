"""Installations: which site connected itself to us, through which door, and where it answers."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NewType

from connector.core.okr import SiteId

InstallationKey = NewType("InstallationKey", str)


class DoorKind(StrEnum):
    """The ways a site can be connected; the token of the settings needs no installation."""

    CONNECT = "connect"
    FORGE = "forge"


class Product(StrEnum):
    CONFLUENCE = "confluence"
    JIRA = "jira"


# What our two Connect apps are called: each product has a descriptor of its own.
APP_KEYS = {Product.CONFLUENCE: "okr-connector", Product.JIRA: "okr-connector-jira"}


@dataclass(frozen=True, slots=True)
class Address:
    """Where a product answers us (`api`) and where people open it (`shown`), without `/` at
    the end; Confluence Cloud's addresses include `/wiki`."""

    product: Product
    api: str
    shown: str


@dataclass(frozen=True, slots=True)
class Installation:
    """
    One installation, alive until `ended_at`.

    `key` is what the host calls it: Connect's `clientKey`, one per product, which outlives
    re-installs; Forge's installation id, which does not, so `cloud_id` links it again to its
    site. `site` never changes once given, whatever the site is renamed to.
    """

    door: DoorKind
    key: InstallationKey
    site: SiteId
    addresses: tuple[Address, ...]
    installed_at: datetime
    cloud_id: str = ""
    ended_at: datetime | None = None

    @property
    def alive(self) -> bool:
        return self.ended_at is None

    def address(self, product: Product) -> Address | None:
        return next((one for one in self.addresses if one.product == product), None)

    def ended(self, at: datetime) -> "Installation":
        return replace(self, ended_at=at)
