"""An app's descriptor: what it is, what it may do and where its modules are."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from sandbox.outbound import NoAnswer, call
from sandbox.wire import JsonObject, as_object, as_text

SCOPES = frozenset(
    {"NONE", "READ", "WRITE", "DELETE", "PROJECT_ADMIN", "SPACE_ADMIN", "ADMIN", "ACT_AS_USER"}
    | {"ACCESS_EMAIL_ADDRESSES"}
)
_KEY = re.compile(r"[a-zA-Z0-9-._]{1,64}")
_PATIENCE = 10.0
_LARGEST = 1024 * 1024


class WrongDescriptor(ValueError):
    """The message says why an app cannot be installed from a descriptor."""


@dataclass(frozen=True, slots=True)
class Descriptor:
    key: str
    name: str
    base_url: str
    scopes: frozenset[str]
    lifecycle: dict[str, str]
    modules: JsonObject
    licensed: bool = False

    def address(self, url: str) -> str:
        """An address of a module or of a step of life: relative to the base URL, or absolute."""
        return url if urlsplit(url).scheme else f"{self.base_url}/{url.lstrip('/')}"

    def listed(self, kind: str) -> Iterator[JsonObject]:
        """The modules of a kind; a single one may stand without a list."""
        held = self.modules.get(kind)
        yield from map(as_object, held if isinstance(held, list) else [held] if held else [])

    def module(self, kind: str, key: str) -> JsonObject | None:
        return next((one for one in self.listed(kind) if one.get("key") == key), None)


def fetched(url: str) -> Descriptor:
    """Raises `WrongDescriptor` when it cannot be read or an app could not be installed from it."""
    try:
        answer = call("GET", url, headers={}, seconds=_PATIENCE, most=_LARGEST)
    except NoAnswer as error:
        raise WrongDescriptor(str(error)) from error
    if not answer.ok:
        raise WrongDescriptor(f"{url} answered {answer.status}")
    try:
        told = json.loads(answer.body)
    except ValueError as error:
        raise WrongDescriptor(f"{url} is not JSON") from error
    return descriptor_of(told)


def descriptor_of(told: object) -> Descriptor:
    """Only what the host relies on is checked, not every field of every module."""
    if not isinstance(told, dict):
        raise WrongDescriptor("the descriptor is not a JSON object")
    key, base = as_text(told.get("key")), as_text(told.get("baseUrl"))
    if not _KEY.fullmatch(key):
        raise WrongDescriptor("key must be 1 to 64 of a-z, A-Z, 0-9, '-', '.' and '_'")
    if urlsplit(base).scheme not in {"http", "https"} or not urlsplit(base).netloc:
        raise WrongDescriptor("baseUrl must be an address")
    lifecycle = {name: as_text(url) for name, url in as_object(told.get("lifecycle")).items()}
    _check_signed_install(told, lifecycle)
    return Descriptor(
        key=key,
        name=as_text(told.get("name")) or key,
        base_url=base.rstrip("/"),
        scopes=_scopes(told.get("scopes", [])),
        lifecycle=lifecycle,
        modules=as_object(told.get("modules")),
        licensed=told.get("enableLicensing") is True,
    )


def _scopes(told: object) -> frozenset[str]:
    listed = [as_text(one).upper() for one in told] if isinstance(told, list) else [""]
    if unknown := sorted(set(listed) - SCOPES):
        raise WrongDescriptor(f"unknown scope: {unknown[0] or told}")
    return frozenset(listed)


def _check_signed_install(told: JsonObject, lifecycle: dict[str, str]) -> None:
    if as_object(told.get("authentication")).get("type") != "jwt":
        raise WrongDescriptor("authentication.type must be jwt")
    if not lifecycle.get("installed"):
        raise WrongDescriptor("an app that authenticates with JWT needs lifecycle.installed")
    if as_object(told.get("apiMigrations")).get("signed-install") is not True:
        raise WrongDescriptor('apiMigrations must have "signed-install": true')
