"""Every status and every way to fail, once: which error it is, whether to try again, what to do."""

import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import requests
from werkzeug import Response

import connector
from connector.atlassian.answers import NotOffered, TooMuch
from connector.atlassian.auth import Credentials
from connector.atlassian.endpoints import Read
from connector.atlassian.governor import Governor
from connector.atlassian.http import Door
from connector.atlassian.remedies import Remedy
from connector.atlassian.silence import silence
from connector.catalogue import LOCALES, words
from connector.core.errors import (
    Conflict,
    Forbidden,
    NotFound,
    OkrError,
    Refused,
    Throttled,
    Unauthorized,
    Unavailable,
)
from tests.atlassian.serving import served

CAPTCHA = {"X-Authentication-Denied-Reason": "CAPTCHA_CHALLENGE; login-url=https://j/login.jsp"}
DENIED = {"X-Seraph-LoginReason": "AUTHENTICATION_DENIED"}
NOBODY = {"X-Seraph-LoginReason": "AUTHENTICATED_FAILED"}
BUCKET = {
    "X-RateLimit-Limit": "50",
    "X-RateLimit-Remaining": "0",
    "X-RateLimit-FillRate": "10",
    "X-RateLimit-Interval-Seconds": "60",
}
SIGN_IN = "<html><title>Log in</title></html>"
CONFLICT = '{"message": "com.atlassian…OptimisticLockException: Batch update returned"}'
ROLLED_BACK = '{"message": "Transaction rolled back because it has been marked"}'


class Case(NamedTuple):
    """What the site answers, and what we make of it."""

    status: int
    headers: dict[str, str]
    body: str
    kind: type[OkrError]
    retryable: bool
    remedy: Remedy


JSON, HTML = {"Content-Type": "application/json"}, {"Content-Type": "text/html; charset=utf-8"}
CASES = [
    Case(200, HTML, SIGN_IN, Unavailable, True, Remedy.SIGN_IN),
    Case(200, JSON, '{"issues": [', Unavailable, True, Remedy.NOT_JSON),
    Case(200, JSON, "", Unavailable, True, Remedy.NOT_JSON),
    Case(200, NOBODY, "{}", Unauthorized, False, Remedy.TOKEN),
    Case(301, {"Location": "https://sso.corp.example/x?t=1"}, "", Refused, False, Remedy.SIGN_IN),
    Case(302, {"Location": "/login.jsp"}, "", Refused, False, Remedy.SIGN_IN),
    Case(303, {}, "", Refused, False, Remedy.SIGN_IN),
    Case(307, {"Location": "https://sso.corp.example"}, "", Refused, False, Remedy.SIGN_IN),
    Case(308, {"Location": "https://sso.corp.example"}, "", Refused, False, Remedy.SIGN_IN),
    Case(400, JSON, '{"errorMessages": ["no"]}', Refused, False, Remedy.WRONG_WORDS),
    Case(400, JSON, ROLLED_BACK, Conflict, True, Remedy.CONFLICT),
    Case(400, JSON, '{"message": "unreconciled"}', Conflict, True, Remedy.CONFLICT),
    Case(401, {}, "", Unauthorized, False, Remedy.TOKEN),
    Case(401, HTML, SIGN_IN, Unauthorized, False, Remedy.TOKEN),
    Case(401, CAPTCHA, "", Unauthorized, False, Remedy.CAPTCHA),
    Case(401, DENIED, "", Unauthorized, False, Remedy.CAPTCHA),
    Case(403, {}, "{}", Forbidden, False, Remedy.RIGHTS),
    Case(403, CAPTCHA, "", Unauthorized, False, Remedy.CAPTCHA),
    Case(403, NOBODY, "", Unauthorized, False, Remedy.TOKEN),
    Case(403, {}, "XSRF check failed", Forbidden, False, Remedy.XSRF),
    Case(404, JSON, "{}", NotFound, False, Remedy.ADDRESS),
    Case(404, HTML, SIGN_IN, NotFound, False, Remedy.ADDRESS),
    Case(404, NOBODY, "", Unauthorized, False, Remedy.TOKEN),
    Case(405, {}, "", NotOffered, False, Remedy.METHOD),
    Case(407, {}, "", Unavailable, True, Remedy.PROXY),
    Case(408, {}, "", Unavailable, True, Remedy.WAIT),
    Case(409, JSON, "{}", Conflict, True, Remedy.CONFLICT),
    Case(410, JSON, '{"errorMessages": ["gone"]}', Refused, False, Remedy.OUTDATED),
    Case(413, HTML, "<html>", TooMuch, False, Remedy.TOO_LARGE),
    Case(414, HTML, "<html>", TooMuch, False, Remedy.TOO_LARGE),
    Case(415, {}, "", Refused, False, Remedy.WRONG_WORDS),
    Case(425, {}, "", Unavailable, True, Remedy.WAIT),
    Case(429, {}, "", Throttled, True, Remedy.SLOWER),
    Case(429, HTML, "<html>", Throttled, True, Remedy.SLOWER),
    Case(429, {"Retry-After": "30"}, "{}", Throttled, True, Remedy.SLOWER),
    Case(429, BUCKET | {"retry-after": "42"}, "", Throttled, True, Remedy.SLOWER),
    Case(429, BUCKET, "", Throttled, True, Remedy.SLOWER),
    Case(429, {"RateLimit-Reason": "jira-burst-based"}, "", Throttled, True, Remedy.SLOWER),
    Case(429, {"RateLimit-Reason": "jira-per-issue-on-write"}, "", Throttled, True, Remedy.SLOWER),
    Case(429, {"RateLimit-Reason": "jira-cost-based"}, "", Throttled, True, Remedy.SLOWER),
    Case(429, {"RateLimit-Reason": "jira-quota-tenant-based"}, "", Throttled, True, Remedy.QUOTA),
    Case(
        429,
        {"RateLimit-Reason": "confluence-quota-global-based"},
        "",
        Throttled,
        True,
        Remedy.QUOTA,
    ),
    Case(
        429,
        {"X-RateLimit-Limit": "0", "Retry-After": "9223372036854775807"},
        "",
        Throttled,
        True,
        Remedy.BLOCKED,
    ),
    Case(500, {}, "", Unavailable, True, Remedy.WAIT),
    Case(500, JSON, CONFLICT, Conflict, True, Remedy.CONFLICT),
    Case(500, JSON, '{"message": "UnexpectedRollbackException"}', Conflict, True, Remedy.CONFLICT),
    Case(502, HTML, "<html>", Unavailable, True, Remedy.WAIT),
    Case(503, {"Retry-After": "90"}, "", Unavailable, True, Remedy.WAIT),
    Case(503, HTML, "<html>Maintenance</html>", Unavailable, True, Remedy.WAIT),
    Case(504, {}, "", Unavailable, True, Remedy.WAIT),
    Case(599, {}, "", Unavailable, True, Remedy.WAIT),
]


def failed(case: Case) -> OkrError:
    def answer(environ: Any, start: Any) -> Any:
        return Response(case.body, case.status, case.headers)(environ, start)

    with served(answer) as address:
        door = Door("jira", address, Credentials("t"), governor=Governor(patience=0))
        with pytest.raises(OkrError) as caught:
            door.read(Read.DC_JIRA_MYSELF)
        return caught.value


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.status}-{case.remedy}")
def test_an_answer_is_one_of_our_errors_and_says_what_to_do(case: Case) -> None:
    error = failed(case)

    assert type(error) is case.kind
    assert (error.retryable, error.remedy) == (case.retryable, case.remedy)
    assert "jira" in str(error) or isinstance(error, Throttled)


def test_where_a_redirect_leads_is_said_without_what_it_carries() -> None:
    error = failed(next(case for case in CASES if case.status == 301))

    assert "sso.corp.example" in str(error)
    assert "t=1" not in str(error)


class Refusing(requests.exceptions.ConnectionError):
    pass


@pytest.mark.parametrize(
    ("error", "remedy"),
    [
        (requests.exceptions.SSLError("x"), Remedy.CERTIFICATE),
        (requests.exceptions.ProxyError("x"), Remedy.PROXY),
        (requests.exceptions.ConnectTimeout("x"), Remedy.TIME_OUT),
        (requests.exceptions.ReadTimeout("x"), Remedy.TIME_OUT),
        (requests.exceptions.ChunkedEncodingError("x"), Remedy.NETWORK),
        (Refusing(), Remedy.NETWORK),
    ],
)
def test_silence_says_what_to_look_at(error: Exception, remedy: Remedy) -> None:
    found = silence(error, "jira myself")

    assert (type(found), found.remedy) == (Unavailable, remedy)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_remedy_has_words_in_every_language(locale: str) -> None:
    said = words(locale)

    assert all(len(said.say(f"cli.remedy.{one}")) > 10 for one in Remedy)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_error_has_words_in_every_language(locale: str) -> None:
    """Those of the web have their own, in problem documents; a command does not meet them."""

    def kinds(kind: type[OkrError]) -> set[type[OkrError]]:
        return {kind} | {deeper for one in kind.__subclasses__() for deeper in kinds(one)}

    met = ("connector.core.", "connector.atlassian.")
    codes = {kind.code for kind in kinds(OkrError) if kind.__module__.startswith(met)}

    assert {one for one in codes if f"cli.error.{one}" not in words(locale).messages} == set()


@pytest.mark.parametrize("locale", LOCALES)
def test_every_check_of_the_doctor_has_words_in_every_language(locale: str) -> None:
    """Names stand in the source as `product.subject`; each note and each mend is a sentence."""
    folder = Path(connector.__file__).parent
    sources = [
        one for part in ("wiring", "cli", "atlassian") for one in folder.glob(f"{part}/*.py")
    ]
    text = "\n".join(one.read_text(encoding="utf-8") for one in sources)
    named = re.findall(r'"((?:confluence|jira|service|settings)\.[a-z_]+)"', text)
    both = re.findall(r'f"\{(?:door\.)?product\}\.([a-z_]+)"', text)
    names = {*named, *(f"{one}.{what}" for one in ("confluence", "jira") for what in both)}
    messages = words(locale).messages

    assert len(names) > 15
    assert {one for one in names if f"cli.doctor.{one}" not in messages} == set()
    assert {one for one in names if f"cli.doctor.{one}.mend" not in messages} == set()
