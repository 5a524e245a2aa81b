"""A planted site without a network, and callers who are signed in."""

from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from typing import Any, Unpack

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from sandbox.app import app_of
from sandbox.directory import BOT, LI_NA, TOM, User
from sandbox.planting import SiteOptions, planted_site
from sandbox.site import Site, new_site


def authorization(user: User) -> dict[str, str]:
    pair = f"{user.email}:{user.token}".encode()
    return {"Authorization": f"Basic {b64encode(pair).decode()}"}


@dataclass(frozen=True)
class Caller:
    """Calls the APIs as one user, or as nobody."""

    client: FlaskClient
    user: User | None

    def call(self, method: str, path: str, **rest: Any) -> TestResponse:
        headers = authorization(self.user) if self.user else {}
        return self.client.open(path, method=method, headers=headers, **rest)

    def get(self, path: str, **query: Any) -> TestResponse:
        return self.call("GET", path, query_string=query or None)

    def post(self, path: str, body: Any) -> TestResponse:
        return self.call("POST", path, json=body)

    def put(self, path: str, body: Any) -> TestResponse:
        return self.call("PUT", path, json=body)

    def delete(self, path: str) -> TestResponse:
        return self.call("DELETE", path)

    def search(self, jql: str, **query: Any) -> TestResponse:
        return self.get("/rest/api/3/search/jql", jql=jql, **query)

    def found(self, jql: str) -> set[str]:
        """Keys of all issues a query finds on its first page."""
        answer = self.search(jql, fields="key", maxResults=5000)
        assert answer.status_code == 200, answer.json
        return {issue["key"] for issue in json_of(answer)["issues"]}


def json_of(answer: TestResponse) -> Any:
    return answer.get_json()


@cache
def _app(flavor: str) -> Flask:
    return app_of(new_site("", flavor=flavor))


def app_of_a_fresh_site(seed: str = "company", **options: Unpack[SiteOptions]) -> Flask:
    """
    For one test at a time: the app is the same for all, and only the last site is in it.

    The routes of an app take five times as long as a site.
    """
    site = planted_site(seed, **options)
    app = _app(site.flavor)
    app.extensions["sandbox"] = site
    return app


@pytest.fixture
def app() -> Flask:
    return app_of_a_fresh_site()


@pytest.fixture
def site(app: Flask) -> Site:
    found: Site = app.extensions["sandbox"]
    return found


@pytest.fixture
def bot(app: Flask) -> Caller:
    return Caller(app.test_client(), BOT)


@pytest.fixture
def li_na(app: Flask) -> Caller:
    return Caller(app.test_client(), LI_NA)


@pytest.fixture
def tom(app: Flask) -> Caller:
    return Caller(app.test_client(), TOM)


@pytest.fixture
def nobody(app: Flask) -> Caller:
    return Caller(app.test_client(), None)
