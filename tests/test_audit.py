"""A known vulnerability fails the audit; an advisory service that is away does not, and is said."""

import json
from pathlib import Path

import pytest
from werkzeug import Request, Response

from tests import audit
from tests.atlassian.serving import served

LOCK = "\n".join(
    f"{name}=={version} \\\n    --hash=sha256:{'0' * 64}"
    for name, version in (("flask", "3.1.0"), ("werkzeug", "1.0.0"))
)
ADVISORY = {
    "id": "PYSEC-1-1",
    "summary": "made up",
    "published": "2026-01-01T00:00:00Z",
    "aliases": [],
    "affected": [
        {
            "package": {"name": "werkzeug", "ecosystem": "PyPI"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "2.0.0"}]}],
            "versions": ["1.0.0"],
        }
    ],
}


@Request.application
def advisories(request: Request) -> Response:
    """As OSV answers: https://google.github.io/osv.dev/post-v1-query/"""
    asked = json.loads(request.get_data())["package"]["name"]
    found = {"vulns": [ADVISORY]} if asked == "werkzeug" else {}
    return Response(json.dumps(found), mimetype="application/json")


@pytest.fixture
def lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    written = tmp_path / "requirements.lock"
    written.write_text(LOCK + "\n", encoding="utf-8")
    monkeypatch.setattr(audit, "LOCK", written)
    return written


def ran(monkeypatch: pytest.MonkeyPatch, address: str) -> int:
    options = ["-s", "osv", "--osv-url", f"{address}/v1/query"]
    monkeypatch.setattr("sys.argv", ["audit", *options])
    return audit.main()


def test_a_known_vulnerability_fails_it(
    lock: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with served(advisories) as address:
        assert ran(monkeypatch, address) == 1

    said = capsys.readouterr().out
    assert "2 of 2 packages compared" in said
    assert "KNOWN VULNERABILITY: werkzeug 1.0.0: PYSEC-1-1 (mended in 2.0.0)" in said


def test_a_service_that_is_away_is_no_failure_and_is_said(
    lock: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ran(monkeypatch, "http://127.0.0.1:1") == 0

    said = capsys.readouterr().out
    assert "0 of 2 packages compared" in said
    assert "2 could NOT be compared" in said
    assert "flask, werkzeug" in said


def test_a_lock_that_cannot_be_read_is_a_failure(
    lock: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock.write_text("flask==3.1.0\n", encoding="utf-8")  # without its hash

    assert ran(monkeypatch, "http://127.0.0.1:1") == 2


def test_what_nobody_told_of_some_packages_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    report = {
        "dependencies": [
            {"name": "flask", "version": "1", "vulns": []},
            {"name": "mine", "skip_reason": "not found"},
        ]
    }
    found = audit._read(json.dumps(report))

    assert found.known == ()
    assert "1 of 2 packages compared" in found.text
    assert "1 could NOT be compared" in found.text
