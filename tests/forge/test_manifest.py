"""The Forge manifest: Atlassian's own validator accepts it, and would not accept a broken one."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from connector.atlassian.endpoints import Read
from tests.clients.node import packages
from tests.forge.app import APP, ENVIRONMENT, built, run_node, service_paths
from tests.sandbox.published import CONTRACTS

pytestmark = pytest.mark.timeout(300)  # the first run fetches the packages

JUDGE = Path(__file__).parent / "js" / "judge.cjs"
TEXT = (APP / "manifest.yml").read_text(encoding="utf-8")
CONNECT = json.loads((APP.parent / "atlassian-connect.json").read_text(encoding="utf-8"))
# What Forge sends to every app, which no scope guards
# (https://developer.atlassian.com/platform/forge/events-reference/life-cycle/).
LIFECYCLE = {"avi:forge:installed:app", "avi:forge:upgraded:app"}
TOKENS = {"appSystemToken": "read:app-system-token", "appUserToken": "read:app-user-token"}
DESCRIPTIONS = {
    "confluence-cloud-v2.openapi.json": "/wiki/api/v2",
    "confluence-cloud-v1.openapi.json": "",
    "jira-cloud-v3.openapi.json": "",
}
ROUTES = {
    "/forge/macro",
    "/forge/panel",
    "/forge/export",
    "/forge/events/confluence",
    "/forge/events/jira",
    "/forge/schedule",
    "/forge/lifecycle",
    "/forge/uninstalled",
}

# Any only here: a manifest is raw YAML.
Judged = dict[str, Any]

# What is written otherwise, and what the objection then names.
HARMED = {
    "an endpoint that is not there": ("endpoint: frame\n", "endpoint: frames\n", "'frames'"),
    "a function that is not there": ("function: export-macro", "function: export", "'export'"),
    "a remote that is not there": ("remote: okr-service\n", "remote: service\n", "'service'"),
    "a resource that is not there": ("build/settings", "build/setting", "'build/setting'"),
    "a translation that is not there": ("zh-CN.json", "zh.json", "zh.json"),
    "a schedule that Forge has not": ("interval: hour", "interval: minute", "'minute'"),
    "two required products": ("required: false", "required: true", "Only one"),
    "a key too long for a remote": ("okr-service\n", "okr-service-of-the-company\n", "23 char"),
    "a runtime that is gone": ("nodejs22.x", "nodejs18.x", "'nodejs18.x'"),
    "a filter that Confluence has not": (
        "avi:confluence:restored:page\n",
        "avi:confluence:restored:page\n      filter:\n        ignoreSelf: true\n",
        "only with Jira",
    ),
    "a variable that nobody set": ("OKR_BASE_URL", "OKR_ADDRESS", "'OKR_ADDRESS'"),
    "a word that it does not know": ("  licensing:", "  licencing:", "'licencing'"),
    "an event without its scope": (
        "    - read:jira-work",
        "    - read:jira-user",
        "read:jira-work",
    ),
    "no scope but tokens": (
        TEXT[TEXT.index("    - read:page:confluence") :],
        "",
        "Missing app scopes",
    ),
}
VARIANTS = HARMED | {
    "an event of the trash": ("avi:confluence:moved:page", "avi:confluence:trashed:page", "")
}


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Judged]:
    """The manifest under the name of "", and each way to write it otherwise, judged in one go."""
    folders = {"": built()}
    for name, (old, new, _) in VARIANTS.items():
        assert old in TEXT, name
        folder = folders[name] = tmp_path_factory.mktemp("forge")
        (folder / "manifest.yml").write_text(TEXT.replace(old, new), encoding="utf-8")
        for part in ("build", "locales", "src"):
            (folder / part).symlink_to(built() / part)
    found = run_node(JUDGE, str(packages("forge", APP)), *map(str, folders.values()))
    return dict(zip(folders, json.loads(found), strict=True))


@pytest.fixture(scope="module")
def manifest(judged: dict[str, Judged]) -> Judged:
    content: Judged = judged[""]["content"]
    return content


@pytest.fixture(scope="module")
def events(judged: dict[str, Judged]) -> dict[str, Judged]:
    found: dict[str, Judged] = judged[""]["events"]
    return found


def endpoints(manifest: Judged) -> dict[str, Judged]:
    return {one["key"]: one for one in manifest["modules"]["endpoint"]}


def test_the_validator_has_nothing_to_say(judged: dict[str, Judged], manifest: Judged) -> None:
    assert judged[""]["errors"] == []
    assert "${" not in json.dumps(manifest)


@pytest.mark.parametrize("name", HARMED)
def test_the_validator_objects_to(name: str, judged: dict[str, Judged]) -> None:
    assert any(HARMED[name][2] in one for one in judged[name]["errors"]), judged[name]["errors"]


def test_each_event_is_known_and_has_its_scopes(events: dict[str, Judged]) -> None:
    """An event that Forge does not know would be asked no scope either."""
    assert [event for event, scopes in events.items() if scopes["missing"]] == []
    assert {event for event, scopes in events.items() if scopes["required"] is None} == LIFECYCLE


def test_trash_would_ask_for_more_than_reading(judged: dict[str, Judged]) -> None:
    """Why no event of the trash is listened to."""
    found = judged["an event of the trash"]["events"]["avi:confluence:trashed:page"]

    assert found["missing"] == ["write:confluence-content"]


def test_tokens_are_asked_for_where_an_endpoint_or_the_remote_hands_them_on(
    manifest: Judged,
) -> None:
    """The validator does not look whether the two scopes of tokens are there."""
    handed = [*manifest["modules"]["endpoint"], *manifest["remotes"]]
    wanted = {TOKENS[token] for one in handed for token in one.get("auth", {})}

    assert wanted == set(TOKENS.values())
    assert wanted <= set(manifest["permissions"]["scopes"])


@pytest.mark.skipif(not CONTRACTS.is_dir(), reason="contracts folder is absent")
def test_the_scopes_are_those_that_its_calls_and_events_need_and_only_read(
    manifest: Judged, events: dict[str, Judged]
) -> None:
    called = {scope for _, scopes in _scopes_of_calls() for scope in scopes}
    heard = {scope for one in events.values() for scope in one["required"] or ()}

    assert set(manifest["permissions"]["scopes"]) == called | heard | set(TOKENS.values())
    assert all(scope.startswith(("read:", "search:")) for scope in called | heard)


def _scopes_of_calls() -> Iterator[tuple[str, list[str]]]:
    """Every call to Cloud with the scopes that its published description asks of OAuth."""
    for file, prefix in DESCRIPTIONS.items():
        paths = json.loads((CONTRACTS / file).read_text(encoding="utf-8"))["paths"]
        for call in (one for one in Read if not one.name.startswith("DC_")):
            operation = paths.get(_published(call, prefix, paths), {}).get(call.method.lower())
            if operation is None:
                continue
            for way in operation["security"]:
                for scheme, scopes in way.items():
                    if scheme.lower().startswith("oauth"):
                        yield call.name, scopes


def _published(call: Read, prefix: str, paths: Judged) -> str | None:
    path = call.value[1]
    ours = f"/{path}" if path.startswith("rest/api/3/") else f"/wiki/{path}"
    named = (one for one in paths if _plain(prefix + one) == _plain(ours))
    return next(named, None)


def _plain(path: str) -> str:
    return "/".join("{}" if "{" in step else step for step in path.split("/"))


@pytest.mark.skipif(not CONTRACTS.is_dir(), reason="contracts folder is absent")
def test_every_call_to_cloud_has_published_scopes() -> None:
    called = {one.name for one in Read if not one.name.startswith("DC_")}

    assert {name for name, _ in _scopes_of_calls()} == called


def test_macros_have_the_keys_and_parameters_of_the_connect_macros(manifest: Judged) -> None:
    """Static macros are not among them: what Forge has for them is not open to all yet."""
    connect = CONNECT["modules"]["dynamicContentMacros"]

    assert {
        one["key"]: [parameter["identifier"] for parameter in one["config"]["parameters"]]
        for one in manifest["modules"]["macro"]
    } == {
        one["key"]: [parameter["identifier"] for parameter in one["parameters"]] for one in connect
    }


def test_the_frames_know_the_settings_of_each_macro(manifest: Judged) -> None:
    script = (APP / "static" / "parameters.mjs").read_text(encoding="utf-8")

    for one in manifest["modules"]["macro"]:
        names = [parameter["identifier"] for parameter in one["config"]["parameters"]]
        assert f'"{one["key"]}": {json.dumps(names)}' in script


def test_the_app_is_no_connect_app(manifest: Judged) -> None:
    assert "connect" not in manifest["app"]
    assert "connectModules" not in manifest


def test_confluence_is_required_and_jira_is_not(manifest: Judged) -> None:
    assert manifest["app"]["compatibility"] == {
        "confluence": {"required": True},
        "jira": {"required": False},
    }


def test_what_runs_in_the_background_has_a_path_and_the_token_it_needs(manifest: Judged) -> None:
    modules, named = manifest["modules"], endpoints(manifest)
    background = [*modules["trigger"], *modules["scheduledTrigger"]]

    for one in background:
        endpoint = named[one["endpoint"]]
        assert endpoint["route"]["path"].startswith("/forge/")
        assert endpoint["auth"] == {"appSystemToken": {"enabled": True}}
    assert named["uninstalled"].get("auth") is None


def test_frames_ask_as_their_reader(manifest: Judged) -> None:
    modules = manifest["modules"]
    for one in [*modules["macro"], *modules["jira:issuePanel"]]:
        assert one["resolver"] == {"endpoint": "frame"}
    assert endpoints(manifest)["frame"]["auth"] == {"appUserToken": {"enabled": True}}


def test_nothing_is_let_out_but_through_forge(manifest: Judged) -> None:
    assert set(manifest["permissions"]) == {"scopes"}
    assert "compute" in manifest["remotes"][0]["operations"]


def test_the_app_asks_for_these_paths_and_no_others() -> None:
    assert service_paths() == ROUTES


def test_the_readme_names_every_path_and_both_variables() -> None:
    readme = (APP / "README.md").read_text(encoding="utf-8")

    assert [one for one in (*ROUTES, *ENVIRONMENT) if one not in readme] == []
