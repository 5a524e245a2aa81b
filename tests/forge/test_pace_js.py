"""The browserless part of the frames' script, run by Node.js itself."""

import subprocess
from pathlib import Path

import pytest

from tests.clients.node import node


@pytest.mark.node
def test_the_script_keeps_its_promises() -> None:
    file = Path(__file__).parent / "js" / "pace.test.mjs"

    run = subprocess.run(
        [node(), "--test", file], capture_output=True, text=True, timeout=60, check=False
    )

    assert run.returncode == 0, run.stdout + run.stderr
