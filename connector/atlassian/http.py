"""The one door to a product of a site: what may be asked, how fast, and what went wrong."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from queue import Empty, LifoQueue
from typing import Any

import requests
from atlassian.rest_client import AtlassianRestAPI
from requests.auth import AuthBase
from urllib3.exceptions import HTTPError

from connector.atlassian.answers import failure, json_of
from connector.atlassian.auth import Credentials, TokenAuth
from connector.atlassian.endpoints import DATA_CENTER_WRITES, Operation, Read, Write
from connector.atlassian.governor import MOST_TRIES, Governor
from connector.atlassian.silence import silence
from connector.atlassian.transport import PUBLIC_TRUST, Trust, transport
from connector.atlassian.waits import put_off, spent
from connector.core.errors import Throttled, Unavailable
from connector.core.json import JsonObject
from connector.core.okr import PageId
from connector.core.publishing import PropertyKey

_BUSY = timedelta(seconds=5)
_SEEN_LIMITS = "ratelimit"


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


@dataclass(frozen=True, slots=True)
class PropertyChange:
    """
    One of our properties at a page, as it shall be; `version` is its next one.

    `held` is the id by which the site knows it: Cloud changes properties by it, and Data Center
    wants it repeated. A new property has none, and version 1.
    """

    page: PageId
    key: PropertyKey
    value: object = None
    version: int = 1
    held: str = ""


class Door:
    """
    Reads from one product of one site, from any thread, and changes there nothing but our own
    content properties.

    At most `limits.concurrent` requests are out at once, as many as there are connections.
    `skew` is the site's clock minus ours, and `rate_limits` what it said of its limits, both as
    the last answer had them.
    """

    def __init__(
        self,
        product: str,
        base_url: str,
        credentials: Credentials | AuthBase,
        *,
        limits: Limits = DEFAULT_LIMITS,
        trust: Trust = PUBLIC_TRUST,
        on_call: Callable[[RemoteCall], None] = ignore,
        governor: Governor | None = None,
    ) -> None:
        self.product = product
        self.base_url = base_url.rstrip("/")
        self.skew: timedelta | None = None
        self.rate_limits: dict[str, str] = {}
        self._timeout = limits.timeout
        self._on_call = on_call
        self._governor = governor or Governor()
        self._idle: LifoQueue[AtlassianRestAPI] = LifoQueue()
        auth = TokenAuth(credentials) if isinstance(credentials, Credentials) else credentials
        for _ in range(limits.concurrent):
            line = transport(self.base_url, auth, limits.timeout, limits.largest, trust)
            self._idle.put(line)

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

    def read_list(
        self, what: Read, *, params: Mapping[str, str | int] | None = None
    ) -> list[JsonObject]:
        """The list of JSON objects some operations answer with. Raises as `read` does."""
        answer = self._patiently(what, "", params, None)
        if not isinstance(answer, list) or not all(isinstance(one, dict) for one in answer):
            raise Unavailable(f"{self._name(what)} answered with something else than a list")
        return answer

    def write(self, what: Write, change: PropertyChange) -> None:
        """
        Create, change or delete one of our properties; nothing else can be said here.

        Repeated after a short 429 or a connection that the site closed before it answered: each
        of these changes is good once, for a page has a key once and a property each version once.
        Raises as `read` does: Conflict where somebody else was first, Refused (400) where a
        property of this key is there already.
        """
        body: JsonObject = {"key": change.key.value, "value": change.value}
        if what.method == "PUT":
            body |= {"id": change.held} if what in DATA_CENTER_WRITES else {}
            body |= {"version": {"number": change.version}}
        by = change.key if what in DATA_CENTER_WRITES else change.held
        part = change.page if what.method == "POST" else f"{change.page}/{by}"
        self._patiently(what, part, None, None if what.method == "DELETE" else body)

    def _name(self, what: Operation) -> str:
        return f"{self.product} {what.name.removeprefix('DC_').lower()}"

    def _patiently(
        self,
        what: Operation,
        part: str,
        params: Mapping[str, str | int] | None,
        body: JsonObject | None,
    ) -> Any:
        """Again after a short 429: an operation that was refused has done nothing."""
        path = what.path(part)
        for tries in range(MOST_TRIES):
            self._governor.enter(what, part)
            try:
                return self._once(what, path, params, body)
            except Throttled as told:
                if not self._governor.heed(what, told, part) or tries == MOST_TRIES - 1:
                    raise
        raise AssertionError("unreachable: the last attempt returns or raises")

    def _once(
        self,
        what: Operation,
        path: str,
        params: Mapping[str, str | int] | None,
        body: JsonObject | None,
    ) -> Any:
        response = self._sent(what, path, params, body)
        self._learn(what, response)
        if isinstance(what, Write) and response.status_code == HTTPStatus.NO_CONTENT:
            return None
        refusal = failure(response, self._name(what))
        if refusal is not None:
            raise refusal
        return json_of(response, self._name(what))

    def _sent(
        self,
        what: Operation,
        path: str,
        params: Mapping[str, str | int] | None,
        body: JsonObject | None,
    ) -> requests.Response:
        try:
            line = self._idle.get(timeout=self._timeout)
        except Empty:
            raise Throttled(_BUSY, "all connections are busy") from None
        started, status = time.monotonic(), 0
        try:
            response: requests.Response = line.request(
                what.method, path, params=dict(params or {}), json=body
            )
            status = response.status_code
        except (requests.RequestException, HTTPError) as error:
            # Without its cause: the exceptions of requests carry the request and its token.
            raise silence(error, self._name(what)) from None
        finally:
            self._idle.put(line)
            seconds = time.monotonic() - started
            self._on_call(RemoteCall(self.product, what.name.lower(), status, seconds))
        return response

    def _learn(self, what: Operation, response: requests.Response) -> None:
        """What any answer says beside its body: the time, and what is left of our share."""
        headers, now = response.headers, datetime.now(UTC)
        seen = {name: text[:100] for name, text in headers.items() if _SEEN_LIMITS in name.lower()}
        self.rate_limits = seen or self.rate_limits
        if response.ok and (pause := spent(headers, now=now)) is not None:
            self._governor.heed(what, pause)
        if response.status_code == HTTPStatus.SERVICE_UNAVAILABLE:
            wait = put_off(headers, now=now)
            if wait is not None:
                self._governor.stay_away(wait)
        try:
            theirs = parsedate_to_datetime(headers.get("Date", ""))
        except ValueError:
            return
        if theirs.tzinfo is not None:
            self.skew = theirs - now
