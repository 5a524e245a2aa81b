"""Callers of a site as Data Center serves it: each product by its own token."""

from dataclasses import dataclass
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from sandbox.datacenter.people import Account, by_username
from sandbox.datacenter.tokens import planted_text


def account(username: str) -> Account:
    found = by_username(username)
    assert found is not None
    return found


def bearer(path: str, username: str = "okr-bot") -> dict[str, str]:
    """The header that opens the product a path belongs to."""
    product = "confluence" if path.startswith("/confluence/") else "jira"
    return {"Authorization": f"Bearer {planted_text(product, account(username))}"}


@dataclass(frozen=True)
class Caller:
    """Calls the APIs as one user, or as nobody; `JIRA` and `WIKI` begin the addresses."""

    client: FlaskClient
    username: str | None = "okr-bot"

    def call(self, method: str, path: str, **rest: Any) -> TestResponse:
        headers = bearer(path, self.username) if self.username else {}
        headers |= rest.pop("headers", {})
        return self.client.open(path, method=method, headers=headers, **rest)

    def get(self, path: str, **query: Any) -> TestResponse:
        return self.call("GET", path, query_string=query or None)

    def post(self, path: str, body: Any = None) -> TestResponse:
        return self.call("POST", path, json=body)

    def put(self, path: str, body: Any) -> TestResponse:
        return self.call("PUT", path, json=body)

    def delete(self, path: str) -> TestResponse:
        return self.call("DELETE", path)

    def keys(self, jql: str) -> set[str]:
        """Keys of the issues a query finds."""
        answer = self.get(f"{JIRA}/search", jql=jql, fields="key", maxResults=1000)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        return {issue["key"] for issue in json_of(answer)["issues"]}


JIRA = "/jira/rest/api/2"
WIKI = "/confluence/rest/api"


def json_of(answer: TestResponse) -> Any:
    return answer.get_json()
