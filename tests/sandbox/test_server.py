"""The sandbox as a process of its own."""

import http.client
import json
import signal
import subprocess
import sys
import threading

import pytest
import requests
from werkzeug.serving import make_server

from sandbox.app import create_app
from sandbox.connections import KeepAlive


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


def test_a_connection_serves_one_request_after_the_other() -> None:
    """Whatever became of the one before, bodies that nobody reads among them."""
    server = make_server("127.0.0.1", 0, create_app(), threaded=True, request_handler=KeepAlive)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    connection.connect()
    used = connection.sock
    statuses = []
    for method, path, body in (
        ("GET", "/rest/api/3/serverInfo", None),
        ("POST", "/rest/api/3/issue", b'{"fields": {}}'),
        ("POST", "/nowhere", b"x" * 70_000),
        ("HEAD", "/rest/api/3/serverInfo", None),
        ("POST", "/_sandbox/clock", b"{}"),
    ):
        connection.request(method, path, body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        answer.read()
        statuses.append(answer.status)
        assert connection.sock is used
    connection.close()
    server.shutdown()
    server.server_close()

    assert statuses == [200, 401, 404, 200, 200]
