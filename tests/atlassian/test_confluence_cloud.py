"""What reading Confluence costs in calls, and what a site's doctor sees."""

from dataclasses import astuple
from datetime import timedelta

from connector.atlassian.auth import Credentials
from connector.atlassian.doctor import examine
from connector.atlassian.site import confluence_door, jira_door
from connector.core.okr import PageId
from connector.core.policy import Policy
from sandbox.directory import LI_NA, TOM
from tests.atlassian.planted import Connection, SystemClock

LABELS = Policy().labels


def test_a_cold_read_of_all_pages_costs_two_calls(connection: Connection) -> None:
    stamps = connection.wiki.find_okr_pages(LABELS, None)

    read = connection.wiki.read_pages([stamp.page for stamp in stamps])

    assert len(read) == len(stamps) == 6
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

    stamps = tom.wiki.find_okr_pages(LABELS, None)

    assert len(stamps) == 5
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


def test_a_well_connected_site_passes_every_check(connection: Connection) -> None:
    checks = list(
        examine(
            wiki_door=connection.wiki_door,
            jira_door=connection.jira_door,
            wiki=connection.wiki,
            labels=LABELS,
        )
    )

    assert [check.name for check in checks if not check.ok] == []
    facts = {check.name: dict(check.facts) for check in checks}
    assert facts["confluence.account"]["name"] == "OKR Bot"
    assert facts["confluence.pages"]["pages"] == "6"
    assert facts["jira.server"]["deployment"] == "Cloud"
    assert facts["jira.epics"]["issue_types"] == "Epic"


def test_a_wrong_token_fails_every_check_without_being_shown(connection: Connection) -> None:
    wrong = Credentials("not-the-token", connection.user.email)
    wiki_door, tracker_door = (
        confluence_door(connection.address, wrong),
        jira_door(connection.address, wrong),
    )
    wiki = type(connection.wiki)(wiki_door, SystemClock())

    checks = list(examine(wiki_door=wiki_door, jira_door=tracker_door, wiki=wiki, labels=LABELS))

    failed = {check.name for check in checks if not check.ok}
    assert {"confluence.account", "confluence.pages", "jira.account"} <= failed
    shown = str([astuple(check) for check in checks])
    assert "not-the-token" not in shown
    assert connection.user.email not in shown
