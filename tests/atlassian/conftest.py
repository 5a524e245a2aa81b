"""A planted site per test; it starts in a fraction of a second."""

from collections.abc import Iterator

import pytest

from tests.atlassian.planted import Connection, StillClock, planted


@pytest.fixture
def connection() -> Iterator[Connection]:
    with planted("company", clock=StillClock()) as found:
        yield found
