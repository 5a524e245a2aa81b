"""A small public document from Atlassian, fetched with all care."""

import time
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import HTTPError

from connector.core.errors import ConfigError, Unavailable

_CHUNK = 8 * 1024
# S3 answers 403 for what is not there to those who may not list it.
_NOT_THERE = frozenset({403, 404, 410})
_AS_IT_IS = {"Accept-Encoding": "identity"}
GONE: Final = b""


def checked(url: str) -> str:
    """This address, if it is https, or on this machine as the sandbox is. Raises ConfigError."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    safe = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host))
    if not (safe and host) or parts.username or parts.password or parts.query or parts.fragment:
        raise ConfigError("keys are fetched by https alone, without user, query or fragment")
    return url


def is_loopback(host: str) -> bool:
    """
    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("127.0.0.1.example.com")
    (True, True, False)
    """
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def fetched(session: requests.Session, url: str, seconds: int, largest: int) -> bytes:
    """
    The document, at most `largest` bytes within about twice `seconds`; GONE if there is none.

    Raises Unavailable for any other answer, a redirect too, and for none.
    """
    deadline = time.monotonic() + 2 * seconds
    try:
        with session.get(
            url,
            headers=_AS_IT_IS,
            timeout=seconds,
            allow_redirects=False,
            stream=True,
            auth=_nobody,
        ) as answer:
            if answer.status_code in _NOT_THERE:
                return GONE
            if answer.status_code != requests.codes.ok:
                raise Unavailable(f"the keys' host answers {answer.status_code}")
            return _whole(answer, largest, deadline)
    except (requests.RequestException, HTTPError) as error:
        raise Unavailable(f"the keys' host does not answer ({type(error).__name__})") from None


def _nobody(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Keeps requests from looking into `.netrc`."""
    return request


def _whole(answer: requests.Response, largest: int, deadline: float) -> bytes:
    """One network read at a time: `iter_content` waits for a full chunk, however slowly."""
    body = bytearray()
    while chunk := answer.raw.read1(_CHUNK):
        body += chunk
        if len(body) > largest or time.monotonic() > deadline:
            raise Unavailable("the keys' host sends too much or too slowly")
    if not body:
        raise Unavailable("the keys' host sends nothing")
    return bytes(body)
