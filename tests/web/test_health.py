"""Alive, ready, counted: and what of that a stranger may see."""

from collections.abc import Mapping

import pytest
from flask.testing import FlaskClient

from connector.atlassian.http import RemoteCall
from connector.web.metrics import Metrics
from tests.web.conftest import BEARER, Caller


def test_alive_looks_at_nothing_else(caller: Caller) -> None:
    def broken() -> Mapping[str, bool]:
        raise RuntimeError

    assert caller(ready=broken).get("/healthz").get_json() == {"status": "alive"}


def test_ready_names_its_parts(client: FlaskClient) -> None:
    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.get_json()["parts"] == {"store": True, "jobs": True}


def test_one_part_that_is_away_makes_us_not_ready(caller: Caller) -> None:
    answer = caller(ready=lambda: {"store": False, "jobs": True}).get("/readyz")

    assert answer.status_code == 503
    assert answer.get_json()["parts"] == {"store": False, "jobs": True}


def test_a_check_that_fails_says_nothing_of_why(caller: Caller) -> None:
    def broken() -> Mapping[str, bool]:
        raise RuntimeError("postgresql://user:password@host/db")

    answer = caller(ready=broken).get("/readyz")

    assert answer.status_code == 503
    assert b"postgresql" not in answer.data


def test_what_was_counted_is_shown(caller: Caller) -> None:
    metrics = Metrics()
    metrics.atlassian_called(RemoteCall("jira", "search", 200, 0.2))
    client = caller(metrics=metrics, job_counts=lambda: {"handled": 2, "failed": 1})
    client.get("/macros/objective?page=101", headers=BEARER)

    text = client.get("/metrics", headers=BEARER).get_data(as_text=True)

    assert 'okr_macro_answers_total{macro="objective",outcome="rendered"} 1.0' in text
    assert 'okr_jobs_total{outcome="handled"} 2.0' in text
    assert 'endpoint="search"' in text
    assert 'route="/macros/<key>"' in text


@pytest.mark.parametrize("path", ["/nowhere/4711", "/macros/tree?page=1"])
def test_what_strangers_ask_for_does_not_become_a_label(client: FlaskClient, path: str) -> None:
    client.get(path, headers=BEARER)

    text = client.get("/metrics", headers=BEARER).get_data(as_text=True)

    assert "4711" not in text
    assert "tree" not in text
