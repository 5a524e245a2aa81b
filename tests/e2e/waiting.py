"""Until the running demo has done its first sync."""

import time

import requests

from connector.cli.processes import Demo


def ready(demo: Demo, within: float = 60.0) -> None:
    """Raises AssertionError when the demo's first key result is not measured in time."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        demo.check()
        try:
            found = demo.ask(f"/api/v1/objectives?page={demo.page}")
        except requests.RequestException:
            time.sleep(0.2)
            continue
        if any(one["delivery"] for each in found["objectives"] for one in each["key_results"]):
            return
        time.sleep(0.2)
    raise AssertionError(f"not ready within {within:g} s")
