"""One sandbox, as its own process, for all the clients of a module."""

from collections.abc import Iterator

import pytest

from connector.cli.processes import start_sandbox
from tests.clients.programs import JsonObject


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[JsonObject]:
    """Its addresses and the user to sign in with, as it announces them."""
    with start_sandbox(tmp_path_factory.mktemp("sandbox")) as (_, announced):
        yield announced
