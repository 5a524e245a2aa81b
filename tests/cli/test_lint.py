"""lint and rules: remarks, SARIF, the score of wording, and the reference of the rules."""

import json
from pathlib import Path

import pytest

from connector.catalogue import LOCALES, words
from connector.cli.rules import markdown
from connector.core.lint.engine import all_rules
from tests.cli.conftest import Run

ROOT = Path(__file__).parents[2]
PAGE = """<p>周期：2026-Q4 · 负责人：Ada</p>
<h2>Objective: Customers pay without a second thought (committed)</h2>
<table><tbody>
<tr><th>Key Result</th><th>Owner</th><th>Data source</th></tr>
<tr><td>Checkout abandonment falls from 40% to 25%</td><td>Ada</td><td>BI</td></tr>
<tr><td>é—Improve the checkout</td><td>Ada</td><td>BI</td></tr>
</tbody></table>"""


@pytest.fixture
def page(tmp_path: Path) -> str:
    (tmp_path / "q4 okr.xhtml").write_text(PAGE, encoding="utf-8")
    return "q4 okr.xhtml"


def test_a_person_reads_the_remark_and_the_score(
    run: Run, page: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status = run("lint", page)
    shown = capsys.readouterr().out
    assert status == 1
    assert "E K-03 “improve” by how much?" in shown
    assert "Wording: " in shown
    assert "K-03 No vague verb without a number (1×)" in shown


def test_a_program_reads_the_score_with_reasons_that_add_up(
    run: Run, page: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run("lint", page, "--format", "json")
    found = json.loads(capsys.readouterr().out)
    taken = sum(one["points"] for one in found["quality"]["reasons"])
    assert found["quality"]["score"] == pytest.approx(100 - taken, abs=1)
    assert [one["rule"] for one in found["quality"]["reasons"]][:1] == ["K-03"]


def test_sarif_points_at_the_bytes(
    run: Run, page: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What SARIF 2.1.0 asks of a log, a run and a result; and the region is the author's row."""
    run("lint", page, "--format", "sarif", "--lang", "zh")
    log = json.loads(capsys.readouterr().out)
    (one,) = log["runs"]
    (vague,) = [result for result in one["results"] if result["ruleId"] == "K-03"]
    (location,) = vague["locations"]
    place, body = location["physicalLocation"], (tmp_path / page).read_bytes()
    region = place["region"]
    said = body[region["byteOffset"] :][: region["byteLength"]].decode()
    lines = PAGE.split("\n")[region["startLine"] - 1 : region["endLine"]]

    assert (log["version"], log["$schema"].endswith("sarif-2.1.0.json")) == ("2.1.0", True)
    assert one["tool"]["driver"]["name"] == "okr-connector"
    assert place["artifactLocation"] == {"uri": "q4%20okr.xhtml", "index": 0}
    assert one["artifacts"][0]["length"] == len(body)
    assert "Improve the checkout" in said
    assert "\n".join(lines)[region["startColumn"] - 1 :].startswith(said[:20])
    assert vague["level"] == "error"
    assert vague["message"]["text"]
    assert {"ruleId", "level", "message", "locations"} == set(vague)
    known = {rule["id"] for rule in one["tool"]["driver"]["rules"]}
    assert {result["ruleId"] for result in one["results"]} <= known
    assert {result["level"] for result in one["results"]} <= {"error", "warning", "note"}


def test_what_is_neither_a_file_nor_a_page_is_told(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("lint", "nowhere.xhtml") != 0
    assert "nowhere.xhtml" in capsys.readouterr().err


def test_the_policy_here_switches_a_rule_off(
    run: Run, page: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "okr-connector.toml").write_text('[policy.lint]\noff = ["K-03"]\n')
    run("lint", page, "--format", "json")
    found = json.loads(capsys.readouterr().out)
    assert "K-03" not in [one["rule"] for one in found["findings"]]


@pytest.mark.parametrize(("lang", "name"), [("en", "rules.md"), ("zh", "rules.zh-CN.md")])
def test_the_reference_is_what_the_rules_say(
    lang: str, name: str, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    """docs/ is made by `okr-connector rules --format markdown`."""
    assert run("rules", "--lang", lang, "--format", "markdown") == 0
    assert capsys.readouterr().out == (ROOT / "docs" / name).read_text(encoding="utf-8")


def test_a_terminal_shows_every_rule_with_an_example(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("rules") == 0
    shown = capsys.readouterr().out
    assert [rule.id for rule in all_rules() if f"{rule.id}  " not in shown] == []
    assert shown.count("✗") == shown.count("✓") == len(all_rules())


@pytest.mark.parametrize("locale", LOCALES)
def test_every_rule_stands_once_in_the_reference(locale: str) -> None:
    rows = [line for line in markdown(words(locale)) if line.startswith("| ")]
    assert [sum(row.startswith(f"| {rule.id} |") for row in rows) for rule in all_rules()] == [
        1
    ] * len(all_rules())
