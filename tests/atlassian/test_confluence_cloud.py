"""What reading Confluence costs in calls."""

from datetime import timedelta

from connector.core.okr import PageId
from connector.core.policy import Policy
from sandbox.directory import LI_NA, TOM
from tests.atlassian.planted import Connection

LABELS = Policy().labels


def test_a_cold_read_of_all_pages_costs_two_calls(connection: Connection) -> None:
    stamps = connection.wiki.find_okr_pages(LABELS, None)

    read = connection.wiki.read_pages([stamp.page for stamp in stamps])

    assert len(read) == len(stamps) > 5
    assert connection.spent() == {"wiki_search": 1, "pages": 1}


def test_one_saved_page_costs_one_call(connection: Connection) -> None:
    (read,) = connection.wiki.read_pages([PageId("131073")])

    assert read.title.startswith("Harbourline company OKRs")
    assert read.labels == {"okr"}
    assert connection.spent() == {"page": 1}


def test_a_quiet_sweep_costs_one_call(connection: Connection) -> None:
    a_minute_ago = connection.clock.now() - timedelta(minutes=1)

    assert connection.wiki.find_okr_pages(LABELS, a_minute_ago) == []
    assert connection.spent() == {"wiki_search": 1}


def test_a_page_hidden_from_an_account_is_missing_for_it(connection: Connection) -> None:
    tom = connection.as_(TOM)

    stamps = {one.page for one in tom.wiki.find_okr_pages(LABELS, None)}

    everybodys = {one.page for one in connection.wiki.find_okr_pages(LABELS, None)}
    assert stamps < everybodys
    assert PageId("131438") in everybodys - stamps
    assert tom.wiki.read_pages([PageId("131438")]) == []


def test_a_name_is_asked_for_once_an_hour_and_so_is_one_that_nobody_has(
    connection: Connection,
) -> None:
    wiki = connection.wiki
    wiki.name_people([TOM.account_id, "712020:gone"])

    assert wiki.name_people(["712020:gone", TOM.account_id]) == {TOM.account_id: "Tom Becker"}
    assert connection.spent() == {"users": 1}
    assert wiki.name_people([LI_NA.account_id]) == {LI_NA.account_id: "李娜"}
    assert connection.spent() == {"users": 1}
