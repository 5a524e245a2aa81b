"""Sessions end when they should, and nothing that is kept of them opens anything."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from connector.core.errors import Unauthorized, Unavailable
from connector.core.grant import Grant
from connector.core.okr import SiteId
from connector.core.viewer import Viewer
from connector.storage.keyring import Keyring, new_key
from connector.web.sessions import HAND_OVER, IDLE, LONGEST, KeptInMemory, Session, Sessions

SITE = SiteId("wiki.example")
GRANT = Grant("access-1", "refresh-1", timedelta(hours=1))


@dataclass
class Clock:
    time: datetime = datetime(2026, 11, 23, 9, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time


@dataclass
class Peeked(KeptInMemory):
    """Remembers everything that was ever kept, as a stolen database would."""

    seen: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def put(self, key: str, locked: str, *, group: str, until: datetime) -> None:
        self.seen += [key, locked, group]
        super().put(key, locked, group=group, until=until)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def kept() -> Peeked:
    return Peeked()


@pytest.fixture
def sessions(kept: Peeked, clock: Clock) -> Sessions:
    return Sessions(kept, Keyring([new_key()]), clock)


def session(clock: Clock, account: str = "li.na", site: SiteId = SITE) -> Session:
    return Session.of(site, account, GRANT, clock.now())


def never(_refresh: str) -> Grant:
    raise AssertionError("nothing needs to be renewed yet")


def test_a_session_is_found_by_its_id_alone(sessions: Sessions, clock: Clock) -> None:
    made = sessions.begin(session(clock))

    assert sessions.viewer(made, never, site=SITE) == Viewer("li.na", "access-1")
    assert sessions.find("") is None
    assert sessions.find(made[:-1]) is None
    assert sessions.find("\ud800") is None


def test_a_session_that_another_process_renewed_meanwhile_goes_on(
    kept: Peeked, clock: Clock
) -> None:
    """The host grants once for a refresh token, so the slower of two processes is refused."""
    ring = Keyring([new_key()])
    here, other = Sessions(kept, ring, clock), Sessions(kept, ring, clock)
    made = here.begin(session(clock))
    clock.time += timedelta(minutes=59, seconds=30)
    fresh = Grant("access-2", "refresh-2", timedelta(hours=1))

    def too_late(_refresh: str) -> Grant:
        assert other.viewer(made, lambda _: fresh, site=SITE) is not None
        raise Unauthorized

    assert here.viewer(made, too_late, site=SITE) == Viewer("li.na", "access-2")
    assert here.find(made) is not None


def test_a_session_of_another_site_is_none_here_and_its_token_stays_where_it_is(
    sessions: Sessions, clock: Clock
) -> None:
    """The settings may name another wiki one day, and what is kept outlives a restart."""
    made = sessions.begin(session(clock))

    assert sessions.viewer(made, never, site=SiteId("other.example")) is None


def test_ids_have_256_random_bits(sessions: Sessions, clock: Clock) -> None:
    made = {sessions.begin(session(clock)) for _ in range(200)}

    assert len(made) == 200
    assert {len(one) for one in made} == {43}


def test_what_is_kept_opens_nothing(sessions: Sessions, kept: Peeked, clock: Clock) -> None:
    made = sessions.begin(session(clock))
    code = sessions.hand_over(session(clock), "challenge-1")

    everything = " ".join(kept.seen)
    for secret in (made, code, "access-1", "refresh-1", "li.na", "challenge-1"):
        assert secret not in everything


def test_a_session_ends_when_nobody_looks(sessions: Sessions, clock: Clock) -> None:
    made = sessions.begin(session(clock))

    clock.time += IDLE

    assert sessions.find(made) is None


def test_looking_keeps_a_session_but_not_for_ever(sessions: Sessions, clock: Clock) -> None:
    made, began, looks = sessions.begin(session(clock)), clock.time, 0
    while sessions.find(made) is not None:
        clock.time += IDLE - timedelta(hours=1)
        looks += 1

    assert looks > 2
    assert clock.time - began >= LONGEST
    assert clock.time - began < LONGEST + IDLE


def test_looking_each_second_does_not_write_each_second(
    sessions: Sessions, kept: Peeked, clock: Clock
) -> None:
    made = sessions.begin(session(clock))
    for _ in range(120):
        clock.time += timedelta(seconds=1)
        sessions.find(made)

    assert len(kept.seen) == 3, "what the beginning wrote"


def test_a_session_that_was_ended_is_over(sessions: Sessions, clock: Clock) -> None:
    mine, yours = sessions.begin(session(clock)), sessions.begin(session(clock))

    ended = sessions.end(mine)

    assert ended is not None
    assert ended.refresh == "refresh-1"
    assert sessions.find(mine) is None
    assert sessions.end(mine) is None
    assert sessions.find(yours) is not None


def test_a_site_takes_its_sessions_along(sessions: Sessions, clock: Clock) -> None:
    here = sessions.begin(session(clock))
    code = sessions.hand_over(session(clock), "c")
    there = sessions.begin(session(clock, site=SiteId("other.example")))

    sessions.end_all(SITE)

    assert sessions.find(here) is None
    assert sessions.redeem(code, "c") is None
    assert sessions.find(there) is not None


def test_a_key_that_was_taken_away_signs_everybody_out(kept: Peeked, clock: Clock) -> None:
    old, new = new_key(), new_key()
    before = Sessions(kept, Keyring([old]), clock)
    made, code = before.begin(session(clock)), before.hand_over(session(clock), "c")

    assert Sessions(kept, Keyring([new, old]), clock).find(made) is not None
    after = Sessions(kept, Keyring([new]), clock)
    assert after.find(made) is None
    assert after.end(made) is None
    assert after.redeem(code, "c") is None


def test_a_token_that_ends_soon_is_renewed_first(sessions: Sessions, clock: Clock) -> None:
    made, asked = sessions.begin(session(clock)), []

    def renew(refresh: str) -> Grant:
        asked.append(refresh)
        return Grant("access-2", "refresh-2", timedelta(hours=1))

    clock.time += timedelta(minutes=59, seconds=30)
    first, second = sessions.viewer(made, renew, site=SITE), sessions.viewer(made, renew, site=SITE)

    assert first == second == Viewer("li.na", "access-2")
    assert asked == ["refresh-1"]
    ended = sessions.end(made)
    assert ended is not None
    assert ended.refresh == "refresh-2"


def test_a_host_that_grants_no_more_ends_the_session(sessions: Sessions, clock: Clock) -> None:
    made = sessions.begin(session(clock))
    clock.time += timedelta(hours=1)

    def gone(_refresh: str) -> Grant:
        raise Unauthorized("taken back")

    assert sessions.viewer(made, gone, site=SITE) is None
    assert sessions.find(made) is None


def test_a_host_that_is_silent_ends_nothing(sessions: Sessions, clock: Clock) -> None:
    made = sessions.begin(session(clock))
    clock.time += timedelta(hours=1)

    def silent(_refresh: str) -> Grant:
        raise Unavailable("no answer")

    with pytest.raises(Unavailable):
        sessions.viewer(made, silent, site=SITE)
    assert sessions.find(made) is not None


def test_two_frames_at_once_renew_once(sessions: Sessions, clock: Clock) -> None:
    """The host ends a refresh token at its first use: the second thread would be signed out."""
    made, asked, began = sessions.begin(session(clock)), [], threading.Event()
    clock.time += timedelta(hours=1)

    def slow(refresh: str) -> Grant:
        asked.append(refresh)
        began.wait(0.3)
        return Grant("access-2", "refresh-2", timedelta(hours=1))

    found: list[Viewer | None] = []
    threads = [
        threading.Thread(target=lambda: found.append(sessions.viewer(made, slow, site=SITE)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=10)

    assert found == [Viewer("li.na", "access-2")] * 8
    assert asked == ["refresh-1"]


def test_a_code_is_redeemed_once_by_whom_it_is_for(sessions: Sessions, clock: Clock) -> None:
    code = sessions.hand_over(session(clock), "challenge")

    found = sessions.redeem(code, "challenge")

    assert found == session(clock)
    assert sessions.redeem(code, "challenge") is None


def test_a_wrong_challenge_spends_the_code(sessions: Sessions, clock: Clock) -> None:
    code = sessions.hand_over(session(clock), "challenge")

    assert sessions.redeem(code, "another") is None
    assert sessions.redeem(code, "challenge") is None


def test_a_code_lives_a_minute(sessions: Sessions, clock: Clock) -> None:
    code = sessions.hand_over(session(clock), "challenge")

    clock.time += HAND_OVER

    assert sessions.redeem(code, "challenge") is None


def test_a_code_is_no_session_and_a_session_no_code(sessions: Sessions, clock: Clock) -> None:
    code, made = sessions.hand_over(session(clock), "c"), sessions.begin(session(clock))

    assert sessions.find(code) is None
    assert sessions.redeem(made, "c") is None


def test_only_one_of_many_threads_gets_the_code(sessions: Sessions, clock: Clock) -> None:
    code, found = sessions.hand_over(session(clock), "c"), []
    threads = [
        threading.Thread(target=lambda: found.append(sessions.redeem(code, "c"))) for _ in range(16)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=10)

    assert sum(one is not None for one in found) == 1


def fill(kept: KeptInMemory, name: str, until: datetime) -> None:
    kept.put(name, f"locked {name}", group=SITE, until=until)


def test_memory_is_bounded_and_swept(clock: Clock) -> None:
    kept, later = KeptInMemory(most=2), clock.time + timedelta(hours=1)
    look: Callable[[str], bool] = lambda key: kept.get(key, clock.time) is not None  # noqa: E731 - read thrice below

    for name in ("a", "b", "a", "c"):
        fill(kept, name, later)
    assert [look(one) for one in "abc"] == [True, False, True]

    fill(kept, "d", clock.time + timedelta(seconds=1))
    kept.sweep(clock.time + timedelta(seconds=1))
    assert [look(one) for one in "acd"] == [False, True, False]


def test_secrets_do_not_show(clock: Clock) -> None:
    assert "access-1" not in f"{session(clock)!r} {session(clock).viewer!r} {GRANT!r}"
    assert "refresh-1" not in f"{session(clock)!r} {GRANT!r}"
