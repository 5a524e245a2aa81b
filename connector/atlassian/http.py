"""The one door to a product of a site: what may be asked, how fast, and what went wrong."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from queue import Empty, LifoQueue
from typing import Any

import requests
from atlassian.rest_client import AtlassianRestAPI
from urllib3.exceptions import HTTPError

from connector.atlassian.answers import failure, json_of
from connector.atlassian.auth import Credentials, TokenAuth
from connector.atlassian.endpoints import Read
from connector.atlassian.governor import Governor
from connector.atlassian.transport import AnswerTooLarge, transport
from connector.core.errors import OkrError, Refused, Throttled, Unavailable
from connector.core.json import JsonObject

_BUSY = timedelta(seconds=5)


class TooMuch(Refused):
    """The answer is larger than we are ready to hold; asking for less may help."""

    code = "too_much"


@dataclass(frozen=True, slots=True)
class Limits:
    """`timeout` in whole seconds, `concurrent` requests at once, `largest` answer in bytes."""

    timeout: int = 20
    concurrent: int = 5
    largest: int = 32 * 1024 * 1024


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class RemoteCall:
    """One request that was sent; `status` is 0 when no answer came."""

    product: str
    endpoint: str
    status: int
    seconds: float


def ignore(_call: RemoteCall) -> None:
    """For those who do not count."""


class Door:
    """
    Reads from one product of one site, from any thread.

    At most `limits.concurrent` requests are out at once, as many as there are connections.
    `skew` is the site's clock minus ours, as the last answer had it.
    """

    def __init__(
        self,
        product: str,
        base_url: str,
        credentials: Credentials,
        *,
        limits: Limits = DEFAULT_LIMITS,
        on_call: Callable[[RemoteCall], None] = ignore,
        governor: Governor | None = None,
    ) -> None:
        self.product = product
        self.base_url = base_url.rstrip("/")
        self.skew: timedelta | None = None
        self._timeout = limits.timeout
        self._on_call = on_call
        self._governor = governor or Governor()
        self._idle: LifoQueue[AtlassianRestAPI] = LifoQueue()
        auth = TokenAuth(credentials)
        for _ in range(limits.concurrent):
            self._idle.put(transport(self.base_url, auth, limits.timeout, limits.largest))

    def __repr__(self) -> str:
        return f"Door({self.product!r}, {self.base_url!r})"

    def read(
        self,
        what: Read,
        *,
        part: str = "",
        params: Mapping[str, str | int] | None = None,
        body: JsonObject | None = None,
    ) -> JsonObject:
        """The JSON object the site answers with. Raises the errors of `connector.core.errors`."""
        answer = self._patiently(what, part, params, body)
        if not isinstance(answer, dict):
            raise Unavailable(f"{self._name(what)} answered with something else than an object")
        return answer

    def _name(self, what: Read) -> str:
        return f"{self.product} {what.name.lower()}"

    def _patiently(
        self,
        what: Read,
        part: str,
        params: Mapping[str, str | int] | None,
        body: JsonObject | None,
    ) -> Any:
        """Once more after a short 429: every operation here reads, so repeating it is safe."""
        path = what.path(part)
        for last in (False, True):
            self._governor.enter(what)
            try:
                return self._once(what, path, params, body)
            except Throttled as told:
                if not self._governor.heed(what, told) or last:
                    raise
        raise AssertionError("unreachable: the last attempt returns or raises")

    def _once(
        self,
        what: Read,
        path: str,
        params: Mapping[str, str | int] | None,
        body: JsonObject | None,
    ) -> Any:
        try:
            line = self._idle.get(timeout=self._timeout)
        except Empty:
            raise Throttled(_BUSY, "all connections are busy") from None
        started, status = time.monotonic(), 0
        try:
            response = line.request(what.method, path, params=dict(params or {}), json=body)
            status = response.status_code
        except (requests.RequestException, HTTPError) as error:
            # Without its cause: the exceptions of requests carry the request and its token.
            raise self._unanswered(what, error) from None
        finally:
            self._idle.put(line)
            seconds = time.monotonic() - started
            self._on_call(RemoteCall(self.product, what.name.lower(), status, seconds))
        self._compare_clocks(response)
        refusal = failure(response, self._name(what))
        if refusal is not None:
            raise refusal
        return json_of(response, self._name(what))

    def _unanswered(self, what: Read, error: Exception) -> OkrError:
        if isinstance(error, AnswerTooLarge):
            return TooMuch(f"{self._name(what)}: the answer has {error}")
        return Unavailable(f"{self._name(what)}: {type(error).__name__}")

    def _compare_clocks(self, response: requests.Response) -> None:
        try:
            theirs = parsedate_to_datetime(response.headers.get("Date", ""))
        except ValueError:
            return
        if theirs.tzinfo is not None:
            self.skew = theirs - datetime.now(UTC)
