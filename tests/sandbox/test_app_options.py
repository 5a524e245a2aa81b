"""Apps that the options of the server name, and what it tells their servers to begin with."""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import requests

from sandbox.forge.manifest import read
from tests.sandbox.connect_guest import KEY, Guest
from tests.sandbox.forge_guest import APP_ID, ForgeGuest, deployed
from tests.sandbox.hosting import serving

COMMAND = [sys.executable, "-m", "sandbox.server", "--port", "0", "--seed", "empty"]


def asked(url: str) -> requests.Response:
    with requests.Session() as session:
        session.trust_env = False
        return session.get(url, timeout=10)


@pytest.mark.engine
def test_apps_are_installed_at_the_start(tmp_path: Path) -> None:
    """The first line says enough for the guests to verify what then reaches them."""
    guest, forge = Guest(), ForgeGuest()
    with serving(guest.app) as app, serving(forge.app) as remote:
        descriptor = f"{app}/descriptor.json"
        options = ["--connect-descriptor", descriptor, "--connect-jira-descriptor", descriptor]
        options += ["--forge-manifest", str(deployed(tmp_path)), "--forge-remote", remote]
        options += ["--forge-timing", '{"delay": 0.5, "first": 0.5}']
        with subprocess.Popen([*COMMAND, *options], stdout=subprocess.PIPE, text=True) as process:
            try:
                assert process.stdout is not None
                ready = json.loads(process.stdout.readline())
                guest.keys, forge.jwks = ready["connect"]["keys"], ready["forge"]["jwks"]
                deadline = time.monotonic() + 30
                while len(guest.lifecycle) < 2 or len(forge.heard) < 2:
                    assert time.monotonic() < deadline, (guest.lifecycle, forge.heard)
                    time.sleep(0.05)
                told: Any = asked(f"{ready['jira']}/_sandbox/connect").json()
                script = asked(ready["connect"]["all_js"])
            finally:
                process.terminate()

    assert {(one["app"], one["product"]) for one in told["apps"]} == {
        (KEY, "confluence"),
        (KEY, "jira"),
    }
    assert {one.path for one in forge.heard} == {"/events", "/hour"}
    assert ready["forge"]["app_id"] == APP_ID
    assert ready["forge"]["api"] == ready["jira"]
    assert forge.heard[0].claims["context"]["cloudId"] == ready["forge"]["cloud_id"]
    assert script.headers["Content-Type"].startswith("text/javascript")


WRONG = [
    (["--flavor", "dc", "--connect-descriptor", "http://h/d"], "--connect-descriptor is for"),
    (["--forge-manifest", "manifest.yml"], "go together"),
    (["--forge-manifest", "no.yml", "--forge-remote", "http://h"], "no.yml cannot be read"),
    (["--forge-timing", '{"delay": "long"}'], "delay is a number of seconds"),
    (["--forge-timing", '{"speed": 1}'], "speed is not known"),
]


@pytest.mark.engine
@pytest.mark.parametrize(("options", "named"), WRONG, ids=lambda value: str(value)[:40])
def test_wrong_options_are_refused(options: list[str], named: str) -> None:
    done = subprocess.run(
        [*COMMAND, *options], capture_output=True, text=True, timeout=60, check=False
    )

    assert done.returncode == 2
    assert named in done.stderr


def test_an_app_without_an_id_gets_one(tmp_path: Path) -> None:
    """As `forge register` gives one; it stays as long as the folder."""
    unnamed: Any = {APP_ID: "${OKR_FORGE_APP_ID}"}
    path = deployed(tmp_path, **unnamed)

    made = read(path, "http://h", {}).app_id

    assert made.startswith("ari:cloud:ecosystem::app/")
    assert made == read(path, "http://h", {}).app_id
    assert read(path, "http://h", {"OKR_FORGE_APP_ID": APP_ID}).app_id == APP_ID
