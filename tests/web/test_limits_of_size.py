"""What strangers send is limited before anything of it is read."""

import time

import pytest
from flask.testing import FlaskClient

from connector.atlassian.signing_keys import FETCHED_AT_ONCE
from connector.serving import THREADS
from connector.usecases.visibility import ASKING_AT_ONCE, ASKING_OF_ISSUES
from connector.web.bodies import LONGEST_QUERY
from connector.web.services import BODIES_AT_ONCE, LOOKS_AT_ONCE
from tests.fakes.installations import FakeInstallations
from tests.web.conftest import PAGE, Caller
from tests.web.hosts import connect_door

_FORM = "application/x-www-form-urlencoded"


def test_threads_are_left_when_everything_we_wait_for_is_slow() -> None:
    waiting = ASKING_AT_ONCE + ASKING_OF_ISSUES + LOOKS_AT_ONCE + FETCHED_AT_ONCE + BODIES_AT_ONCE

    assert waiting < THREADS


@pytest.mark.parametrize("path", [f"/macros/objective?page={PAGE}&", "/api/v1/objectives?", "/x?"])
def test_a_query_beyond_all_measure_is_refused_unread(client: FlaskClient, path: str) -> None:
    answer = client.get(path + "a=%41&" * LONGEST_QUERY)

    assert answer.status_code == 414


def test_a_list_of_languages_beyond_all_measure_is_not_read(client: FlaskClient) -> None:
    languages = {"Accept-Language": "zh-CN;q=0.9," * 10_000}

    assert client.get("/api/v1/objectives", headers=languages).headers["Content-Language"] == "en"


def test_a_form_beyond_all_measure_costs_no_time(caller: Caller) -> None:
    client = caller(connect=connect_door(FakeInstallations()))
    form = "a=%41&" * 170_000
    began = time.process_time()

    for path in ("/connect/installed", "/connect/webhooks/jira"):
        assert client.post(path, data=form, content_type=_FORM).status_code == 401

    assert time.process_time() - began < 0.3


@pytest.mark.parametrize("path", ["/webhooks/jira", "/webhooks/confluence"])
def test_a_body_beyond_all_measure_is_refused(client: FlaskClient, path: str) -> None:
    headers = {"X-Hub-Signature": f"sha256={'0' * 64}"}

    assert client.post(path, data=b"x" * 1_100_000, headers=headers).status_code == 413
