"""Limits as Data Center has them: a bucket for each person, told on every answer."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.sandbox.conftest import app_of_a_fresh_site
from tests.sandbox.data_center import JIRA, WIKI, Caller, json_of

RULE = {"limit": 3, "fill": 2, "interval": 60}
MYSELF = f"{JIRA}/myself"
NAMES = ("Limit", "Remaining", "Interval-Seconds", "FillRate")


@pytest.fixture
def clock() -> list[datetime]:
    return [datetime(2026, 11, 23, 9, tzinfo=UTC)]


@pytest.fixture
def bot(clock: list[datetime]) -> Caller:
    app = app_of_a_fresh_site("empty", flavor="dc", now=lambda: clock[0], limits={"tokens": RULE})
    return Caller(app.test_client())


def test_every_answer_tells_the_bucket(bot: Caller) -> None:
    answer = bot.get(f"{WIKI}/content/1")

    told = [answer.headers[f"X-RateLimit-{name}"] for name in NAMES]
    assert (told, answer.headers["Retry-After"]) == (["3", "2", "60", "2"], "0")


def test_an_empty_bucket_refuses_until_it_is_filled(bot: Caller, clock: list[datetime]) -> None:
    statuses = [bot.get(MYSELF).status_code for _ in range(3)]
    clock[0] += timedelta(seconds=20)
    refused = bot.get(MYSELF)
    clock[0] += timedelta(seconds=int(refused.headers["Retry-After"]))
    after = [bot.get(MYSELF).status_code for _ in range(3)]

    assert statuses == [200, 200, 200]
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "40"
    assert refused.headers["X-RateLimit-Remaining"] == "0"
    assert after == [200, 200, 429]


def test_a_bucket_belongs_to_one_person_in_one_product(bot: Caller) -> None:
    for _ in range(4):
        bot.get(MYSELF)

    assert bot.get(MYSELF).status_code == 429
    assert Caller(bot.client, "tom.becker").get(MYSELF).status_code == 200
    assert bot.get(f"{WIKI}/user/current").status_code == 200


def test_a_full_bucket_stays_full(bot: Caller, clock: list[datetime]) -> None:
    bot.get(MYSELF)
    clock[0] += timedelta(hours=1)

    assert bot.get(MYSELF).headers["X-RateLimit-Remaining"] == "2"


def test_without_limits_nothing_is_told(clock: list[datetime]) -> None:
    bot = Caller(app_of_a_fresh_site("empty", flavor="dc").test_client())

    assert not [name for name in bot.get(MYSELF).headers.keys() if "Rate" in name]  # noqa: SIM118


@pytest.mark.parametrize(
    "wish", [3, {}, {"limit": 1}, RULE | {"fill": 0}, RULE | {"odd": 1}, RULE | {"limit": "3"}]
)
def test_an_odd_wish_is_refused(bot: Caller, wish: object) -> None:
    assert bot.client.post("/_sandbox/limits", json={"tokens": wish}).status_code == 400


def test_the_switches_of_the_sandbox_work_on_these_paths_too(bot: Caller) -> None:
    client = bot.client
    client.post("/_sandbox/limits", json={"tokens": None})
    faults = [{"kind": "conflict", "product": "confluence", "times": 1}]
    client.post("/_sandbox/faults", json={"faults": faults})

    page = {"type": "page", "title": "T", "space": {"key": "HARBOUR"}}
    conflict = bot.post(f"{WIKI}/content", page)
    client.post("/_sandbox/faults", json={"jira": "down"})
    down = bot.get(MYSELF)
    calls = json_of(client.get("/_sandbox/meters"))["calls"]

    assert (conflict.status_code, json_of(conflict)["reason"]) == (409, "Conflict")
    assert (down.status_code, "errorMessages" in json_of(down)) == (503, True)
    assert calls["POST /confluence/rest/api/content"] == 1


@pytest.mark.parametrize("path", [MYSELF, f"{WIKI}/user/current"])
def test_a_429_by_fault_has_the_headers_of_a_bucket(path: str) -> None:
    caller = Caller(app_of_a_fresh_site("empty", flavor="dc").test_client())
    caller.client.post("/_sandbox/faults", json={"faults": [{"kind": "429", "retry_after": 7}]})

    refused = caller.get(path)

    told = {name for name, _ in refused.headers if "ratelimit" in name.casefold()}
    assert told == {f"X-RateLimit-{name}" for name in NAMES}
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "7")


def test_data_center_counts_calls_and_no_points() -> None:
    caller = Caller(app_of_a_fresh_site("empty", flavor="dc").test_client())
    caller.get(MYSELF)

    meters = json_of(caller.client.get("/_sandbox/meters"))
    assert (meters["total"], meters["points"]["total"]) == (1, 0)


@pytest.mark.parametrize(
    ("flavor", "wish"),
    [
        ("cloud", {"tokens": RULE}),
        ("dc", {"points": 65000}),
        ("dc", {"burst": True}),
        ("dc", {"per_issue": True}),
    ],
)
def test_no_site_has_the_limits_of_the_other(flavor: str, wish: dict[str, object]) -> None:
    client = app_of_a_fresh_site("empty", flavor=flavor).test_client()

    assert client.post("/_sandbox/limits", json=wish).status_code == 400
