"""Settings choose the adapters; nothing else does."""

from pathlib import Path

import pytest

from connector.atlassian.confluence_cloud import ConfluenceCloud
from connector.atlassian.confluence_dc import ConfluenceDataCenter
from connector.atlassian.jira_cloud import JiraCloud
from connector.atlassian.jira_dc import JiraDataCenter
from connector.atlassian.page_properties import WITH_OURS
from connector.config import load_settings
from connector.core.errors import ConfigError
from connector.core.installation import DoorKind
from connector.core.policy_document import policy_from
from connector.web.connect import load_descriptor
from connector.wiring import check_events, connect, doors
from connector.wiring.publishing import publishing_by_app, publishing_by_token

CLOUD = {
    "OKR_CONFLUENCE_URL": "https://example.atlassian.net",
    "OKR_JIRA_URL": "https://example.atlassian.net",
    "OKR_USER": "a@example.com",
    "OKR_TOKEN": "a-token",
}
DATA_CENTER = {
    "OKR_CONFLUENCE_URL": "https://wiki.corp.example/confluence/",
    "OKR_JIRA_URL": "https://jira.corp.example",
    "OKR_TOKEN": "a-token",
    "OKR_JIRA_TOKEN": "another-token",
}


@pytest.mark.parametrize(
    ("env", "wiki", "tracker", "addresses"),
    [
        (
            CLOUD,
            ConfluenceCloud,
            JiraCloud,
            ["https://example.atlassian.net/wiki", "https://example.atlassian.net"],
        ),
        (
            DATA_CENTER,
            ConfluenceDataCenter,
            JiraDataCenter,
            ["https://wiki.corp.example/confluence", "https://jira.corp.example"],
        ),
    ],
)
def test_the_deployment_chooses_both_adapters(
    env: dict[str, str], wiki: type, tracker: type, addresses: list[str], tmp_path: Path
) -> None:
    env = {**env, "OKR_DATABASE_URL": f"sqlite:///{tmp_path / 'okr.sqlite'}"}
    services = connect(load_settings(env, tmp_path).require_site())

    assert (type(services.ports.wiki), type(services.ports.tracker)) == (wiki, tracker)
    assert [door.base_url for door in doors(services.settings)] == addresses
    services.store.database.close()


def test_a_bundle_that_is_broken_is_a_matter_of_configuration(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("not a certificate", encoding="ascii")

    with pytest.raises(ConfigError, match="OKR_CA_BUNDLE"):
        load_settings({**DATA_CENTER, "OKR_CA_BUNDLE": str(tmp_path / "ca.pem")}, tmp_path)


def test_before_anything_came_there_was_no_event(tmp_path: Path) -> None:
    env = {**DATA_CENTER, "OKR_DATABASE_URL": f"sqlite:///{tmp_path / 'okr.sqlite'}"}

    check = check_events(load_settings(env, tmp_path))

    assert (check.ok, check.note) == (True, "none")
    assert dict(check.facts) == {"last_issue_event": "", "last_sweep": ""}


@pytest.mark.parametrize(
    ("policy", "connect", "writes", "badge"),
    [("", "", False, False), ("properties", "", True, False), ("off", "true", False, True)],
)
def test_with_a_token_nothing_is_written_until_somebody_says_so(
    policy: str, connect: str, writes: bool, badge: bool, tmp_path: Path
) -> None:
    env = {**CLOUD, "OKR_CONNECT": connect}
    settings = load_settings(env, tmp_path)
    agreed = policy_from({"publish": policy} if policy else {})
    door, _ = doors(settings)

    found = publishing_by_token(door, settings, agreed)

    assert (found.writes, found.reads, bool(found.badge)) == (writes, writes, badge)


@pytest.mark.parametrize(
    ("kind", "policy", "writes"),
    [
        (DoorKind.CONNECT, "", True),
        (DoorKind.CONNECT, "off", False),
        (DoorKind.FORGE, "", False),
        (DoorKind.FORGE, "properties", False),
    ],
)
def test_the_connect_app_writes_unless_told_otherwise_and_the_forge_app_never(
    kind: DoorKind, policy: str, writes: bool, tmp_path: Path
) -> None:
    settings = load_settings(CLOUD, tmp_path)
    door, _ = doors(settings)

    found = publishing_by_app(
        door, settings, policy_from({"publish": policy} if policy else {}), kind
    )

    assert (found.writes, found.reads) == (writes, True)


def test_pages_are_searched_by_a_name_that_the_descriptor_declares() -> None:
    [declared] = load_descriptor()["modules"]["confluenceContentProperties"]
    [of_page] = declared["keyConfigurations"]

    assert WITH_OURS.split()[4] in {one["alias"] for one in of_page["extractions"]}
