"""
Every address that our descriptors and the Forge manifest name: there, guarded, and shut.

The wrong proofs are those of Atlassian's scanner for the security requirements, and more of their
kind: https://developer.atlassian.com/platform/marketplace/security-requirements-more-info/
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import jwt
import pytest
from atlassian_jwt.url_utils import hash_url  # type: ignore[import-untyped]  # has no types
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from connector.web.app import OPEN_ON_PURPOSE, guards_of
from connector.web.connect import load_descriptor
from connector.web.descriptors import confluence_descriptor, jira_descriptor
from tests.fakes.installations import FakeInstallations
from tests.forge.app import service_paths
from tests.web.conftest import CANARY, OTHER, PAGE, Caller
from tests.web.connect.conftest import ACME, HIDDEN
from tests.web.hosts import AT, ConnectHost, forge_door, private_key

BASE = "http://localhost:8090"
DESCRIPTORS = {
    "confluence": confluence_descriptor(load_descriptor(), BASE),
    "jira": jira_descriptor(load_descriptor(), BASE),
}
_VALUES = {"page.id": PAGE, "content.id": PAGE, "issue.key": "YUN-7", "key": f"{PAGE}-1"}
_FETCHED_BY_ANYBODY = ("/assets/", "/atlassian-connect")


@dataclass(frozen=True)
class Named:
    """An address as the host asks for it: with its variables in place and a slash before it."""

    method: str
    address: str

    def __str__(self) -> str:
        return f"{self.method} {self.address}"

    @property
    def path(self) -> str:
        return self.address.partition("?")[0]

    @property
    def is_open(self) -> bool:
        return self.path.startswith(_FETCHED_BY_ANYBODY) or self.path.endswith("/template")


def named() -> Iterator[Named]:
    for descriptor in DESCRIPTORS.values():
        for path in descriptor["lifecycle"].values():
            yield Named("POST", path)
        for path in descriptor["translations"]["paths"].values():
            yield Named("GET", path)
        yield from _of_modules(descriptor["modules"], "")


def _of_modules(part: Any, within: str) -> Iterator[Named]:
    """Every `url` at any depth; those of webhooks and of contexts are posted to."""
    if isinstance(part, list):
        for one in part:
            yield from _of_modules(one, within)
    if not isinstance(part, dict):
        return
    for name, held in part.items():
        if name == "url":
            posted = within in {"webhooks", "blueprintContext"}
            yield Named("POST" if posted else "GET", _filled(held))
        else:
            yield from _of_modules(held, name if isinstance(held, dict) else within or name)


def _filled(address: str) -> str:
    for variable, value in _VALUES.items():
        address = address.replace(f"{{{variable}}}", value)
    while "{" in address:
        before, _, rest = address.partition("{")
        address = before + rest.partition("}")[2]
    return address


ALL = sorted(set(named()), key=str)
SHUT = [one for one in ALL if not one.is_open]
LIFECYCLE = sorted({path for one in DESCRIPTORS.values() for path in one["lifecycle"].values()})


def test_no_module_is_forgotten() -> None:
    """One address of each kind, so that the walk above sees them all."""
    assert {one.path for one in SHUT} >= {
        "/macros/objective",
        "/macros/objective/static",
        "/macros/board",
        "/macros/number/static",
        "/connect/blueprints/team-en/context",
        "/connect/byline",
        "/connect/issue-panel",
        "/connect/webhooks/confluence",
        "/connect/webhooks/jira",
        "/connect/installed",
        "/connect/uninstalled",
        "/admin/configure",
        "/okr",
    }
    posted = {one.path for one in ALL if one.method == "POST"}
    assert {path.split("/")[2] for path in posted} == {
        "blueprints",
        "webhooks",
        "installed",
        "uninstalled",
    }


def endpoint_of(client: FlaskClient, path: str, method: str) -> str:
    try:
        endpoint, _ = client.application.url_map.bind("").match(path, method=method)
    except HTTPException as error:
        pytest.fail(f"{method} {path}: {error}")
    assert isinstance(endpoint, str)
    return endpoint


@pytest.mark.parametrize("one", ALL, ids=str)
def test_it_is_there_with_one_guard_or_open_on_purpose(client: FlaskClient, one: Named) -> None:
    endpoint = endpoint_of(client, one.path, one.method)

    assert (endpoint in OPEN_ON_PURPOSE) == one.is_open
    assert len(guards_of(client.application, endpoint)) == (0 if one.is_open else 1)


@pytest.mark.parametrize("one", [one for one in ALL if one.is_open], ids=str)
def test_what_anybody_may_fetch_is_there(client: FlaskClient, one: Named) -> None:
    assert client.get(one.address).status_code == 200


def tokens(host: ConnectHost, one: Named) -> dict[str, str]:
    """Every wrong way to be a host, by what is wrong."""
    claims = {
        "iss": host.client_key,
        "sub": "account-1",
        "iat": AT,
        "exp": AT + 180,
        "qsh": hash_url(one.method, one.address),
    }
    context = {**claims, "qsh": "context-qsh"}
    fake_key = {"kid": "fake-kid"}
    return {
        "nothing": "",
        "a fake secret": jwt.encode(claims, "fake-secret" * 3, algorithm="HS256"),
        "no algorithm": jwt.encode(claims, "", algorithm="none"),
        "a context token": jwt.encode(context, host.secret, algorithm="HS256"),
        "of another address": host.token(one.method, f"{one.path}/x"),
        "of a stranger": jwt.encode({**claims, "iss": "x"}, host.secret, algorithm="HS256"),
        "a key nobody has": jwt.encode(claims, private_key(), algorithm="RS256", headers=fake_key),
        "no token": "e30.e30.e30",
    }


WRONG = tuple(tokens(ConnectHost(FlaskClient(Flask("nobody"))), Named("GET", "/")))


def asked(client: FlaskClient, one: Named, token: str, *, inside: str) -> TestResponse:
    if inside == "header":
        headers = {"Authorization": f"JWT {token}"} if token else {}
        return client.open(one.address, method=one.method, headers=headers, json=_body(one))
    mark = "&" if "?" in one.address else "?"
    address = f"{one.address}{mark}{urlencode({'jwt': token})}" if token else one.address
    return client.open(address, method=one.method, json=_body(one))


def _body(one: Named) -> object:
    return {} if one.method == "POST" else None


@pytest.mark.parametrize("inside", ["header", "address"])
@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("one", SHUT, ids=str)
def test_it_is_shut_to_every_wrong_proof(
    host: ConnectHost,
    installations: FakeInstallations,
    one: Named,
    wrong: str,
    inside: str,
) -> None:
    before = dict(installations.kept)

    answer = asked(host.client, one, tokens(host, one)[wrong], inside=inside)

    assert answer.status_code >= 400
    assert answer.status_code < 500
    assert CANARY not in answer.text
    assert HIDDEN not in answer.text
    assert ACME not in answer.text
    assert host.client_key not in answer.text
    assert installations.kept == before


@pytest.mark.parametrize("one", [one for one in SHUT if one.path not in LIFECYCLE], ids=str)
def test_the_right_proof_opens_it(host: ConnectHost, one: Named) -> None:
    """Or the refusals above would prove nothing; a plain user's does not open the admin's page."""
    token = host.token(one.method, one.address)

    answer = asked(host.client, one, token, inside="header")

    if one.path == "/admin/configure":
        assert answer.status_code == 403
    else:
        assert answer.status_code == (202 if "/webhooks/" in one.path else 200)


@pytest.mark.parametrize("path", LIFECYCLE)
def test_a_life_step_is_shut_to_a_shared_secret_however_right(host: ConnectHost, path: str) -> None:
    headers = {"Authorization": f"JWT {host.token('POST', path)}"}

    answer = host.client.post(path, json=host.payload(path.split("/")[2]), headers=headers)

    assert answer.status_code == 401


@pytest.mark.parametrize("path", sorted(service_paths()))
def test_every_path_of_the_forge_app_is_there_and_guarded(caller: Caller, path: str) -> None:
    client = caller(forge=forge_door(FakeInstallations()))
    endpoint = endpoint_of(client, path, "POST")

    assert len(guards_of(client.application, endpoint)) == 1
    unsigned = jwt.encode({"iss": "forge/invocation-token"}, "", algorithm="none")
    shared = jwt.encode({"iss": "forge/invocation-token"}, "fake" * 9, algorithm="HS256")
    for token in ("", unsigned, shared):
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        assert client.post(path, json={}, headers=headers).status_code == 401


def test_pages_of_the_site_are_framed_by_the_site_alone(host: ConnectHost) -> None:
    for address in ("/connect/byline?page=" + OTHER, "/connect/issue-panel?issue=Y-1", "/okr"):
        one = Named("GET", address)
        refused = asked(host.client, one, "", inside="header")
        shown = asked(host.client, one, host.token("GET", address), inside="header")

        assert "frame-ancestors https://" in shown.headers["Content-Security-Policy"]
        assert "unsafe" not in shown.headers["Content-Security-Policy"]
        for answer in (refused, shown):
            assert answer.headers["Cache-Control"] == "no-cache, no-store"
            assert answer.headers["Referrer-Policy"] == "no-referrer"
