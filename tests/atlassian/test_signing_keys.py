"""Atlassian's keys over real connections: found, kept, and not asked for without end."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import RSAAlgorithm

from connector.atlassian.bad_proof import BadProof, Reason
from connector.atlassian.signing_keys import (
    FORGE_JWKS,
    INSTALL_KEY_HOSTS,
    InstallKeys,
    Jwks,
)
from connector.core.errors import ConfigError, Unavailable
from tests.atlassian.key_hosts import KeyHost, jwk, key_host, key_set, pem
from tests.atlassian.tokens import private_key, public_key

ONE, TWO = public_key("atlassian"), public_key("stranger")


class Clock:
    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def session() -> Iterator[requests.Session]:
    with requests.Session() as found:
        found.trust_env = False
        yield found


@pytest.fixture
def first() -> Iterator[KeyHost]:
    with key_host() as host:
        yield host


@pytest.fixture
def second() -> Iterator[KeyHost]:
    with key_host() as host:
        yield host


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def install_keys(
    first: KeyHost, second: KeyHost, session: requests.Session, clock: Clock
) -> InstallKeys:
    return InstallKeys([first.address, second.address + "/"], session, seconds=1, now=clock)


@pytest.fixture
def jwks(first: KeyHost, session: requests.Session, clock: Clock) -> Jwks:
    first.bodies["/jwks.json"] = key_set(jwk("one", ONE))
    return Jwks(f"{first.address}/jwks.json", session, seconds=1, now=clock)


def refused(ask: Callable[[str], RSAPublicKey], kid: str) -> Reason:
    with pytest.raises(BadProof) as error:
        ask(kid)
    return error.value.reason


@pytest.mark.parametrize(
    "kid",
    [
        "1d2a4f0c-0000-4000-8000-000000000001",
        "key_1.pem",
        pytest.param("micros/connect/key-1", id="with a path, as ASAP's are"),
    ],
)
def test_a_key_is_found_by_its_id(install_keys: InstallKeys, first: KeyHost, kid: str) -> None:
    first.bodies[f"/{kid}"] = pem(ONE)

    assert install_keys.key(kid) == ONE


@pytest.mark.parametrize("status", [403, 404, 410])
def test_what_one_host_does_not_have_the_next_is_asked_for(
    install_keys: InstallKeys, first: KeyHost, second: KeyHost, status: int
) -> None:
    first.status = status
    second.bodies["/kid"] = pem(TWO)

    assert install_keys.key("kid") == TWO
    assert (first.asked, second.asked) == (["/kid"], ["/kid"])


def test_a_key_that_no_host_has_is_refused(
    install_keys: InstallKeys, first: KeyHost, second: KeyHost
) -> None:
    assert refused(install_keys.key, "kid") == Reason.UNKNOWN_KEY
    assert (first.asked, second.asked) == (["/kid"], ["/kid"])


def test_a_silent_host_is_passed_over(
    first: KeyHost, session: requests.Session, clock: Clock
) -> None:
    first.bodies["/kid"] = pem(ONE)
    keys = InstallKeys(["http://127.0.0.1:9", first.address], session, seconds=1, now=clock)

    assert keys.key("kid") == ONE


@pytest.mark.parametrize("status", [301, 302, 307, 401, 429, 500, 503])
def test_a_host_that_cannot_say_leaves_it_open(
    install_keys: InstallKeys, first: KeyHost, status: int
) -> None:
    """The other does not have it, but this one might: no refusal, the call may come again."""
    first.status = status

    with pytest.raises(Unavailable):
        install_keys.key("kid")


def test_no_redirect_is_followed(
    install_keys: InstallKeys, first: KeyHost, second: KeyHost
) -> None:
    second.bodies["/elsewhere"] = pem(TWO)
    first.status, first.headers = 302, {"Location": f"{second.address}/elsewhere"}
    first.bodies["/kid"] = b"moved"

    with pytest.raises(Unavailable):
        install_keys.key("kid")
    assert second.asked == ["/kid"]


@pytest.mark.parametrize(
    "kid",
    [
        "",
        ".",
        "..",
        "../x",
        "a/../b",
        "a//b",
        "/a",
        "a/",
        "a/.b",
        "a b",
        "a%2fb",
        "a?b",
        "a#b",
        "a\\b",
        "a@b",
        "a:b",
        "a\n",
        "é",
        "１",
        "x" * 129,
        "http://evil.example.com/x",
    ],
)
def test_an_id_that_could_lead_elsewhere_is_not_asked_for(
    install_keys: InstallKeys, first: KeyHost, kid: str
) -> None:
    assert refused(install_keys.key, kid) == Reason.KEY_ID
    assert first.asked == []


def test_a_key_is_kept_for_an_hour(install_keys: InstallKeys, first: KeyHost, clock: Clock) -> None:
    first.bodies["/kid"] = pem(ONE)
    for at in (0, 1800, 3599):
        clock.at = 1000 + at
        install_keys.key("kid")
    assert len(first.asked) == 1

    first.bodies["/kid"] = pem(TWO)
    clock.at = 1000 + 3600

    assert install_keys.key("kid") == TWO


def test_at_most_64_keys_are_kept(install_keys: InstallKeys, first: KeyHost, clock: Clock) -> None:
    first.bodies |= {f"/{number}": pem(ONE) for number in range(65)}
    for number in range(65):
        clock.at += 3
        install_keys.key(str(number))

    for kid, asked in (("64", 65), ("1", 65), ("0", 66)):
        install_keys.key(kid)
        assert len(first.asked) == asked


def test_invented_ids_ask_thirty_times_a_minute_at_most(
    install_keys: InstallKeys, first: KeyHost, clock: Clock
) -> None:
    for number in range(30):
        assert refused(install_keys.key, f"made-up-{number}") == Reason.UNKNOWN_KEY
    with pytest.raises(Unavailable):
        install_keys.key("made-up-31")
    assert len(first.asked) == 30

    clock.at += 61
    assert refused(install_keys.key, "made-up-32") == Reason.UNKNOWN_KEY


def test_a_slow_host_holds_one_caller_and_the_others_not_for_long(
    first: KeyHost, session: requests.Session
) -> None:
    """They keep their threads for other work, and may come again."""
    first.wait = threading.Event()
    keys = InstallKeys([first.address], session, seconds=4)
    with ThreadPoolExecutor(6) as pool:
        began = time.monotonic()
        waiting = [pool.submit(keys.key, f"kid{number}") for number in range(6)]
        while sum(one.done() for one in waiting) < 5:
            time.sleep(0.01)
        took, late = time.monotonic() - began, pool.submit(keys.key, "kid7")
        assert isinstance(late.exception(1), Unavailable), "nobody waits behind one who waits"
        first.wait.set()

    assert took < 3.5
    assert len(first.asked) == 1
    refusals = [one.exception() for one in waiting]
    assert sum(isinstance(one, Unavailable) for one in refusals) == 5


def test_callers_who_come_at_once_are_served_one_after_the_other(
    install_keys: InstallKeys, first: KeyHost
) -> None:
    first.bodies = {f"/kid{number}": pem(ONE) for number in range(8)}
    with ThreadPoolExecutor(16) as pool:
        found = list(pool.map(install_keys.key, [f"kid{number % 8}" for number in range(16)]))

    assert found == [ONE] * 16
    assert len(first.asked) == 8, "none was fetched twice"


def _small() -> bytes:
    key = rsa.generate_private_key(65537, 1024)  # noqa: S505 - it is refused
    return pem(key.public_key())


def _elliptic() -> bytes:
    key = ec.generate_private_key(ec.SECP256R1()).public_key()
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"<html>sign in to the proxy</html>", id="a page"),
        pytest.param(b"-----BEGIN PUBLIC KEY-----\nx\n-----END PUBLIC KEY-----", id="broken"),
        pytest.param(b"\xff" * 100, id="bytes"),
        pytest.param(_small(), id="a small key"),
        pytest.param(_elliptic(), id="a key of another kind"),
        pytest.param(pem(ONE) + b" " * 20_000, id="too much"),
    ],
)
def test_what_is_no_key_is_no_proof(
    install_keys: InstallKeys, first: KeyHost, second: KeyHost, body: bytes
) -> None:
    first.bodies["/kid"] = second.bodies["/kid"] = body

    with pytest.raises(Unavailable):
        install_keys.key("kid")


def test_a_host_that_says_nothing_is_given_up(first: KeyHost, session: requests.Session) -> None:
    first.wait = threading.Event()
    began = time.monotonic()

    with pytest.raises(Unavailable):
        InstallKeys([first.address], session, seconds=1).key("kid")
    first.wait.set()
    assert time.monotonic() - began < 3


@pytest.mark.parametrize("headers", [{}, {"Content-Length": "1000"}], ids=["chunked", "length"])
def test_a_host_that_drips_is_given_up(
    first: KeyHost, session: requests.Session, headers: dict[str, str]
) -> None:
    """Each drop comes in time, the whole does not."""

    def drops() -> Iterator[bytes]:
        for _ in range(30):
            yield b" "
            time.sleep(0.3)

    keys = InstallKeys([first.address], session, seconds=1)
    first.bodies["/kid"], first.headers = drops(), headers
    began = time.monotonic()

    with pytest.raises(Unavailable):
        keys.key("kid")
    assert 1 < time.monotonic() - began < 5


def test_no_credentials_of_the_machine_go_out(
    install_keys: InstallKeys,
    first: KeyHost,
    session: requests.Session,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    netrc = tmp_path_factory.mktemp("home") / "netrc"
    netrc.write_text("default login anybody password anything\n", encoding="ascii")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    session.trust_env = True
    session.proxies = {"no_proxy": "127.0.0.1"}
    first.bodies["/kid"] = pem(ONE)

    install_keys.key("kid")

    assert "Authorization" not in first.seen[0]


def test_the_session_brings_proxy_and_authorities(first: KeyHost, clock: Clock) -> None:
    """A proxy that is asked for the key of a host that nobody could reach from here."""
    first.bodies["/kid"] = pem(ONE)
    with requests.Session() as session:
        session.trust_env = False
        session.proxies = {"http": first.address}
        keys = InstallKeys(["http://localhost:1"], session, seconds=1, now=clock)

        assert keys.key("kid") == ONE


@pytest.mark.parametrize(
    "host",
    [
        "http://connect-install-keys.atlassian.com",
        "http://127.0.0.1.example.com",
        "http://localhost.example.com",
        "http://10.0.0.1",
        "ftp://127.0.0.1",
        "connect-install-keys.atlassian.com",
        "https://",
        "https://user@example.com",
        "https://example.com?x=1",
        "",
    ],
)
def test_keys_come_by_https_alone(session: requests.Session, host: str) -> None:
    with pytest.raises(ConfigError):
        InstallKeys([host], session)
    with pytest.raises(ConfigError):
        Jwks(host, session)


def test_atlassians_own_addresses_are_good(session: requests.Session) -> None:
    InstallKeys(INSTALL_KEY_HOSTS, session)
    Jwks(FORGE_JWKS, session)


def test_a_set_is_asked_for_once_an_hour(jwks: Jwks, first: KeyHost, clock: Clock) -> None:
    for at in (0, 100, 3599):
        clock.at = 1000 + at
        assert jwks.key("one") == ONE
    assert len(first.asked) == 1

    clock.at = 1000 + 3600
    jwks.key("one")

    assert len(first.asked) == 2


def test_a_new_key_is_found_at_once(jwks: Jwks, first: KeyHost, clock: Clock) -> None:
    jwks.key("one")
    first.bodies["/jwks.json"] = key_set(jwk("one", ONE), jwk("two", TWO))
    clock.at += 31

    assert jwks.key("two") == TWO
    assert len(first.asked) == 2


def test_invented_ids_ask_twice_a_minute_at_most(jwks: Jwks, first: KeyHost, clock: Clock) -> None:
    for _ in range(600):
        assert refused(jwks.key, f"made-up-{clock.at}") == Reason.UNKNOWN_KEY
        clock.at += 0.1

    assert len(first.asked) == 2


def test_a_key_that_was_withdrawn_is_good_no_longer(
    jwks: Jwks, first: KeyHost, clock: Clock
) -> None:
    jwks.key("one")
    first.bodies["/jwks.json"] = key_set(jwk("two", TWO))
    clock.at += 3600

    assert refused(jwks.key, "one") == Reason.UNKNOWN_KEY


def test_old_keys_serve_while_atlassian_is_silent(jwks: Jwks, first: KeyHost, clock: Clock) -> None:
    jwks.key("one")
    first.status = 503
    clock.at += 7200

    assert jwks.key("one") == ONE
    with pytest.raises(Unavailable):
        jwks.key("two")

    clock.at += 24 * 3600
    with pytest.raises(Unavailable):
        jwks.key("one")


def test_a_silent_host_is_asked_again_after_half_a_minute(
    jwks: Jwks, first: KeyHost, clock: Clock
) -> None:
    first.status = 503
    for _ in range(3):
        with pytest.raises(Unavailable):
            jwks.key("one")
    assert len(first.asked) == 1

    first.status = 200
    clock.at += 30

    assert jwks.key("one") == ONE


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"<html>", id="a page"),
        pytest.param(b"[]", id="a list"),
        pytest.param(b"{}", id="no keys"),
        pytest.param(b'{"keys": {}}', id="keys an object"),
        pytest.param(b'{"keys": []}', id="an empty set"),
        pytest.param(b'{"keys": [1, null, "x", {}]}', id="no keys in it"),
        pytest.param(b'{"keys": ' + b"[" * 100_000, id="very deep"),
        pytest.param(key_set(jwk("one", ONE)) + b" " * 300_000, id="too much"),
        pytest.param(key_set(jwk("one", ONE, use="enc")), id="for encryption"),
        pytest.param(key_set(jwk("one", ONE, alg="RS512")), id="for another algorithm"),
        pytest.param(key_set(jwk("one", ONE, kty="oct")), id="of another kind"),
        pytest.param(key_set(jwk("one", ONE, n="AQAB")), id="a small key"),
        pytest.param(key_set(jwk("one", ONE, n="é")), id="a broken key"),
        pytest.param(key_set(jwk("one", ONE, n=5)), id="a number for a number"),
        pytest.param(key_set(jwk("one", ONE) | {"kid": 5}), id="id a number"),
        pytest.param(
            key_set({**RSAAlgorithm.to_jwk(private_key("atlassian"), as_dict=True), "kid": "one"}),
            id="a private key",
        ),
        pytest.param(
            json.dumps({"keys": [{"kty": "oct", "k": "AAAA", "kid": "one"}]}).encode(),
            id="a secret",
        ),
    ],
)
def test_a_set_without_our_keys_changes_nothing(
    jwks: Jwks, first: KeyHost, clock: Clock, body: bytes
) -> None:
    good = first.bodies["/jwks.json"]
    first.bodies["/jwks.json"] = body
    with pytest.raises(Unavailable):
        jwks.key("one")

    first.bodies["/jwks.json"] = good
    clock.at += 30
    assert jwks.key("one") == ONE

    first.bodies["/jwks.json"] = body
    clock.at += 3600
    assert jwks.key("one") == ONE


def test_of_keys_with_one_id_the_first_counts(jwks: Jwks, first: KeyHost) -> None:
    first.bodies["/jwks.json"] = key_set(jwk("one", ONE), jwk("one", TWO))

    assert jwks.key("one") == ONE


def test_many_who_need_a_set_fetch_it_once(jwks: Jwks, first: KeyHost) -> None:
    first.wait = threading.Event()
    with ThreadPoolExecutor(8) as pool:
        waiting = [pool.submit(jwks.key, "one") for _ in range(8)]
        time.sleep(0.1)
        first.wait.set()

    assert [one.result() for one in waiting] == [ONE] * 8
    assert len(first.asked) == 1


def test_who_waits_for_a_set_does_not_wait_for_long(
    first: KeyHost, session: requests.Session
) -> None:
    """Strangers with invented key ids hold one thread of ours while the host is slow."""
    first.wait = threading.Event()
    jwks = Jwks(f"{first.address}/jwks.json", session, seconds=4)
    with ThreadPoolExecutor(6) as pool:
        began = time.monotonic()
        waiting = [pool.submit(jwks.key, f"made-up-{number}") for number in range(6)]
        while sum(one.done() for one in waiting) < 5:
            time.sleep(0.01)
        took = time.monotonic() - began
        first.wait.set()

    assert took < 3.5
    assert all(isinstance(one.exception(), Unavailable) for one in waiting)


def test_who_has_a_known_key_waits_for_nobody(jwks: Jwks, first: KeyHost, clock: Clock) -> None:
    jwks.key("one")
    first.wait = threading.Event()
    clock.at += 31
    with ThreadPoolExecutor(1) as pool:
        stranger = pool.submit(jwks.key, "made-up")
        while len(first.asked) < 2:
            time.sleep(0.01)
        clock.at += 3600

        assert jwks.key("one") == ONE
        assert not stranger.done()
        first.wait.set()
