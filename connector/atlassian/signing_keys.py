"""Atlassian's public keys: one PEM each for lifecycle calls of Connect, a set of them for Forge.

Both follow no redirect, stop at a size and at a time, and let nobody who invents key ids make us
ask without end. Proxies and authorities are those of the session that they are given.
"""

import re
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Lock

import requests
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from connector.atlassian.bad_proof import BadProof, Reason
from connector.atlassian.key_fetch import GONE, checked, fetched
from connector.atlassian.key_set import keys_in
from connector.core.errors import Unavailable
from connector.places import Places

INSTALL_KEY_HOSTS = (
    "https://asap-distribution.us-west-2.prod.atl-asap.net",
    "https://connect-install-keys.atlassian.com",
)
FORGE_JWKS = "https://forge.cdn.prod.atlassian-dev.net/.well-known/jwks.json"
# A part never begins with a dot, so no part of a path is `..`.
_KEY_ID = re.compile(r"(?=.{1,128}\Z)\w[\w.-]*(?:/\w[\w.-]*)*", re.ASCII)
_LARGEST_PEM = 16 * 1024
_LARGEST_SET = 256 * 1024
_SMALLEST_BITS, _LARGEST_BITS = 2048, 8192
FETCHED_AT_ONCE = 1
# Longer than a key takes; strangers who invent key ids must not hold the threads of all others.
_PATIENCE = 2.0
_SHORTLY = 0.1
_MINUTE = 60.0


def usable(key: object) -> bool:
    """An RSA key as RS256 needs it: not too small to be safe, nor so large that it is slow."""
    return isinstance(key, RSAPublicKey) and _SMALLEST_BITS <= key.key_size <= _LARGEST_BITS


@dataclass(slots=True)
class _Shelf:
    """The last `most` keys, each for `kept` seconds."""

    most: int
    kept: float
    _keys: "OrderedDict[str, tuple[float, RSAPublicKey]]" = field(default_factory=OrderedDict)

    def get(self, kid: str, now: float) -> RSAPublicKey | None:
        since, key = self._keys.get(kid, (now - self.kept, None))
        return key if now - since < self.kept else None

    def put(self, kid: str, key: RSAPublicKey, now: float) -> None:
        self._keys[kid] = (now, key)
        self._keys.move_to_end(kid)
        if len(self._keys) > self.most:
            self._keys.popitem(last=False)


class InstallKeys:
    """
    The keys that sign lifecycle calls, each at `<host>/<key id>`, from any thread.

    A host that does not have a key leaves it to the next one. Keys are kept for `kept` seconds;
    at most `a_minute` are asked for in a minute. Raises ConfigError for a host without https that
    is not this machine.
    """

    def __init__(
        self,
        hosts: Sequence[str],
        session: requests.Session,
        *,
        seconds: int = 5,
        kept: float = 3600,
        a_minute: int = 30,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._hosts = [checked(host).rstrip("/") for host in hosts]
        self._session = session
        self._seconds = seconds
        self._a_minute = a_minute
        self._now = now
        self._shelf = _Shelf(most=64, kept=kept)
        self._asked: deque[float] = deque(maxlen=a_minute)
        self._lock = Lock()
        self._turns = Places(FETCHED_AT_ONCE, patience=_PATIENCE)

    def key(self, kid: str) -> RSAPublicKey:
        """Raises BadProof when no host knows it, Unavailable when one of them cannot say."""
        if not _KEY_ID.fullmatch(kid):
            raise BadProof(Reason.KEY_ID)
        with self._lock:
            known = self._shelf.get(kid, self._now())
        return known or self._fetched(kid)

    def _fetched(self, kid: str) -> RSAPublicKey:
        with self._turns.one(Unavailable("other keys are being fetched")):
            with self._lock:
                known = self._shelf.get(kid, self._now())
            if known is not None:  # fetched for somebody else meanwhile
                return known
            self._count()
            key = self._asked_of_all(kid)
            with self._lock:
                self._shelf.put(kid, key, self._now())
        return key

    def _count(self) -> None:
        now = self._now()
        with self._lock:
            if len(self._asked) == self._a_minute and now - self._asked[0] < _MINUTE:
                raise Unavailable("too many keys were asked for within a minute")
            self._asked.append(now)

    def _asked_of_all(self, kid: str) -> RSAPublicKey:
        silent: Unavailable | None = None
        for host in self._hosts:
            try:
                body = fetched(self._session, f"{host}/{kid}", self._seconds, _LARGEST_PEM)
            except Unavailable as error:
                silent = error
                continue
            if body is not GONE:
                return _rsa_key(body)
        raise silent or BadProof(Reason.UNKNOWN_KEY)


def _rsa_key(pem: bytes) -> RSAPublicKey:
    try:
        key = load_pem_public_key(pem)
    except (ValueError, UnsupportedAlgorithm):
        raise Unavailable("what came is no key") from None
    if not isinstance(key, RSAPublicKey) or not usable(key):
        raise Unavailable("the key that came is not fit for RS256")
    return key


class Jwks:
    """
    The set of keys that sign Forge's invocation tokens, from any thread.

    Asked anew after `fresh` seconds, and for a key id that is not in it, but never more often
    than every `apart` seconds: invented key ids are refused meanwhile. While Atlassian does not
    answer the old keys stay good for `longest` seconds.
    """

    def __init__(
        self,
        url: str,
        session: requests.Session,
        *,
        seconds: int = 5,
        fresh: float = 3600,
        apart: float = 30,
        longest: float = 24 * 3600,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._url = checked(url)
        self._session = session
        self._seconds = seconds
        self._fresh, self._apart, self._longest = fresh, apart, longest
        self._now = now
        self._keys: dict[str, RSAPublicKey] = {}
        self._since = self._tried = float("-inf")
        self._lock = Lock()

    def key(self, kid: str) -> RSAPublicKey:
        """Raises BadProof for a key that is not in the set, Unavailable without a set."""
        found = self._keys.get(kid)
        if found and self._now() - self._since < self._fresh:
            return found
        # Somebody with a known key does not wait for another's fetching, and nobody for long.
        if self._lock.acquire(timeout=0 if found else self._while_fetching()):
            try:
                self._refresh()
            finally:
                self._lock.release()
        return self._now_known(kid)

    def _while_fetching(self) -> float:
        return max(_SHORTLY, min(_PATIENCE, self._tried + _PATIENCE - self._now()))

    def _refresh(self) -> None:
        """Once for all who waited: the first one's answer is new enough for the others."""
        now = self._now()
        if now - self._tried < self._apart:
            return
        self._tried = now
        try:
            body = fetched(self._session, self._url, self._seconds, _LARGEST_SET)
        except Unavailable:
            return
        keys = keys_in(body) if body is not GONE else {}
        usables = {kid: key for kid, key in keys.items() if usable(key)}
        if usables:
            self._keys, self._since = usables, now

    def _now_known(self, kid: str) -> RSAPublicKey:
        if self._now() - self._since > self._longest:
            raise Unavailable("the keys of Forge cannot be had")
        found = self._keys.get(kid)
        if found is None:
            if self._tried > self._since:
                raise Unavailable("a new key of Forge cannot be had")
            raise BadProof(Reason.UNKNOWN_KEY)
        return found
