"""Why no answer came, as one of our errors that says what to look at."""

import socket

import requests
from urllib3.exceptions import MaxRetryError, NameResolutionError

from connector.atlassian.answers import TooMuch
from connector.atlassian.remedies import Remedy, with_remedy
from connector.atlassian.transport import AnswerTooLarge
from connector.core.errors import OkrError, Unavailable


def silence(error: Exception, what: str) -> OkrError:
    """
    Unavailable with the cause as far as it can be told, TooMuch for an answer beyond our limit.

    All but the latter may be tried again: a certificate or a proxy that is put right lets the
    waiting work through.
    """
    if isinstance(error, AnswerTooLarge):
        return with_remedy(TooMuch(f"{what}: the answer has {error}"), Remedy.TOO_LARGE)
    words, remedy = _cause(error)
    return with_remedy(Unavailable(f"{what}: {words} ({type(error).__name__})"), remedy)


def _cause(error: Exception) -> tuple[str, Remedy]:
    """In this order: requests derives its errors of proxies and of TLS from that of connections."""
    if isinstance(error, requests.exceptions.ProxyError):
        return "the proxy does not let us through", Remedy.PROXY
    if isinstance(error, requests.exceptions.SSLError):
        return "the site's certificate is not trusted here, or TLS failed", Remedy.CERTIFICATE
    if isinstance(error, requests.Timeout):
        return "no answer in time", Remedy.TIME_OUT
    if _is_unknown_host(error):
        return "no such host", Remedy.HOST
    return "the connection failed or broke off", Remedy.NETWORK


def _is_unknown_host(error: Exception) -> bool:
    inner = error.args[0] if error.args else None
    reason = inner.reason if isinstance(inner, MaxRetryError) else inner
    return isinstance(reason, NameResolutionError | socket.gaierror)
