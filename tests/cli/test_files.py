"""parse and lint: files in, JSON or sentences out, and the exit status that scripts rely on."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

GOOD = """<h2>Objective: Customers pay without a second thought</h2>
<table><tbody><tr><th>Key Result</th><th>Owner</th><th>Baseline</th><th>Target</th></tr>
<tr><td>Checkout abandonment falls from 40% to 25%</td><td>Ada</td><td>40%</td><td>25%</td></tr>
<tr><td>NPS rises from 20 to 40</td><td>Ada</td><td>20</td><td>40</td></tr>
</tbody></table>"""
BAD = "<h2>Objective: Pay</h2><p>never closed"


def write(folder: Path, name: str, body: str) -> str:
    (folder / name).write_text(body, encoding="utf-8")
    return name


def test_parse_prints_one_document(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = run("parse", write(tmp_path, "good.xhtml", GOOD))

    found = json.loads(capsys.readouterr().out)

    assert status == 0
    assert found["file"] == "good.xhtml"
    assert [one["title"] for one in found["objectives"]] == [
        "Customers pay without a second thought"
    ]
    assert [one["title"] for one in found["objectives"][0]["key_results"]] == [
        "Checkout abandonment falls from 40% to 25%",
        "NPS rises from 20 to 40",
    ]
    assert not [one for one in found["findings"] if one["severity"] != "I"]


def test_several_files_give_a_line_each(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = run("parse", write(tmp_path, "a.xhtml", GOOD), write(tmp_path, "b.xhtml", BAD))

    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    assert status == 1
    assert [line["file"] for line in lines] == ["a.xhtml", "b.xhtml"]
    assert [one["rule"] for one in lines[1]["findings"]] == ["F-01"]


def test_lint_as_json_says_everything_about_a_finding(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = run("lint", write(tmp_path, "bad.xhtml", BAD), "--format", "json", "--lang", "zh")

    (finding,) = json.loads(capsys.readouterr().out)["findings"]

    assert status == 1
    assert set(finding) == {
        "rule",
        "severity",
        "message",
        "hint",
        "place",
        "objective",
        "key_result",
    }
    assert (finding["rule"], finding["severity"]) == ("F-01", "E")
    assert finding["place"]["heading"] == "Objective: Pay"
    assert any("\u4e00" <= letter <= "\u9fff" for letter in finding["message"])


def test_lint_tells_a_person_where_and_what_to_do(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    body = GOOD.replace("<td>20</td><td>40</td>", "<td>40</td><td>40</td>")

    status = run("lint", write(tmp_path, "page.xhtml", body))

    out = capsys.readouterr().out
    assert status == 1
    assert "row 3" in out
    assert "→" in out


@pytest.mark.parametrize("body", [b"", b"\xff\xfe\x00", b"<p>Minutes of Monday</p>", b"]]>" * 99])
def test_any_bytes_at_all_give_findings_and_never_an_exception(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str], body: bytes
) -> None:
    (tmp_path / "any.bin").write_bytes(body)

    status = run("parse", "any.bin")

    found = json.loads(capsys.readouterr().out)
    assert status in (0, 1)
    assert found["findings"]
    assert found["objectives"] == []


def test_a_missing_file_is_wrong_usage(run: Run) -> None:
    assert run("parse", "nowhere.xhtml") == 2
    assert run("lint") == 2
