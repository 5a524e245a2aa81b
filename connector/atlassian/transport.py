"""What carries a request: atlassian-python-api over a session that keeps to our limits."""

import io
import logging
import time
from dataclasses import dataclass
from http.cookiejar import DefaultCookiePolicy
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import requests
from atlassian.rest_client import AtlassianRestAPI
from requests.auth import AuthBase
from urllib3.exceptions import ProtocolError

Options = dict[str, Any]

_CHUNK = 64 * 1024

# At DEBUG the library writes whole response bodies, which here are people's pages.
logging.getLogger("atlassian").setLevel(logging.INFO)


@dataclass(frozen=True, slots=True)
class Trust:
    """`ca_bundle`: a PEM file of the only authorities to trust, empty for the public ones (or
    those of REQUESTS_CA_BUNDLE); `client_certificate`: a PEM file with our own and its key."""

    ca_bundle: str = ""
    client_certificate: str = ""


PUBLIC_TRUST = Trust()


class AnswerTooLarge(requests.RequestException):
    """The body is longer than we are ready to hold."""


class TrustingSession(requests.Session):
    """
    A session that trusts whom the settings name, whatever REQUESTS_CA_BUNDLE says, and keeps no
    cookie. Proxies are those of the environment.
    """

    def __init__(self, trust: Trust = PUBLIC_TRUST) -> None:
        super().__init__()
        self.verify = trust.ca_bundle or True
        self.cert = trust.client_certificate or None
        self.headers["User-Agent"] = user_agent()
        self.cookies.set_policy(DefaultCookiePolicy(allowed_domains=()))

    def send(self, request: requests.PreparedRequest, **kwargs: Any) -> requests.Response:
        """`requests` would let REQUESTS_CA_BUNDLE and CURL_CA_BUNDLE go before `self.verify`."""
        own = {"verify": self.verify} if isinstance(self.verify, str) else {}
        return super().send(request, **{**kwargs, **own})


class LimitedSession(TrustingSession):
    """The same, which follows no redirect and stops reading at a limit."""

    def __init__(
        self, auth: AuthBase, *, largest: int, seconds: int, trust: Trust = PUBLIC_TRUST
    ) -> None:
        super().__init__(trust)
        self.auth = auth
        # Data Center takes a POST without it for a forged one when a proxy makes us look like a
        # browser:
        # https://support.atlassian.com/ja/atlassian-cloud/kb/xsrf-check-failed-when-calling-cloud-apis
        self.headers["X-Atlassian-Token"] = "no-check"
        self._largest = largest
        self._seconds = seconds

    def send(self, request: requests.PreparedRequest, **kwargs: Any) -> requests.Response:
        """The whole answer, already read, within the size and twice the timeout."""
        deadline = time.monotonic() + 2 * self._seconds
        response = self._sent(request, {**kwargs, "stream": True, "allow_redirects": False})
        response.raw = io.BytesIO(self._whole(response, deadline))
        return response

    def _sent(
        self, request: requests.PreparedRequest, options: dict[str, Any]
    ) -> requests.Response:
        """
        Again at once when the connection was closed before any answer: the site may end an idle
        connection in the moment we use it, and that is no outage.
        """
        try:
            return super().send(request, **options)
        except requests.ConnectionError as error:
            if not (error.args and isinstance(error.args[0], ProtocolError)):
                raise
            return super().send(request, **options)

    def _whole(self, response: requests.Response, deadline: float) -> bytes:
        """One network read at a time: `stream` waits for a full chunk, however slowly it comes."""
        body = bytearray()
        while chunk := response.raw.read1(_CHUNK, decode_content=True):
            body += chunk
            if len(body) > self._largest:
                response.close()
                raise AnswerTooLarge(f"more than {self._largest} bytes")
            if time.monotonic() > deadline:
                response.close()
                raise requests.ReadTimeout("the answer drips")
        return bytes(body)


def transport(
    base_url: str, auth: AuthBase, timeout: int, largest: int, trust: Trust = PUBLIC_TRUST
) -> AtlassianRestAPI:
    """
    The library without its own retries: by default it sleeps inside the request, for up to
    half an hour, as long as `Retry-After` says.
    """
    return AtlassianRestAPI(
        base_url,
        session=LimitedSession(auth, largest=largest, seconds=timeout, trust=trust),
        timeout=timeout,
        advanced_mode=True,
        retry_with_header=False,
        backoff_and_retry=False,
    )


def user_agent() -> str:
    try:
        return f"okr-connector/{version('okr-connector')}"
    except PackageNotFoundError:
        return "okr-connector"
