"""PyPI's schemathesis asks the API all that its description allows, and much that it does not."""

import subprocess
from pathlib import Path

import pytest

from connector.log import configure_logging
from tests.atlassian.serving import served
from tests.clients.environments import HERE, environment
from tests.web.canaries import World
from tests.web.conftest import TOKEN

pytestmark = pytest.mark.timeout(300)  # the first run fetches the client
SECONDS = 30
SEED = 20261124


def test_the_api_answers_as_it_is_described_and_without_a_token_not_at_all(tmp_path: Path) -> None:
    """
    No failure of ours, every status and body as described, wrong data refused, and no operation
    without its token (the check `ignored_auth`).
    """
    configure_logging(level="ERROR")
    with served(World().app.wsgi_app) as address:
        done = subprocess.run(
            [
                environment("schemathesis").parent / "st",
                "--config-file",
                HERE / "schemathesis" / "schemathesis.toml",
                "run",
                f"{address}/api/v1/openapi.json",
                f"--url={address}",
                f"--header=Authorization: Bearer {TOKEN}",
                "--checks=all",
                "--max-examples=60",
                f"--max-time={SECONDS}",
                f"--seed={SEED}",
                "--generation-database=none",
                "--no-color",
                "--warnings=off",
            ],
            cwd=tmp_path,
            env={"PATH": "/usr/bin:/bin", "PYTHONUTF8": "1", "HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            timeout=SECONDS * 5,
            check=False,
        )

    assert done.returncode == 0, _short(done.stdout + done.stderr)
    assert "Tested: 5" in done.stdout, _short(done.stdout)


def _short(text: str) -> str:
    """Addresses that were tried may have tens of thousands of characters."""
    return "\n".join(line[:300] for line in text.splitlines())
