"""Both descriptors as Atlassian's schemas and rules have them, and what they ask for is needed."""

import copy
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from connector.atlassian.endpoints import Read
from connector.catalogue import LOCALES, words
from connector.core.okr import Level
from connector.core.publishing import PropertyKey
from connector.web.descriptors import confluence_descriptor, jira_descriptor, translations
from macros.registry import MACROS
from schemas import load
from tests.architecture.descriptors import Descriptor, faults, urls
from tests.sandbox.documents import CONTRACTS, WITH_CONTRACTS

FILE = Path(__file__).parents[2] / "atlassian-connect.json"
BASE = "https://okr.example"
WIKI = ("confluence-cloud-v1", "/wiki"), ("confluence-cloud-v2", "/wiki/api/v2")
# What the use case of the content property does beside reading.
WRITES = [
    ("post", "/pages/{page-id}/properties"),
    ("put", "/pages/{page-id}/properties/{property-id}"),
]


def written() -> Descriptor:
    found: Descriptor = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def confluence() -> Descriptor:
    return confluence_descriptor(written(), BASE)


def jira() -> Descriptor:
    return jira_descriptor(written(), f"{BASE}/")


def test_confluence_takes_its_descriptor() -> None:
    assert faults(confluence(), "confluence") == []


def test_jira_takes_its_descriptor() -> None:
    assert faults(jira(), "jira") == []


def _macro(descriptor: Descriptor) -> Any:
    return descriptor["modules"]["dynamicContentMacros"][0]


def _property(descriptor: Descriptor) -> Any:
    return descriptor["modules"]["confluenceContentProperties"][0]["keyConfigurations"][0]


def _set(held: Any, **values: object) -> None:
    held.update(values)


HARM: dict[str, Callable[[Descriptor], object]] = {
    "a parameter that is not in the address": lambda one: _set(
        _macro(one), url="/macros/x?page={page.id}"
    ),
    "an identifier with a capital": lambda one: _set(
        _macro(one)["parameters"][0], identifier="Objective"
    ),
    "an unknown type": lambda one: _set(_macro(one)["parameters"][0], type="text"),
    "an enum without values": lambda one: _macro(one)["parameters"][1].pop("values"),
    "a macro without a name": lambda one: _macro(one).pop("name"),
    "a body of a kind that is not": lambda one: _set(_macro(one), bodyType="html"),
    "a key with an underscore": lambda one: _set(_macro(one), key="okr_objective"),
    "a key that is too long": lambda one: _set(_macro(one), key="o" * 101),
    "a key twice": lambda one: _set(_macro(one), key="okr-number"),
    "a misspelt field": lambda one: _set(_macro(one), rendermodes={}),
    "a width of eleven signs": lambda one: _set(_macro(one), width="1" * 11),
    "a render mode without an address": lambda one: _set(_macro(one)["renderModes"], pdf={}),
    "an address with a foreign sign": lambda one: _set(
        _macro(one), url=_macro(one)["url"] + "&ä={x}"
    ),
    "a module that is not of the product": lambda one: (
        one["modules"].update(jiraIssueContents=[])
        or one["modules"].update(spacePages=[{"key": "x"}])
    ),
    "a property with a dash": lambda one: _set(_property(one), propertyKey="okr-connector"),
    "an extraction of no type": lambda one: _property(one)["extractions"][0].pop("type"),
    "an alias twice": lambda one: _set(_property(one)["extractions"][1], alias="okrcycle"),
    "a field without an alias": lambda one: _property(one)["extractions"][0].pop("alias"),
    "a byline property with a dot": lambda one: _set(
        one["modules"]["contentBylineItems"][0], contentPropertyKey="okr.byline"
    ),
    "a webhook without an address": lambda one: one["modules"]["webhooks"][0].pop("url"),
    "an event in camel case": lambda one: _set(one["modules"]["webhooks"][0], event="pageCreated"),
    "a blueprint that opens nowhere": lambda one: _set(
        one["modules"]["blueprints"][0], createResult="open"
    ),
    "an unsigned install": lambda one: _set(one, apiMigrations={}),
    "a product in the name": lambda one: _set(one, name="OKR for Jira"),
    "a scope that is not": lambda one: _set(one, scopes=["READ_ALL"]),
    "no word of its end": lambda one: one["lifecycle"].pop("uninstalled"),
    "an app key with a space": lambda one: _set(one, key="okr connector"),
}


@pytest.mark.parametrize("harm", HARM)
def test_a_harmed_descriptor_is_refused(harm: str) -> None:
    harmed = copy.deepcopy(confluence())
    HARM[harm](harmed)

    assert len(faults(harmed, "confluence")) >= 1


def test_each_product_has_a_key_of_its_own() -> None:
    assert (confluence()["key"], jira()["key"]) == ("okr-connector", "okr-connector-jira")
    assert jira()["links"]["self"] == f"{BASE}/atlassian-connect-jira.json"


def test_a_descriptor_names_the_place_where_we_are_served() -> None:
    for one in (confluence(), jira()):
        assert one["baseUrl"] == BASE
        assert "{{" not in json.dumps(one)


def test_serving_leaves_the_file_as_it_is() -> None:
    raw = written()
    before = copy.deepcopy(raw)
    jira_descriptor(raw, BASE)

    assert raw == before


@pytest.mark.parametrize("mode", ["default", "pdf", "word", "email"])
def test_every_frame_has_something_for_paper(mode: str) -> None:
    for macro in confluence()["modules"]["dynamicContentMacros"]:
        assert "/static?" in macro["renderModes"][mode]["url"]


def test_the_macros_declared_are_those_we_draw() -> None:
    declared = {one["key"]: one["url"] for one in confluence()["modules"]["dynamicContentMacros"]}

    assert declared.keys() == {macro.host_key for macro in MACROS.values()}
    assert all(declared[one.host_key].startswith(f"/macros/{one.key}?") for one in MACROS.values())


def test_a_blueprint_for_every_level_in_both_languages() -> None:
    expected = {f"okr-{level}-{tag}" for level in Level for tag in ("en", "zh")}

    assert {one["key"] for one in confluence()["modules"]["blueprints"]} == expected


def test_what_is_indexed_stands_in_the_property() -> None:
    """A wrong name would not be refused, it would only never be found."""
    module = confluence()["modules"]["confluenceContentProperties"][0]
    [indexed] = module["keyConfigurations"]
    schema = load("page-property")["properties"]
    numbers = {name for name, one in schema.items() if "integer" in str(one.get("type"))}

    assert indexed["propertyKey"] == PropertyKey.OKRS
    for one in indexed["extractions"]:
        assert one["objectName"] in schema
        assert (one["type"] == "number") == (one["objectName"] in numbers)


def test_the_byline_shows_what_we_write_and_only_where_we_wrote() -> None:
    [byline] = confluence()["modules"]["contentBylineItems"]

    assert byline["contentPropertyKey"] == PropertyKey.BYLINE
    assert byline["conditions"][0]["params"] == {"propertyKey": PropertyKey.OKRS}
    # only what the descriptor has can be replaced by a property
    assert {"name", "icon", "tooltip"} <= byline.keys()


def _said(held: Any) -> list[tuple[str, str]]:
    if isinstance(held, dict) and "i18n" in held:
        return [(held["i18n"], held["value"])]
    inner = held.values() if isinstance(held, dict) else held if isinstance(held, list) else ()
    return [pair for one in inner for pair in _said(one)]


def test_the_words_of_both_descriptors_are_those_of_the_catalogue() -> None:
    said = {*_said(confluence()), *_said(jira())}

    assert dict(said) == translations(words("en"))
    assert len(said) == len(dict(said))


@pytest.mark.parametrize("locale", LOCALES)
def test_every_language_translates_every_word(locale: str) -> None:
    found = translations(words(locale))

    assert found.keys() == translations(words("en")).keys()
    assert all(found.values())


def test_a_language_other_than_the_files_has_its_address() -> None:
    paths = confluence()["translations"]["paths"]

    assert set(paths) == set(LOCALES) - {"en"}


def test_every_address_is_one_of_ours() -> None:
    assert len(list(urls(confluence()))) > 30
    assert all(one.startswith("/") for one in (*urls(confluence()), *urls(jira())))


def _scopes(names: tuple[tuple[str, str], ...], wanted: set[tuple[str, str]]) -> set[str]:
    found: dict[tuple[str, str], str] = {}
    for name, prefix in names:
        document = json.loads((CONTRACTS / f"{name}.openapi.json").read_text(encoding="utf-8"))
        for path, operations in document["paths"].items():
            for method, one in operations.items():
                full = path if path.startswith(prefix) else prefix + path
                key = method, re.sub(r"\{[^}]*\}", "{part}", full)
                if key in wanted and isinstance(one, dict):
                    found[key] = one["x-atlassian-connect-scope"]
    assert found.keys() == wanted
    return set(found.values())


def _reads(prefix: str) -> set[tuple[str, str]]:
    wiki = re.compile(r"WIKI_|PAGE|USERS")
    cloud = [one for one in Read if not one.name.startswith("DC_")]
    mine = [one for one in cloud if bool(wiki.match(one.name)) == (prefix == "/wiki/")]
    return {(one.value[0].lower(), prefix + one.value[1]) for one in mine}


@WITH_CONTRACTS
def test_confluence_is_asked_for_no_more_than_our_calls_need() -> None:
    writes = {
        (method, re.sub(r"\{[^}]*\}", "{part}", f"/wiki/api/v2{path}")) for method, path in WRITES
    }

    assert set(confluence()["scopes"]) == _scopes(WIKI, _reads("/wiki/") | writes)


@WITH_CONTRACTS
def test_jira_is_asked_for_no_more_than_our_calls_need() -> None:
    assert set(jira()["scopes"]) == _scopes((("jira-cloud-v3", ""),), _reads("/"))
