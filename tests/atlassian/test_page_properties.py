"""How properties are written where others write too, and sites answer oddly."""

import json
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from werkzeug import Request, Response

from connector.atlassian.auth import Credentials
from connector.atlassian.page_properties import MOST_TRIES, SiteProperties, cloud_properties
from connector.atlassian.site import confluence_door
from connector.core.errors import Conflict, OkrError, Refused, Unavailable
from connector.core.json import JsonObject
from connector.core.okr import PageId
from connector.core.publishing import PropertyKey
from tests.atlassian.test_door import tiny

PAGE, KEY = PageId("101"), PropertyKey.OKRS
VALUE: JsonObject = {"progress": 45}
DUPLICATE = (400, {"errors": [{"status": 400, "title": "jsonproperty.duplicate.key"}]})
STALE = (409, {"errors": [{"status": 409, "code": "CONFLICT"}]})
DONE: tuple[int, JsonObject] = (200, {})


def row(value: object, version: int, *, key: str = KEY, held: str = "7") -> JsonObject:
    return {"id": held, "key": key, "value": value, "version": {"number": version}}


def shown(*rows: JsonObject) -> tuple[int, JsonObject]:
    return 200, {"results": list(rows)}


def site_says(*answers: tuple[int, Any]) -> tuple[Callable[[Request], Response], list[Request]]:
    """One answer after the other; nothing may be asked after the last."""
    left, seen = list(answers), []

    def answer(request: Request) -> Response:
        seen.append(request)
        status, body = left.pop(0)
        return Response(json.dumps(body), status, mimetype="application/json")

    return answer, seen


def written(*answers: tuple[int, Any]) -> tuple[bool, Sequence[Request]]:
    answer, seen = site_says(*answers)
    with tiny(answer) as (_, address):
        return properties(address).write(PAGE, KEY, VALUE), seen


def properties(address: str) -> SiteProperties:
    return cloud_properties(confluence_door(address, Credentials("t", "bot@example.org")))


def test_who_comes_second_looks_again_and_writes_the_next_version() -> None:
    done, seen = written(shown(row({}, 3)), STALE, shown(row({"theirs": 1}, 4)), DONE)

    assert done
    assert [one.get_json()["version"]["number"] for one in seen if one.method == "PUT"] == [4, 5]


def test_who_comes_second_with_the_same_value_has_nothing_to_do() -> None:
    assert not written(shown(row({}, 3)), STALE, shown(row(VALUE, 4)))[0]


@pytest.mark.parametrize("refusal", [DUPLICATE, STALE], ids=["400", "409"])
def test_a_key_that_appears_meanwhile_is_changed_instead(refusal: tuple[int, Any]) -> None:
    done, seen = written(shown(), refusal, shown(row({}, 1)), DONE)

    assert done
    assert [one.method for one in seen] == ["GET", "POST", "GET", "PUT"]


def test_a_duplicate_that_is_none_is_tried_again_and_given_up_in_the_end() -> None:
    """CONFCLOUD-72142: the key is refused as there already, and the site shows none."""
    assert written(shown(), DUPLICATE, shown(), DONE)[0]
    with pytest.raises(Refused):
        written(*(shown(), DUPLICATE) * MOST_TRIES)


def test_where_others_keep_writing_it_ends() -> None:
    turns = [(shown(row({}, number)), STALE) for number in range(1, MOST_TRIES + 1)]
    with pytest.raises(Conflict):
        written(*(answer for turn in turns for answer in turn))


def test_a_value_that_is_refused_is_not_sent_twice() -> None:
    with pytest.raises(Refused):
        written(shown(row({}, 3)), (400, {}))


def test_properties_of_others_are_not_taken_for_ours() -> None:
    """Should the site not heed the key that was asked for."""
    done, seen = written(shown(row(VALUE, 3, key="editor", held="1"), row({}, 5)), DONE)

    assert done
    assert seen[-1].path.endswith("/7")


def test_doubled_rows_are_all_deleted() -> None:
    """https://github.com/sphinx-contrib/confluencebuilder/issues/1094"""
    answer, seen = site_says(shown(row({}, 1, held="7"), row({}, 1, held="8")), (204, ""), DONE)
    with tiny(answer) as (_, address):
        assert properties(address).delete(PAGE, KEY)

    assert [one.path.rpartition("/")[2] for one in seen] == ["properties", "7", "8"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"results": None},
        {"results": [{"key": KEY}]},
        {"results": [{"key": KEY, "id": "7", "value": 1, "version": None}]},
        {"results": [{"key": KEY, "id": "7", "version": {"number": 1}}]},
        {"results": [{"key": KEY, "id": None, "value": 1, "version": {"number": 1}}]},
    ],
)
def test_an_odd_answer_is_no_answer(body: JsonObject) -> None:
    with pytest.raises(Unavailable):
        written((200, body))


def test_an_id_that_is_none_is_an_error_of_ours() -> None:
    with pytest.raises(OkrError):
        written(shown(row({}, 1, held="../../pages/1")))
