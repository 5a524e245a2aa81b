"""Looking people up by their accounts, and letting them in."""

from base64 import b64encode
from typing import Any

import pytest
from flask.testing import FlaskClient

from sandbox.directory import LI_NA, TOM
from tests.sandbox.conftest import Caller, json_of

USERS = "/wiki/api/v2/users-bulk"


def test_known_accounts_are_named_once_and_unknown_ones_are_absent(bot: Caller) -> None:
    asked = [LI_NA.account_id, TOM.account_id, LI_NA.account_id, "712020:gone"]

    answer = bot.post(USERS, {"accountIds": asked})

    found = {user["accountId"]: user["displayName"] for user in json_of(answer)["results"]}
    assert found == {LI_NA.account_id: "李娜", TOM.account_id: "Tom Becker"}
    assert len(json_of(answer)["results"]) == 2


@pytest.mark.parametrize(
    "body", [None, {}, {"accountIds": "a"}, {"accountIds": []}, {"accountIds": ["a"] * 251}]
)
def test_a_lookup_of_nobody_or_of_too_many_is_refused(bot: Caller, body: Any) -> None:
    assert bot.post(USERS, body).status_code == 400


def test_nobody_is_looked_up_anonymously(nobody: Caller) -> None:
    assert nobody.post(USERS, {"accountIds": [TOM.account_id]}).status_code == 401


@pytest.mark.parametrize(
    ("name", "token", "status"),
    [
        (TOM.email, TOM.token, 200),
        (TOM.name, TOM.token, 200),
        (LI_NA.name, LI_NA.token, 200),
        (TOM.name, LI_NA.token, 401),
        ("", TOM.token, 401),
    ],
)
def test_a_person_signs_in_by_e_mail_or_name(
    nobody: Caller, name: str, token: str, status: int
) -> None:
    client: FlaskClient = nobody.client
    pair = b64encode(f"{name}:{token}".encode()).decode()

    answer = client.get("/rest/api/3/myself", headers={"Authorization": f"Basic {pair}"})

    assert answer.status_code == status
