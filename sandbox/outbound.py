"""Calls to an app's server: bounded in time and size, no redirects, no proxies."""

import time
from collections.abc import Mapping
from dataclasses import dataclass

import requests
from requests.structures import CaseInsensitiveDict

_CHUNK = 64 * 1024
_PATIENCE = 5.0
_AGAIN = 0.2


class NoAnswer(Exception):
    """The app's server did not answer, or not as it should; the message says how."""


class TimedOut(NoAnswer):
    """The app's server took longer than the host waits."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: CaseInsensitiveDict[str]
    body: bytes

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


def call(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str],
    body: bytes | None = None,
    seconds: float,
    most: int = 5 * 1024 * 1024,
) -> Answer:
    """
    One request, answered whole within so many seconds.

    Raises `TimedOut`, and `NoAnswer` for anything else that keeps an answer away, an answer of
    more than `most` bytes included.
    """
    deadline = time.monotonic() + seconds
    try:
        with requests.Session() as session:
            session.trust_env = False
            response = session.request(
                method,
                url,
                data=body,
                headers=dict(headers),
                timeout=seconds,
                allow_redirects=False,
                stream=True,
            )
            return Answer(response.status_code, response.headers, _read(response, deadline, most))
    except requests.Timeout as error:
        raise TimedOut(f"no answer within {seconds:g} seconds") from error
    except (requests.RequestException, ValueError) as error:
        raise NoAnswer(f"no answer from {url}") from error


def wait_for(url: str, seconds: float) -> bool:
    """Until somebody answers there, whatever it is; False when nobody does so long."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            call("GET", url, headers={}, seconds=_PATIENCE)
        except TimedOut:
            return True
        except NoAnswer:
            time.sleep(_AGAIN)
        else:
            return True
    return False


def _read(response: requests.Response, deadline: float, most: int) -> bytes:
    read = b""
    for chunk in response.iter_content(_CHUNK):
        read += chunk
        if len(read) > most:
            raise NoAnswer(f"the answer has more than {most} bytes")
        if time.monotonic() > deadline:
            raise TimedOut("the answer took too long")
    return read
