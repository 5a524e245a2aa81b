"""A planted site without a network, and callers who are signed in."""

from base64 import b64encode
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from sandbox.app import create_app
from sandbox.directory import BOT, LI_NA, TOM, User
from sandbox.site import Site


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


@pytest.fixture
def app() -> Flask:
    return create_app("company")


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
