"""What a doctor says of a site: what works, what it can do, and what to do about the rest."""

from collections.abc import Iterator
from dataclasses import astuple
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from connector.atlassian.auth import Credentials
from connector.atlassian.checks import Check, properties
from connector.atlassian.confluence_dc import ConfluenceDataCenter
from connector.atlassian.doctor_cloud import examine_cloud
from connector.atlassian.doctor_dc import examine_data_center
from connector.atlassian.jira_fields import EPIC_LINK, ESTIMATE, NUMBER, estimates
from connector.atlassian.lifecycle import support_of, version_of
from connector.atlassian.site import confluence_door, data_center_door, jira_door
from connector.catalogue import words
from connector.core.policy import Policy
from connector.ports import WikiPages
from sandbox.datacenter.people import account_of
from sandbox.datacenter.tokens import planted_text
from sandbox.directory import BOT
from tests.atlassian.odd import odd_site
from tests.atlassian.planted import Connection, SystemClock, planted

LABELS = Policy().labels
BASE = "https://okr.example"
NOW = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture
def data_center() -> Iterator[Connection]:
    with planted("company", flavor="dc") as found:
        yield found


def of_cloud(site: Connection, wiki: WikiPages | None = None) -> dict[str, Check]:
    found = examine_cloud(
        wiki_door=site.wiki_door,
        jira_door=site.jira_door,
        wiki=wiki or site.wiki,
        labels=LABELS,
        base_url=BASE,
    )
    return {one.name: one for one in found}


def of_data_center(site: Connection, **changes: Any) -> dict[str, Check]:
    given: dict[str, Any] = {"base_url": BASE, "epic_field": "", "now": site.clock.now()}
    found = examine_data_center(
        wiki_door=site.wiki_door,
        jira_door=site.jira_door,
        wiki=site.wiki,
        labels=LABELS,
        **given | changes,
    )
    return {one.name: one for one in found}


def test_a_well_connected_cloud_site_passes_every_check(connection: Connection) -> None:
    checks = of_cloud(connection)

    assert [check.name for check in checks.values() if not check.ok] == []
    facts = {name: dict(check.facts) for name, check in checks.items()}
    assert facts["confluence.account"]["name"] == "OKR Bot"
    assert int(facts["confluence.pages"]["pages"]) > 5
    assert facts["jira.server"]["deployment"] == "Cloud"
    assert facts["jira.epics"]["issue_types"] == "Epic"
    assert facts["confluence.rights"]["read"] == "yes"
    assert facts["jira.rights"]["browse_projects"] == "yes"
    assert facts["jira.webhook"]["register"] == f"{BASE}/webhooks/jira"
    assert checks["jira.token"].note == "untold"
    assert sum(connection.spent().values()) <= 10


def test_a_well_connected_data_center_passes_every_check(data_center: Connection) -> None:
    checks = of_data_center(data_center)

    assert [check for check in checks.values() if not check.ok] == []
    facts = {name: dict(check.facts) for name, check in checks.items()}
    assert facts["confluence.account"]["name"] == "OKR Bot"
    assert facts["confluence.account"]["address"].endswith("/confluence")
    assert version_of(facts["confluence.server"]["version"]) is not None
    assert facts["jira.server"]["deployment"] == "Data Center"
    assert list(facts["jira.epics"].values()) == ["Epic Link"]
    assert "Story Points" in facts["jira.story_points"].values()
    assert facts["jira.rights"]["browse_projects"] == "yes"
    assert facts["confluence.rights"]["read"] == "yes"
    assert facts["confluence.webhook"]["register"] == f"{BASE}/webhooks/confluence"
    assert sum(data_center.spent().values()) <= 15


@pytest.mark.parametrize(("days", "warns"), [(0, False), (80, True)])
def test_a_token_that_ends_soon_is_a_warning(
    data_center: Connection, days: int, warns: bool
) -> None:
    """The sandbox's tokens are good for ninety days."""
    checks = of_data_center(data_center, now=data_center.clock.now() + timedelta(days=days))

    for product in ("confluence", "jira"):
        token = checks[f"{product}.token"]
        assert date.fromisoformat(dict(token.facts)["expires"]) > data_center.clock.now().date()
        assert (token.ok, token.warns) == (True, warns)


def test_a_named_epic_field_must_exist(data_center: Connection) -> None:
    epics = of_data_center(data_center, epic_field="customfield_99999")["jira.epics"]

    assert (epics.ok, epics.note) == (False, "wrong_field")


def test_a_wrong_token_fails_every_check_without_being_shown(connection: Connection) -> None:
    wrong = Credentials("not-the-token", connection.user.email)
    connection.wiki_door = confluence_door(connection.address, wrong)
    connection.jira_door = jira_door(connection.address, wrong)

    checks = of_cloud(connection, type(connection.wiki)(connection.wiki_door, SystemClock()))  # type: ignore[call-arg]  # the adapter's own

    failed = {check.name for check in checks.values() if not check.ok}
    assert {"confluence.account", "confluence.pages", "jira.account"} <= failed
    assert checks["jira.account"].remedy == "token"
    shown = str([astuple(check) for check in checks.values()])
    assert "not-the-token" not in shown
    assert connection.user.email not in shown


def test_tokens_of_the_other_product_fail(data_center: Connection) -> None:
    """Each product of a Data Center knows only its own tokens."""
    wiki_token = Credentials(planted_text("confluence", account_of(BOT)))
    data_center.jira_door = data_center_door("jira", f"{data_center.address}/jira", wiki_token)

    checks = of_data_center(data_center)

    assert not checks["jira.account"].ok
    assert checks["jira.account"].remedy == "token"
    assert checks["confluence.account"].ok


EPIC = {"id": "customfield_10008", "name": "史诗链接", "schema": {"custom": EPIC_LINK}}
POINTS = {"id": "customfield_10004", "name": "Story Points", "schema": {"custom": NUMBER}}
RIGHTS = {"permissions": {"BROWSE_PROJECTS": {"havePermission": True}}}
HOOK = {"url": f"{BASE}/webhooks/confluence", "active": True, "events": ["page_updated"]}
# By the last part of the path.
DATA_CENTER: dict[str, Any] = {
    "current": {"type": "known", "displayName": "OKR Bot"},
    "server-information": {"version": "10.2.18"},
    "search": {"results": [{"id": "7", "version": {"number": 1}}], "_links": {}},
    "7": {"operations": [{"operation": "update", "targetType": "page"}]},
    "tokens": [{"id": 1, "name": "okr", "expiringAt": "2027-02-01T00:00:00.000+0800"}],
    "webhooks": {"results": [HOOK]},
    "myself": {"displayName": "OKR Bot"},
    "serverInfo": {"version": "11.3.5", "deploymentType": "Server"},
    "field": [EPIC, POINTS],
    "mypermissions": RIGHTS,
    "webhook": [{"url": f"{BASE}/webhooks/jira", "enabled": True}],
}


def of_odd(changes: dict[str, Any], **given: Any) -> dict[str, Check]:
    """The checks of a site that answers as above, with these changes."""
    table = DATA_CENTER | changes
    with odd_site(lambda place, _request: table.get(place, (404, {}))) as address:
        wiki_door, tracker_door = (
            data_center_door(one, address, Credentials("t")) for one in ("confluence", "jira")
        )
        wiki = ConfluenceDataCenter(wiki_door, SystemClock())
        asked: dict[str, Any] = {"base_url": BASE, "epic_field": "", "now": NOW}
        found = examine_data_center(
            wiki_door=wiki_door, jira_door=tracker_door, wiki=wiki, labels=LABELS, **asked | given
        )
        checks = {one.name: one for one in found}
    for one in checks.values():
        if one.note:
            assert f"cli.doctor.{one.name}.{one.note}" in words("zh-CN").messages
    return checks


def test_everything_is_found_where_our_account_may_read_it() -> None:
    checks = of_odd({})

    clocks = {"confluence.clock", "jira.clock"}
    assert {name for name, one in checks.items() if not one.ok or one.warns} <= clocks
    facts = {name: dict(one.facts) for name, one in checks.items()}
    assert facts["confluence.webhook"]["registered"] == "yes"
    assert facts["jira.webhook"]["registered"] == "yes"
    assert facts["confluence.rights"] == {"read": "yes", "edit": "yes"}
    assert facts["jira.epics"] == {"customfield_10008": "史诗链接"}
    assert facts["jira.story_points"] == {"customfield_10004": "Story Points"}
    assert facts["confluence.token"]["expires"] == "2027-02-01"


@pytest.mark.parametrize(
    ("place", "answer", "name", "ok", "warns", "note"),
    [
        ("server-information", {"version": "8.5.31"}, "confluence.server", True, True, "ended"),
        (
            "server-information",
            {"version": "9.2.25"},
            "confluence.server",
            True,
            True,
            "ends_soon",
        ),
        ("server-information", {"version": "7.8.3"}, "confluence.server", False, False, "too_old"),
        ("server-information", {}, "confluence.server", True, True, "unknown"),
        ("server-information", (404, {}), "confluence.server", True, True, "unknown"),
        ("serverInfo", {"version": "8.13.27"}, "jira.server", False, False, "too_old"),
        ("serverInfo", {"deploymentType": "Cloud"}, "jira.server", False, False, "other"),
        ("current", {"type": "anonymous"}, "confluence.account", False, False, ""),
        ("search", {"results": [], "_links": {}}, "confluence.pages", False, False, ""),
        ("search", {"results": [], "_links": {}}, "confluence.rights", True, False, "no_page"),
        ("tokens", (404, {}), "jira.token", True, False, "unreadable"),
        ("tokens", [{"name": "okr", "expiringAt": None}], "jira.token", True, False, "never"),
        ("webhooks", (401, {}), "confluence.webhook", True, False, "unreadable"),
        ("webhooks", {"results": []}, "confluence.webhook", True, True, ""),
        ("webhooks", {"results": [HOOK | {"active": False}]}, "confluence.webhook", True, True, ""),
        ("webhook", (403, {}), "jira.webhook", True, False, "unreadable"),
        ("field", [], "jira.epics", False, False, "no_field"),
        ("field", [EPIC, EPIC | {"id": "customfield_2"}], "jira.epics", True, True, "several"),
        ("field", [EPIC], "jira.story_points", True, False, "none"),
        ("mypermissions", {"permissions": {}}, "jira.rights", False, False, ""),
        (
            "mypermissions",
            {"permissions": RIGHTS["permissions"] | {"ADMINISTER": {"havePermission": True}}},
            "jira.rights",
            True,
            True,
            "too_many",
        ),
        ("myself", (403, {}), "jira.account", False, False, ""),
    ],
)
def test_what_is_not_as_it_should_be_is_told_apart(
    place: str, answer: Any, name: str, ok: bool, warns: bool, note: str
) -> None:
    check = of_odd({place: answer})[name]

    assert (check.ok, check.warns, check.note) == (ok, warns, note)


def test_an_older_wiki_tells_its_version_in_its_manifest() -> None:
    check = of_odd({"server-information": (404, {}), "manifest": {"version": "7.19.16"}})[
        "confluence.server"
    ]

    assert dict(check.facts)["version"] == "7.19.16"


def test_without_our_own_address_nobody_can_say_what_to_register() -> None:
    checks = of_odd({}, base_url="")

    assert {checks[f"{one}.webhook"].note for one in ("confluence", "jira")} == {"no_address"}


def test_of_several_tokens_ours_is_the_one_used_last() -> None:
    other = {"name": "a", "expiringAt": "2026-11-25T00:00:00Z", "lastAccessedAt": "2026-01-01"}
    ours = {"name": "b", "expiringAt": "2027-11-25T00:00:00Z", "lastAccessedAt": "2026-11-23"}

    check = of_odd({"tokens": [other, ours]})["jira.token"]

    assert (dict(check.facts)["token"], check.warns) == ("b", False)


@pytest.mark.parametrize(
    ("product", "version", "today", "ended", "below"),
    [
        ("confluence", "10.2.18", date(2026, 11, 23), False, False),
        ("confluence", "9.2.25", date(2026, 12, 10), False, False),
        ("confluence", "9.2.25", date(2026, 12, 11), True, False),
        ("confluence", "7.9.0", date(2026, 11, 23), True, False),
        ("confluence", "11.0.1", date(2026, 11, 23), False, False),
        ("jira", "10.3.20", date(2026, 11, 23), False, False),
        ("jira", "9.12.34", date(2026, 11, 23), True, False),
        ("jira", "8.14.1", date(2026, 11, 23), True, False),
        ("jira", "7.13.18", date(2026, 11, 23), True, True),
    ],
)
def test_a_version_is_supported_until_its_last_day(
    product: str, version: str, today: date, ended: bool, below: bool
) -> None:
    numbers = version_of(version)
    assert numbers is not None
    found = support_of(product, numbers, today=today)

    assert (found.ended, found.below_floor) == (ended, below)


def test_every_field_that_may_hold_estimates_is_named() -> None:
    fields: list[dict[str, Any]] = [
        {"id": "customfield_10016", "name": "Schätzung", "schema": {"custom": ESTIMATE}},
        {"id": "customfield_10026", "name": " story points", "schema": {"custom": NUMBER}},
        {"id": "customfield_10027", "name": "Budget", "schema": {"custom": NUMBER}},
        {"id": "customfield_10028", "name": "Story Points", "schema": {"custom": "text"}},
        {"id": "summary", "name": "Story Points"},
    ]

    assert [one for one, _ in estimates(fields)] == ["customfield_10016", "customfield_10026"]


@pytest.mark.parametrize(
    ("edit", "wanted", "warns", "note"),
    [
        ("yes", True, False, ""),
        ("no", True, True, ""),
        ("?", True, False, ""),
        ("no", False, False, "off"),
    ],
)
def test_whether_properties_can_be_written_goes_with_the_right_to_edit(
    edit: str, wanted: bool, warns: bool, note: str
) -> None:
    rights = Check("confluence.rights", ok=True, facts=(("read", "yes"), ("edit", edit)))

    found = properties(rights, wanted=wanted)

    assert (found.ok, found.warns, found.note) == (True, warns, note)
    assert dict(found.facts)["may_write"] == edit
    for locale in ("en", "zh-CN"):
        for part in ("", ".mend", ".off"):
            assert words(locale).messages[f"cli.doctor.confluence.properties{part}"]
