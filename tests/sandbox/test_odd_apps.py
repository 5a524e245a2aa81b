"""Whatever is sent to the hosts of apps, they refuse it in words and never with a traceback."""

import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from sandbox.forge.manifest import WrongManifest, read
from sandbox.site import Site
from tests.sandbox.forge_guest import deployed

LONG = "9" * 5000
BODIES: list[Any] = [
    None,
    [],
    "text",
    {},
    {"descriptor": 7, "product": []},
    {"descriptor": "file:///etc/passwd"},
    {"descriptor": "http://127.0.0.1:1/none", "product": "jira"},
    {"app": {}, "product": LONG},
    {"manifest": 7, "remote": {}},
    {"manifest": "/", "remote": "http://127.0.0.1:1"},
    {"page": LONG, "macro": "m"},
    {"page": "x", "macro": [], "config": 7},
    {"product": "confluence", "app": "none", "subject": LONG},
    {"token": LONG, "path": 7, "method": [], "headers": [], "body": {}},
    {"delay": -1, "retry": None},
    {"delay": True},
    {"body": "round"},
]
POSTS = (
    "/_sandbox/connect/install",
    "/_sandbox/connect/uninstall",
    "/_sandbox/forge/install",
    "/_sandbox/forge/uninstall",
    "/_sandbox/forge/insert",
    "/_sandbox/forge/timing",
    "/_connect/token",
    "/_forge/invoke",
)


@pytest.mark.parametrize("path", POSTS)
def test_odd_bodies_are_refused(app: Flask, path: str) -> None:
    client = app.test_client()

    for body in BODIES:
        answer = client.post(path, data=json.dumps(body), content_type="application/json")
        assert answer.status_code < 500, (path, body, answer.get_data(as_text=True))


GETS = (
    "/_forge/ui/main/index.html",
    "/_forge/ui/../x",
    "/_keys/..",
    "/ex",
    "/ex/",
    "/ex/confluence",
    "/ex/confluence//wiki/api/v2/pages",
    "/ex/nothing/1/wiki/api/v2/pages",
    "/wiki/plugins/servlet/ac/a/b",
    "/wiki/spaces/HARBOUR/pages/131073/export/none",
    "/wiki/spaces/HARBOUR/pages/131073?item=a/b",
)


@pytest.mark.parametrize("path", GETS)
def test_odd_addresses_are_refused_or_shown(app: Flask, path: str) -> None:
    assert app.test_client().get(path).status_code < 500


@pytest.mark.parametrize("header", ["JWT", "JWT x.y.z", "JWT " + LONG, "Bearer x", "jwt  "])
@pytest.mark.parametrize("path", ["/rest/api/3/myself", "/wiki/rest/api/user/current"])
def test_odd_tokens_open_nothing(app: Flask, path: str, header: str) -> None:
    client = app.test_client()

    assert client.get(path, headers={"Authorization": header}).status_code == 401
    assert client.get(f"{path}?jwt={header}").status_code in {401, 403}
    cloud = f"/ex/{'confluence' if 'wiki' in path else 'jira'}/cloud"
    assert client.get(f"{cloud}{path}", headers={"Authorization": header}).status_code == 401


@pytest.mark.parametrize("text", ["", "[]", "a: [", "app: 7", "app: {id: 7}", "modules: 7"])
def test_a_file_that_is_no_manifest(tmp_path: Path, text: str) -> None:
    path = tmp_path / "manifest.yml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(WrongManifest):
        read(path, "http://h")


ODD = [
    ("modules:", "modules: 7\nignored:"),
    ("scopes: [", "scopes: 7\n  ignored: ["),
    ("events: [avi:forge:installed:app]", "events: 7"),
]


@pytest.mark.parametrize(("old", "new"), ODD)
def test_parts_of_a_manifest_that_are_no_lists_are_none(
    site: Site, tmp_path: Path, old: str, new: str
) -> None:
    replaced: Any = {old: new}
    site.forge.deploy(deployed(tmp_path, **replaced), "http://127.0.0.1:1")

    assert site.forge.install().id.startswith("ari:cloud:ecosystem::installation/")
