"""
An app's manifest, as far as the host acts by it.

https://developer.atlassian.com/platform/forge/manifest-reference/
"""

import os
import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from sandbox.wire import JsonObject, as_list, as_object, as_text

APP_PREFIX = "ari:cloud:ecosystem::app/"
_VARIABLE = re.compile(r"\$\{(\w+)\}")
_KEYED = ("endpoint", "function")


class WrongManifest(ValueError):
    """The message says why an app cannot be deployed from a manifest."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """`path` is empty for one that frames call: they name theirs."""

    key: str
    remote: str
    path: str
    system_token: bool
    user_token: bool


@dataclass(frozen=True, slots=True)
class Manifest:
    folder: Path
    app_id: str
    name: str
    told: JsonObject
    scopes: frozenset[str]
    remotes: dict[str, JsonObject]

    def listed(self, kind: str) -> Iterator[JsonObject]:
        held = as_object(self.told.get("modules")).get(kind)
        yield from map(as_object, as_list(held))

    def kinds(self) -> list[str]:
        return list(as_object(self.told.get("modules")))

    def module(self, kind: str, key: str) -> JsonObject | None:
        return next((one for one in self.listed(kind) if one.get("key") == key), None)

    def endpoint(self, key: str) -> Endpoint:
        """Raises `WrongManifest` when there is none of that key."""
        found = self.module("endpoint", key)
        if found is None:
            raise WrongManifest(f"there is no endpoint '{key}'")
        auth = as_object(found.get("auth"))
        return Endpoint(
            key=key,
            remote=as_text(found.get("remote")),
            path=as_text(as_object(found.get("route")).get("path")),
            system_token=_enabled(auth, "appSystemToken"),
            user_token=_enabled(auth, "appUserToken"),
        )

    def resource(self, key: str) -> Path | None:
        """The folder of a static resource."""
        for one in map(as_object, as_list(self.told.get("resources"))):
            if one.get("key") == key:
                return (self.folder / as_text(one.get("path"))).resolve()
        return None

    def handler(self, function: str) -> str:
        """`file.name` of a function; empty when there is none of that key."""
        return as_text(as_object(self.module("function", function)).get("handler"))

    @property
    def products(self) -> tuple[str, ...]:
        """Confluence, Jira or both: by compatibility, else by the modules there are."""
        compatible = as_object(as_object(self.told.get("app")).get("compatibility"))
        if compatible:
            return tuple(one for one in ("confluence", "jira") if one in compatible)
        used = str(self.told.get("modules"))
        asks_jira = "jira:" in used
        asks_wiki = "macro" in self.kinds() or "confluence:" in used
        wanted = {"confluence": asks_wiki, "jira": asks_jira}
        return tuple(one for one, asked in wanted.items() if asked) or ("confluence",)


def _enabled(auth: JsonObject, name: str) -> bool:
    return as_object(auth.get(name)).get("enabled") is True


def read(path: Path, remote: str, variables: Mapping[str, str] | None = None) -> Manifest:
    """
    The manifest with every remote at `remote`, and `${…}` filled from the environment.

    An app id that nobody filled in is made from the folder, as `forge register` would give one.
    Raises `WrongManifest`.
    """
    try:
        told = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeError, yaml.YAMLError) as error:
        raise WrongManifest(f"{path} cannot be read: {error}") from error
    told = as_object(_filled(told, os.environ if variables is None else variables))
    permissions = as_object(told.get("permissions"))
    manifest = Manifest(
        folder=path.parent.resolve(),
        app_id=_app_id(told, path),
        name=as_text(as_object(told.get("app")).get("name")) or "Forge app",
        told=told,
        scopes=_scopes(permissions.get("scopes")),
        remotes={
            as_text(one.get("key")): {**one, "baseUrl": remote.rstrip("/")}
            for one in map(as_object, as_list(told.get("remotes")))
        },
    )
    _check(manifest)
    return manifest


def _scopes(told: object) -> frozenset[str]:
    """A list of names, or a map from names to what each allows."""
    return frozenset(map(str, told if isinstance(told, dict) else as_list(told)))


def _filled(value: object, variables: Mapping[str, str]) -> object:
    if isinstance(value, dict):
        return {key: _filled(held, variables) for key, held in value.items()}
    if isinstance(value, list):
        return [_filled(held, variables) for held in value]
    if isinstance(value, str):
        return _VARIABLE.sub(lambda found: variables.get(found[1], found[0]), value)
    return value


def _app_id(told: JsonObject, path: Path) -> str:
    given = as_text(as_object(told.get("app")).get("id"))
    if _VARIABLE.search(given):
        return f"{APP_PREFIX}{uuid.uuid5(uuid.NAMESPACE_URL, path.resolve().as_uri())}"
    if not given.startswith(APP_PREFIX):
        raise WrongManifest(f"app.id must begin with {APP_PREFIX}")
    return given


def _check(manifest: Manifest) -> None:
    """What a module names must be there."""
    for endpoint in manifest.listed("endpoint"):
        if as_text(endpoint.get("remote")) not in manifest.remotes:
            raise WrongManifest(f"there is no remote '{endpoint.get('remote')}'")
    for kind in manifest.kinds():
        for module in manifest.listed(kind) if kind not in _KEYED else ():
            _check_module(manifest, module)


def _check_module(manifest: Manifest, module: JsonObject) -> None:
    resolver = as_object(module.get("resolver"))
    for name in filter(None, (module.get("endpoint"), resolver.get("endpoint"))):
        manifest.endpoint(str(name))
    resource = as_text(module.get("resource"))
    folder = manifest.resource(resource) if resource else None
    if resource and (folder is None or not (folder / "index.html").is_file()):
        raise WrongManifest(f"resource '{resource}' has no index.html; is it built?")
