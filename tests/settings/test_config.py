"""Settings: where they come from, and everything that is wrong with them, at once."""

from pathlib import Path

import pytest

from connector.config import FILE_NAME, load_settings
from connector.core.errors import ConfigError

CLOUD = "https://example.atlassian.net"


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    write(tmp_path, 'locale = "zh-CN"\nuser = "a@example.com"')

    found = load_settings({"OKR_USER": "b@example.com"}, tmp_path)

    assert (found.locale, found.user) == ("zh-CN", "b@example.com")


def test_nothing_set_gives_the_defaults(tmp_path: Path) -> None:
    found = load_settings({}, tmp_path)

    assert found.database_url == "sqlite:///okr-connector.sqlite"
    assert (found.locale, found.poll_seconds, found.token) == ("en", 180, "")


WIKI = "https://wiki.corp.example/confluence"


@pytest.mark.parametrize(
    ("env", "deployment"),
    [
        ({}, "cloud"),
        ({"OKR_CONFLUENCE_URL": CLOUD}, "cloud"),
        ({"OKR_CONFLUENCE_URL": "https://api.atlassian.com/ex/confluence/a/wiki"}, "cloud"),
        ({"OKR_CONFLUENCE_URL": WIKI, "OKR_USER": "a@example.com"}, "cloud"),
        ({"OKR_CONFLUENCE_URL": WIKI}, "datacenter"),
        ({"OKR_JIRA_URL": "https://jira.corp.example"}, "datacenter"),
        ({"OKR_CONFLUENCE_URL": "https://notatlassian.net.example"}, "datacenter"),
        (
            {"OKR_CONFLUENCE_URL": WIKI, "OKR_USER": "a", "OKR_DEPLOYMENT": "Data Center"},
            "datacenter",
        ),
        ({"OKR_CONFLUENCE_URL": WIKI, "OKR_DEPLOYMENT": "cloud"}, "cloud"),
    ],
)
def test_the_deployment_follows_from_address_and_user_unless_it_is_said(
    env: dict[str, str], deployment: str, tmp_path: Path
) -> None:
    assert load_settings(env, tmp_path).deployment == deployment


@pytest.mark.parametrize("text", ["customfield_10008", "10008", "cf[10008]", " 10008 "])
def test_the_epic_field_is_understood_as_jira_writes_it(text: str, tmp_path: Path) -> None:
    assert load_settings({"OKR_EPIC_FIELD": text}, tmp_path).epic_field == "customfield_10008"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("OKR_DEPLOYMENT", "server"),
        ("OKR_EPIC_FIELD", "Epic Link"),
        ("OKR_EPIC_FIELD", "cf[1] OR x"),
        ("OKR_CA_BUNDLE", "/nowhere/ca.pem"),
        ("OKR_CLIENT_CERTIFICATE", "/dev/null"),
    ],
)
def test_what_cannot_be_meant_is_refused_by_name(name: str, text: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=name):
        load_settings({name: text}, tmp_path)


def test_a_bundle_is_found_from_wherever_the_service_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ca.pem").write_text("-----BEGIN CERTIFICATE-----\n", encoding="ascii")
    monkeypatch.chdir(tmp_path)

    found = load_settings({"OKR_CA_BUNDLE": "ca.pem"}, tmp_path).ca_bundle

    assert found == str(tmp_path / "ca.pem")


def test_everything_wrong_is_said_at_once(tmp_path: Path) -> None:
    write(tmp_path, 'token = "abc"\ncolour = "red"')
    env = {"OKR_LOCALE": "fr", "OKR_POLL_SECONDS": "soon", "OKR_JIRA_URL": "example"}

    with pytest.raises(ConfigError) as error:
        load_settings(env, tmp_path)

    for name in ("token", "colour", "OKR_LOCALE", "OKR_POLL_SECONDS", "OKR_JIRA_URL"):
        assert name in str(error.value)


def test_a_cloud_wiki_lives_below_wiki(tmp_path: Path) -> None:
    assert load_settings({"OKR_CONFLUENCE_URL": CLOUD}, tmp_path).confluence_url == f"{CLOUD}/wiki"


def test_the_file_names_the_variable_that_holds_the_token(tmp_path: Path) -> None:
    write(tmp_path, 'token_variable = "MY_TOKEN"')

    found = load_settings({"MY_TOKEN": "t-1"}, tmp_path)

    assert (found.token, found.jira_token) == ("t-1", "t-1")


def test_a_token_does_not_travel_in_the_clear_unless_somebody_says_so(tmp_path: Path) -> None:
    far, near = "http://wiki.corp.example", "http://127.0.0.1:8080/wiki"

    with pytest.raises(ConfigError, match="plain http"):
        load_settings({"OKR_CONFLUENCE_URL": far}, tmp_path)
    assert load_settings({"OKR_CONFLUENCE_URL": near}, tmp_path).confluence_url == near
    allowed = {"OKR_CONFLUENCE_URL": far, "OKR_ALLOW_HTTP": "true"}
    assert load_settings(allowed, tmp_path).confluence_url == far


@pytest.mark.parametrize(
    "url", ["ftp://x", "https://u:p@example.com", "https://example.com/?a=1", "example.com"]
)
def test_an_address_is_a_plain_one(url: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="OKR_JIRA_URL"):
        load_settings({"OKR_JIRA_URL": url}, tmp_path)


def test_what_a_site_still_lacks_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="OKR_CONFLUENCE_URL, OKR_JIRA_URL, OKR_TOKEN"):
        load_settings({}, tmp_path).require_site()


def test_secrets_are_not_shown(tmp_path: Path) -> None:
    env = {f"OKR_{name}": "s3cret-canary" for name in ("TOKEN", "WEBHOOK_SECRET", "API_TOKEN")}

    assert "s3cret-canary" not in repr(load_settings(env, tmp_path))


def test_a_password_in_the_databases_address_is_a_secret(tmp_path: Path) -> None:
    env = {"OKR_DATABASE_URL": "postgresql://okr:p%40ss-word@db/okr"}

    found = load_settings(env, tmp_path)

    assert "p%40ss-word" not in repr(found)
    assert {"p%40ss-word", "p@ss-word"} <= set(found.secrets)


def test_an_address_that_cannot_be_read_has_no_password(tmp_path: Path) -> None:
    assert load_settings({"OKR_DATABASE_URL": "postgresql://[db"}, tmp_path).secrets == ()


@pytest.mark.parametrize("name", ["OKR_TOKEN", "OKR_JIRA_TOKEN", "OKR_API_TOKEN"])
@pytest.mark.parametrize("token", ["tök-of-mine", "two\nlines-of-mine"])
def test_a_token_that_no_header_can_carry_is_refused_and_not_repeated(
    name: str, token: str, tmp_path: Path
) -> None:
    with pytest.raises(ConfigError, match=name) as error:
        load_settings({name: token}, tmp_path)

    assert "mine" not in str(error.value)


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    write(tmp_path, "locale = ")

    with pytest.raises(ConfigError, match=FILE_NAME):
        load_settings({}, tmp_path)


def write(folder: Path, text: str) -> None:
    (folder / FILE_NAME).write_text(text, encoding="utf-8")
