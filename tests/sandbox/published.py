"""Requests as the published descriptions name them."""

from dataclasses import dataclass, field
from typing import Any

from werkzeug.test import TestResponse

from tests.sandbox.conftest import Caller, authorization


@dataclass(frozen=True)
class Call:
    """One request; `path` is the published one, `values` fill its parameters."""

    method: str
    path: str
    status: int = 200
    values: dict[str, str] = field(default_factory=dict)
    query: dict[str, Any] = field(default_factory=dict)
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    before: tuple["Call", ...] = ()

    @property
    def name(self) -> str:
        return f"{self.method} {self.path} {self.query or ''}".strip()

    @property
    def address(self) -> str:
        address = self.path
        for name, value in self.values.items():
            address = address.replace(f"{{{name}}}", value)
        return address

    def made(self, caller: Caller) -> TestResponse:
        """The answer, after the calls that prepare it."""
        for call in self.before:
            made = call.made(caller)
            assert made.status_code == call.status, made.get_data(as_text=True)
        headers = (authorization(caller.user) if caller.user else {}) | self.headers
        return caller.client.open(
            self.address,
            method=self.method,
            query_string=self.query or None,
            json=self.body,
            headers=headers,
        )
