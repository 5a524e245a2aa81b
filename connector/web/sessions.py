"""
Who signed in through us: sessions on our side, of which the browser holds a random id alone.

What is kept is found by a digest of that id and locked with a key, so neither the database nor
a copy of it opens anything. Beside sessions there are hand-overs: what a popup brought home and
the frame fetches once, within a minute.
"""

import hashlib
import json
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, Protocol

import structlog

from connector.core.errors import OkrError, Unauthorized
from connector.core.grant import Grant
from connector.core.okr import SiteId
from connector.core.viewer import Viewer
from connector.ports import Clock

log = structlog.get_logger(__name__)

IDLE = timedelta(hours=12)
LONGEST = timedelta(days=7)
HAND_OVER = timedelta(seconds=60)
# A session's end moves this seldom, so that looking at a page is not a write each second.
_MOVES = timedelta(minutes=10)
# An access token that has less left is changed before it is used.
_SOON = timedelta(seconds=60)
_MOST_KEPT = 20_000
_ID = 32  # random bytes: 256 bits


class Seal(Protocol):
    """Locks text for keeping; what was tampered with or has another key does not open."""

    def lock(self, text: str) -> str: ...

    def open(self, locked: str) -> str:
        """Raises OkrError."""
        ...


class Kept(Protocol):
    """Locked texts under keys that nobody can guess, each until its end. For all threads."""

    def put(self, key: str, locked: str, *, group: str, until: datetime) -> None:
        """Keep it, in the place of one under the same key."""
        ...

    def get(self, key: str, now: datetime) -> tuple[str, datetime] | None:
        """The text and its end; None once that is over."""
        ...

    def take(self, key: str, now: datetime) -> str | None:
        """The text, to one caller only: it is gone then."""
        ...

    def drop_group(self, group: str) -> None:
        """All of a site."""
        ...

    def sweep(self, now: datetime) -> None:
        """Drop what is over."""
        ...


class KeptInMemory:
    """For one process; a restart signs everybody out. The oldest goes when there are too many."""

    def __init__(self, most: int = _MOST_KEPT) -> None:
        self._lock = Lock()
        self._held: dict[str, tuple[str, str, datetime]] = {}
        self._most = most

    def put(self, key: str, locked: str, *, group: str, until: datetime) -> None:
        with self._lock:
            self._held.pop(key, None)
            while len(self._held) >= self._most:
                del self._held[next(iter(self._held))]
            self._held[key] = (locked, group, until)

    def get(self, key: str, now: datetime) -> tuple[str, datetime] | None:
        with self._lock:
            locked, _, until = self._held.get(key, ("", "", now))
            return (locked, until) if until > now else None

    def take(self, key: str, now: datetime) -> str | None:
        with self._lock:
            locked, _, until = self._held.pop(key, ("", "", now))
            return locked if until > now else None

    def drop_group(self, group: str) -> None:
        with self._lock:
            self._held = {key: one for key, one in self._held.items() if one[1] != group}

    def sweep(self, now: datetime) -> None:
        with self._lock:
            self._held = {key: one for key, one in self._held.items() if one[2] > now}


@dataclass(frozen=True, slots=True)
class Session:
    """`account` at `site`, until `ends` at the latest; `access` opens the host until `renews`."""

    site: SiteId
    account: str
    access: str = field(repr=False)
    refresh: str = field(repr=False)
    renews: datetime
    ends: datetime

    @classmethod
    def of(cls, site: SiteId, account: str, grant: Grant, now: datetime) -> "Session":
        return cls(site, account, grant.access, grant.refresh, now + grant.lasts, now + LONGEST)

    def renewed(self, grant: Grant, now: datetime) -> "Session":
        return replace(self, access=grant.access, refresh=grant.refresh, renews=now + grant.lasts)

    @property
    def viewer(self) -> Viewer:
        return Viewer(self.account, self.access)


class Sessions:
    """Begins, finds and ends them."""

    def __init__(self, kept: Kept, seal: Seal, clock: Clock) -> None:
        self._kept = kept
        self._seal = seal
        self._clock = clock
        self._renewing = _OneByOne()

    def begin(self, session: Session) -> str:
        """The id that goes into the cookie."""
        made, now = secrets.token_urlsafe(_ID), self._clock.now()
        self._kept.sweep(now)
        self._put(_digest("session", made), session, now)
        return made

    def find(self, given: str) -> Session | None:
        """None for an id that nobody has, or whose session was idle or old enough to end."""
        key, now = _digest("session", given), self._clock.now()
        found = self._kept.get(key, now)
        session = _opened(self._seal, found[0]) if found else None
        if found is None or session is None or session.ends <= now:
            return None
        if found[1] < _until(session, now) - _MOVES:
            self._put(key, session, now)
        return session

    def viewer(self, given: str, renew: Callable[[str], Grant], *, site: SiteId) -> Viewer | None:
        """
        Who looks at this site, with a token that opens it now; None when the session is over, or
        of another site, which must not get the token of this one.

        `renew` changes a refresh token for a new grant; Unauthorized from it ends the session, for
        the person may have taken the grant back. Its other errors are raised as they are.
        """
        session = self.find(given)
        if session is None or session.site != site:
            return None
        if session.renews > self._clock.now() + _SOON:
            return session.viewer
        with self._renewing.alone(_digest("session", given)):
            session = self.find(given)  # another thread may have been quicker
            if session is None or session.renews > self._clock.now() + _SOON:
                return session.viewer if session else None
            return self._renewed(given, session, renew)

    def _renewed(
        self, given: str, session: Session, renew: Callable[[str], Grant]
    ) -> Viewer | None:
        try:
            grant = renew(session.refresh)
        except Unauthorized:
            meanwhile = self.find(given)
            if meanwhile is not None and meanwhile.refresh != session.refresh:
                return meanwhile.viewer  # another process was quicker
            log.info("session.ended", site=session.site, reason="the host grants no more")
            self.end(given)
            return None
        now = self._clock.now()
        fresh = session.renewed(grant, now)
        self._put(_digest("session", given), fresh, now)
        return fresh.viewer

    def end(self, given: str) -> Session | None:
        """What ended, for its tokens may be given back."""
        found = self._kept.take(_digest("session", given), self._clock.now())
        return _opened(self._seal, found) if found else None

    def end_all(self, site: SiteId) -> None:
        """Of a site that is no longer connected."""
        self._kept.drop_group(site)

    def hand_over(self, session: Session, challenge: str) -> str:
        """A code with which the frame that made the challenge gets this session, once."""
        code, now = secrets.token_urlsafe(_ID), self._clock.now()
        self._kept.sweep(now)
        text = json.dumps([challenge, _written(session)])
        self._kept.put(
            _digest("hand-over", code),
            self._seal.lock(text),
            group=session.site,
            until=now + HAND_OVER,
        )
        return code

    def redeem(self, code: str, challenge: str) -> Session | None:
        """The session to be begun; a wrong challenge spends the code too."""
        found = self._kept.take(_digest("hand-over", code), self._clock.now())
        text = _text_in(self._seal, found) if found else None
        if text is None:
            return None
        due, told = json.loads(text)
        return _read(told) if secrets.compare_digest(due, challenge) else None

    def _put(self, key: str, session: Session, now: datetime) -> None:
        locked = self._seal.lock(json.dumps(_written(session)))
        self._kept.put(key, locked, group=session.site, until=_until(session, now))


class _OneByOne:
    """One thread at a time for each key; the host would take a second refresh for a stolen one."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: dict[str, tuple[Lock, int]] = {}

    @contextmanager
    def alone(self, key: str) -> Iterator[None]:
        with self._lock:
            own, waiting = self._waiting.get(key, (Lock(), 0))
            self._waiting[key] = (own, waiting + 1)
        try:
            with own:
                yield
        finally:
            with self._lock:
                own, waiting = self._waiting[key]
                if waiting == 1:
                    del self._waiting[key]
                else:
                    self._waiting[key] = (own, waiting - 1)


def _until(session: Session, now: datetime) -> datetime:
    return min(now + IDLE, session.ends)


def _digest(kind: str, given: str) -> str:
    return hashlib.sha256(f"okr-connector/{kind}/{given}".encode(errors="replace")).hexdigest()


def _text_in(seal: Seal, locked: str) -> str | None:
    """None for what no key opens any more: whoever it belongs to signs in again."""
    try:
        return seal.open(locked)
    except OkrError:
        return None


def _opened(seal: Seal, locked: str) -> Session | None:
    text = _text_in(seal, locked)
    return _read(json.loads(text)) if text is not None else None


def _written(session: Session) -> dict[str, str]:
    return {
        "site": session.site,
        "account": session.account,
        "access": session.access,
        "refresh": session.refresh,
        "renews": session.renews.isoformat(),
        "ends": session.ends.isoformat(),
    }


def _read(told: Any) -> Session:
    return Session(
        site=SiteId(told["site"]),
        account=told["account"],
        access=told["access"],
        refresh=told["refresh"],
        renews=datetime.fromisoformat(told["renews"]),
        ends=datetime.fromisoformat(told["ends"]),
    )
