"""The sandbox as a process of its own."""

import json
import signal
import subprocess
import sys

import pytest
import requests


@pytest.mark.engine
def test_the_first_line_says_where_it_is_and_a_signal_ends_it() -> None:
    command = [sys.executable, "-m", "sandbox.server", "--port", "0", "--seed", "empty"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        ready = json.loads(process.stdout.readline())

        with requests.Session() as session:
            session.trust_env = False
            session.auth = (ready["user"], ready["token"])
            myself = session.get(f"{ready['jira']}/rest/api/3/myself", timeout=10)
            spaces = session.get(f"{ready['confluence']}/api/v2/spaces", timeout=10)
        process.send_signal(signal.SIGTERM)
        code = process.wait(timeout=10)

    assert myself.json()["accountId"] == ready["users"][0]["account_id"]
    assert myself.raw.version == 11
    assert [space["key"] for space in spaces.json()["results"]] == ["HARBOUR"]
    assert code == 0
