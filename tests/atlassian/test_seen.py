"""What was used once is known until it ends, and the memory of it stays small."""

from concurrent.futures import ThreadPoolExecutor

from connector.atlassian.seen import Seen


class Clock:
    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


def test_a_mark_is_new_once_and_again_when_it_ended() -> None:
    clock = Clock()
    seen = Seen(now=clock)

    assert seen.first(b"a", until=1010)
    assert not seen.first(b"a", until=1010)
    assert seen.first(b"b", until=1010)
    clock.at = 1010
    assert seen.first(b"a", until=1020)


def test_a_full_memory_forgets_what_ended_then_what_ends_first() -> None:
    clock = Clock()
    seen = Seen(most=3, now=clock)
    for mark, until in ((b"a", 1001), (b"b", 1030), (b"c", 1020)):
        seen.first(mark, until)
    clock.at = 1005

    assert seen.first(b"d", 1040)
    assert not seen.first(b"c", 1020)
    assert seen.first(b"e", 1050)
    assert not seen.first(b"b", 1030)
    assert not seen.first(b"d", 1040)
    assert seen.first(b"c", 1020)


def test_of_many_at_once_one_is_first() -> None:
    seen = Seen(now=Clock())

    with ThreadPoolExecutor(8) as pool:
        firsts = list(pool.map(lambda _: seen.first(b"a", 2000), range(200)))

    assert firsts.count(True) == 1
