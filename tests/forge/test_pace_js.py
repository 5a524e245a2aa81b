"""The browserless part of the frames' script, run by Node.js itself."""

import shutil
import subprocess
from pathlib import Path

import pytest

NODE = shutil.which("node")


@pytest.mark.node
@pytest.mark.skipif(NODE is None, reason="Node.js is not on the path")
def test_the_script_keeps_its_promises() -> None:
    file = Path(__file__).parent / "js" / "pace.test.mjs"

    run = subprocess.run(
        [str(NODE), "--test", str(file)], capture_output=True, text=True, timeout=60, check=False
    )

    assert run.returncode == 0, run.stdout + run.stderr
