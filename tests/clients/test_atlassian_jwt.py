"""Tokens and hashes as npm's `atlassian-jwt` makes them, which the hosts' own apps are built on."""

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from connector.atlassian.bad_proof import BadProof, Reason
from connector.atlassian.connect_context import verify_context
from connector.atlassian.connect_lifecycle import verify_lifecycle
from connector.atlassian.connect_request import verify_request
from connector.atlassian.connect_sign import sign_request
from connector.atlassian.presented import presented_token
from connector.atlassian.qsh import SignedRequest, canonical_request, qsh
from connector.atlassian.seen import Seen
from tests.atlassian.tokens import (
    ACCOUNT,
    APP,
    BASE_URL,
    CLIENT,
    NOW,
    SECRET,
    Keys,
    private_key,
    public_key,
    secrets_of,
    still,
)
from tests.clients.environments import HERE
from tests.clients.node import node, packages

pytestmark = [
    pytest.mark.node,
    pytest.mark.timeout(300),  # the first run fetches the package
]

METHODS = st.sampled_from(["GET", "POST", "PUT", "DELETE"])
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
SHARP = st.text("ab &,+%*!'()~/=[];:@$éü日😀", max_size=6)
PAIRS = st.lists(st.tuples((TEXTS | SHARP).filter(bool), TEXTS | SHARP), max_size=6)
# No apostrophe, which Node.js encodes in some addresses.
SEGMENT = st.text("abcXYZ019-._~&,+*!()$=@:", min_size=1, max_size=8)
PATHS = st.lists(SEGMENT, max_size=4).map(lambda parts: "/" + "/".join(parts))
BASE_PATHS = st.sampled_from(["", "/app", "/a/b"])


class AtlassianJwt:
    """The library in one process of Node.js that answers a line for each."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def do(self, step: str, **asked: Any) -> Any:
        """What it finds; raises AssertionError with its words where it refuses."""
        asks, answers = self._process.stdin, self._process.stdout
        assert asks
        assert answers
        asks.write(json.dumps({"step": step, "asked": asked}) + "\n")
        asks.flush()
        answer = json.loads(answers.readline())
        assert "refused" not in answer, answer["refused"]
        return answer["found"]


@pytest.fixture(scope="module")
def theirs() -> Iterator[AtlassianJwt]:
    process = subprocess.Popen(
        [node(), HERE / "atlassian-jwt" / "steps.js"],
        env=os.environ | {"NODE_PATH": str(packages("atlassian-jwt"))},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,  # PyPI's node is a script that starts another process
    )
    with process:
        try:
            yield AtlassianJwt(process)
        finally:
            os.killpg(process.pid, signal.SIGTERM)


def in_one_order(pairs: list[tuple[str, str]]) -> bool:
    """Whether names sort alike before and after they are encoded: npm sorts them before."""
    names = {name for name, _ in pairs}
    before = sorted(names, key=lambda name: name.encode("utf-16-be"))
    return before == sorted(names, key=lambda name: quote(name, safe=""))


@given(METHODS, BASE_PATHS, PATHS, st.sampled_from(["", "/"]), PAIRS)
@settings(max_examples=500)
def test_hashes_are_theirs(
    theirs: AtlassianJwt,
    method: str,
    base: str,
    path: str,
    end: str,
    pairs: list[tuple[str, str]],
) -> None:
    assume(in_one_order(pairs) and path + end != "//")
    path, query = path + end, urlencode(pairs)
    url = f"{base}{path}?{query}"

    expected = theirs.do("qsh", method=method, url=url, base=f"https://okr.example.com{base}")

    assert qsh(method, base + path, query, base_path=base) == expected


@pytest.mark.parametrize(
    ("url", "ours", "npm"),
    [
        pytest.param("/a//b//", "GET&/a//b/&", "GET&/a//b/&", id="slashes at the end"),
        pytest.param("//a", "GET&//a&", "GET&//a&", id="slashes before"),
        pytest.param("/a:b", "GET&/a:b&", "GET&/a:b&", id="a colon"),
        pytest.param(
            "/x?a=%EF%BF%BD&a=%F0%9F%98%80",
            "GET&/x&a=%F0%9F%98%80,%EF%BF%BD",
            "GET&/x&a=%F0%9F%98%80,%EF%BF%BD",
            id="values beyond the basic plane",
        ),
        pytest.param(
            "/x?a%5B=1&aZ=2",
            "GET&/x&a%5B=1&aZ=2",
            "GET&/x&aZ=2&a%5B=1",
            id="names that sort otherwise when encoded: differs, as PyPI's does",
        ),
        pytest.param(
            "/a'b@c", "GET&/a'b@c&", "GET&/a%27b@c&", id="an apostrophe and an at sign: differs"
        ),
        pytest.param(
            "/applied?x=1", "GET&/applied&x=1", "GET&/lied&x=1", id="below another base: differs"
        ),
    ],
)
def test_where_the_libraries_differ(theirs: AtlassianJwt, url: str, ours: str, npm: str) -> None:
    """Our module paths and parameters have none of these characters."""
    path, _, query = url.partition("?")

    assert canonical_request("GET", path, query, base_path="/app") == ours
    assert theirs.do("canonical", method="GET", url=url, base=BASE_URL) == npm


@given(st.dictionaries(st.text("abcxyz._-", min_size=1, max_size=5), TEXTS, min_size=1, max_size=5))
def test_forms_are_hashed_as_theirs(theirs: AtlassianJwt, form: dict[str, str]) -> None:
    expected = theirs.do("qsh", method="POST", url="/app/x", form=form, base=BASE_URL)
    request = SignedRequest("POST", "/app/x", "", urlencode(form), "/app")

    assert request.has(expected)


def host_token(theirs: AtlassianJwt, hashed: str, algorithm: str = "HS256") -> str:
    claims = {"iss": CLIENT, "sub": ACCOUNT, "iat": NOW, "exp": NOW + 180, "qsh": hashed}
    token: str = theirs.do("sign", claims=claims, key=SECRET, algorithm=algorithm)
    return token


@given(METHODS, PATHS, PAIRS)
def test_requests_that_they_sign_are_taken(
    theirs: AtlassianJwt, method: str, path: str, pairs: list[tuple[str, str]]
) -> None:
    """As an iframe comes: the token among the other parameters."""
    pairs = [pair for pair in pairs if pair[0] != "jwt"]
    assume(in_one_order(pairs))
    url = f"/app{path}?{urlencode(pairs)}"
    token = host_token(theirs, theirs.do("qsh", method=method, url=url, base=BASE_URL))
    query = urlencode([*pairs, ("jwt", token)])
    request = SignedRequest(method, f"/app{path}", query, base_path="/app")

    proof = verify_request(presented_token("", request), request, secrets_of=secrets_of, now=still)

    assert (proof.client_key, proof.account) == (CLIENT, ACCOUNT)


def test_a_context_token_that_they_sign_is_taken_where_it_is_asked_for(
    theirs: AtlassianJwt,
) -> None:
    token = host_token(theirs, "context-qsh")

    proof = verify_context(token, secrets_of=secrets_of, now=still)

    assert proof.client_key == CLIENT
    with pytest.raises(BadProof) as refused:
        verify_request(token, SignedRequest("GET", "/x"), secrets_of=secrets_of, now=still)
    assert refused.value.reason == Reason.CONTEXT


@pytest.mark.parametrize("algorithm", ["HS384", "HS512"])
def test_their_other_algorithms_are_refused(theirs: AtlassianJwt, algorithm: str) -> None:
    """The library could; the hosts do not."""
    token = host_token(theirs, "context-qsh", algorithm)

    with pytest.raises(BadProof) as refused:
        verify_context(token, secrets_of=secrets_of, now=still)
    assert refused.value.reason == Reason.ALGORITHM


def test_a_lifecycle_call_that_they_sign_is_taken(theirs: AtlassianJwt) -> None:
    pem = private_key("atlassian").private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    hashed = theirs.do("qsh", method="POST", url="/app/connect/installed", base=BASE_URL)
    claims = {"iss": CLIENT, "aud": [BASE_URL], "iat": NOW, "exp": NOW + 180, "qsh": hashed}
    token = theirs.do(
        "sign", claims=claims, key=pem.decode(), algorithm="RS256", header={"kid": "key1"}
    )

    proof = verify_lifecycle(
        token,
        SignedRequest("POST", "/app/connect/installed", base_path="/app"),
        audience=BASE_URL,
        key_of=Keys(key1=public_key("atlassian")).key,
        seen=Seen(now=still),
        now=still,
    )

    assert proof.client_key == CLIENT


@given(METHODS, PATHS, PAIRS)
def test_calls_that_we_sign_are_taken_by_them(
    theirs: AtlassianJwt, method: str, path: str, pairs: list[tuple[str, str]]
) -> None:
    """As Confluence would look at it, whose base URL ends with `/wiki`."""
    assume(in_one_order(pairs))
    site, query = "https://harbour.atlassian.net/wiki", urlencode(pairs)

    token = sign_request(
        APP, CLIENT, SECRET, method, f"/wiki{path}", query, base_path="/wiki", now=still
    )

    claims = theirs.do("verify", token=token, key=SECRET, algorithm="HS256")
    hashed = theirs.do("qsh", method=method, url=f"/wiki{path}?{query}", base=site)
    assert claims == {
        "iss": APP,
        "aud": [CLIENT],
        "iat": NOW,
        "exp": NOW + 180,
        "qsh": hashed,
    }


def test_they_refuse_what_another_secret_signed(theirs: AtlassianJwt) -> None:
    token = sign_request(APP, CLIENT, "x" * 64, "GET", "/x", "", now=still)

    with pytest.raises(AssertionError, match="Signature verification failed"):
        theirs.do("verify", token=token, key=SECRET, algorithm="HS256")
