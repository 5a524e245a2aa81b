"""What is wrong with a Connect descriptor, by Atlassian's module schemas and by its other rules.

The schemas are those of npm `@forge/manifest`, where the modules of Connect stand under
`connect-<product>:<kind>`. A manifest keeps lists where a descriptor may hold one module, and gives
keys to what has none there.
"""

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from jsonschema import Draft7Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7

from tests.clients.node import packages

_SCHEMA = "@forge/manifest/out/schema/manifest-schema.json"
_ID = "urn:forge-manifest"
_APP_KEY = re.compile(r"[a-zA-Z0-9._-]{1,64}")
_MODULE_KEY = re.compile(r"[a-zA-Z0-9-]{1,100}")
_IDENTIFIER = re.compile(r"[-_a-z0-9.]+")
_PROPERTY = re.compile(r"[a-zA-Z0-9]{1,100}")
_EVENT = re.compile(r"(?:jira:)?[a-z]+(?:_[a-z]+)+")
_MACROS = ("dynamicContentMacros", "staticContentMacros")
_WITHOUT_KEY = frozenset({"webhooks"})
_SCOPES = frozenset(
    ["NONE", "READ", "WRITE", "DELETE", "PROJECT_ADMIN", "SPACE_ADMIN", "ADMIN", "ACT_AS_USER"]
)

# Any only here: a descriptor is raw JSON.
Descriptor = dict[str, Any]


def faults(descriptor: Descriptor, product: str) -> list[str]:
    return [
        *(
            fault
            for kind, module in _modules(descriptor)
            for fault in _shape(product, kind, module)
        ),
        *_header(descriptor),
        *_keys(descriptor),
        *_addresses(descriptor),
        *_parameters(descriptor),
        *_properties(descriptor),
    ]


@cache
def _schemas() -> Any:
    return json.loads((packages("forge-manifest") / _SCHEMA).read_text(encoding="utf-8"))


@cache
def _validator(name: str) -> Draft7Validator:
    """Of one module; references lead into the whole document."""
    document = _schemas()
    assert name in document["definitions"]["ModuleSchema"]["properties"], name
    registry: Any = Registry().with_resource(
        _ID, Resource.from_contents(document, default_specification=DRAFT7)
    )
    pointer = name.replace("~", "~0").replace("/", "~1")
    where = f"{_ID}#/definitions/ModuleSchema/properties/{pointer}/items"
    return Draft7Validator({"$ref": where}, registry=registry)


@cache
def _names(product: str) -> frozenset[str]:
    known = _schemas()["definitions"]["ModuleSchema"]["properties"]
    prefix = f"connect-{product}:"
    return frozenset(name.removeprefix(prefix) for name in known if name.startswith(prefix))


def _modules(descriptor: Descriptor) -> Iterator[tuple[str, Any]]:
    """Every module with its kind, those included that stand at the top of a descriptor."""
    for kind, held in descriptor["modules"].items():
        for one in held if isinstance(held, list) else [held]:
            yield kind, one | {"key": "unnamed"} if kind in _WITHOUT_KEY else one
    yield "lifecycle", descriptor["lifecycle"] | {"key": "lifecycle"}
    yield "translations", descriptor["translations"] | {"key": "translations"}


def _shape(product: str, kind: str, module: Any) -> Iterator[str]:
    if kind not in _names(product):
        yield f"{product} has no {kind}"
        return
    for error in _validator(f"connect-{product}:{kind}").iter_errors(module):
        yield f"{kind} {module.get('key')} {error.json_path}: {error.message[:200]}"
    properties = _schemas()["definitions"]["ModuleSchema"]["properties"]
    known = properties[f"connect-{product}:{kind}"]["items"]["properties"]
    for name in module.keys() - known.keys():
        yield f"{kind} {module.get('key')}: no {name} there"


def _header(descriptor: Descriptor) -> Iterator[str]:
    if not _APP_KEY.fullmatch(descriptor["key"]):
        yield f"key {descriptor['key']}"
    if re.search(r"confluence|jira|atlassian", descriptor["name"], re.IGNORECASE):
        yield "the name of an app does not hold a product's"
    if descriptor["apiMigrations"].get("signed-install") is not True:
        yield "an install that is not signed is refused"
    if descriptor["authentication"] != {"type": "jwt"}:
        yield "authentication"
    if not set(descriptor["scopes"]) <= _SCOPES:
        yield f"scopes {descriptor['scopes']}"
    for name in ("installed", "uninstalled"):
        if name not in descriptor["lifecycle"]:
            yield f"no {name}"


def _keys(descriptor: Descriptor) -> Iterator[str]:
    keys = [module["key"] for kind, module in _modules(descriptor) if kind not in _WITHOUT_KEY]
    yield from (f"key {one} twice" for one in set(keys) if keys.count(one) > 1)
    yield from (f"key {one}" for one in keys if not _MODULE_KEY.fullmatch(one))
    for kind, module in _modules(descriptor):
        if kind == "webhooks" and not _EVENT.fullmatch(module["event"]):
            yield f"event {module['event']}"


def _addresses(descriptor: Descriptor) -> Iterator[str]:
    """Plain ASCII and no parameter that the two makers of qsh would sort differently."""
    for url in urls(descriptor):
        path, _, query = url.partition("?")
        if not re.fullmatch(r"(?:/[a-z0-9._-]+)+", path, re.IGNORECASE):
            yield f"address {url}"
        for pair in query.split("&") if query else ():
            if not re.fullmatch(r"[a-z0-9_.-]+=\{[a-zA-Z0-9_.-]+\}", pair):
                yield f"address {url}"


def urls(held: Any) -> Iterator[str]:
    """Every address of ours in the modules and in the steps of life."""
    if isinstance(held, dict):
        for name, one in held.items():
            if name in {"vendor", "links"}:
                continue
            if isinstance(one, str) and name in {"url", "installed", "uninstalled"}:
                yield one
            elif name == "paths":
                yield from one.values()
            else:
                yield from urls(one)
    elif isinstance(held, list):
        for one in held:
            yield from urls(one)


def _parameters(descriptor: Descriptor) -> Iterator[str]:
    for kind in _MACROS:
        for macro in descriptor["modules"].get(kind, ()):
            for parameter in macro.get("parameters", ()):
                name = parameter["identifier"]
                if not _IDENTIFIER.fullmatch(name):
                    yield f"{macro['key']}: {name} is not in lower case"
                if f"{name}={{{name}}}" not in macro["url"]:
                    yield f"{macro['key']}: {name} is not in the address"
                if (parameter["type"] == "enum") != ("values" in parameter):
                    yield f"{macro['key']}: {name} and its values"


def _properties(descriptor: Descriptor) -> Iterator[str]:
    aliases: list[str] = []
    for module in descriptor["modules"].get("confluenceContentProperties", ()):
        for one in module["keyConfigurations"]:
            if not _PROPERTY.fullmatch(one["propertyKey"]):
                yield f"property {one['propertyKey']}"
            for extraction in one["extractions"]:
                if "uiSupport" in extraction and "alias" not in extraction:
                    yield f"{extraction['objectName']} is shown without an alias"
                aliases += [extraction["alias"]] if "alias" in extraction else []
    yield from (f"alias {one} twice" for one in set(aliases) if aliases.count(one) > 1)
