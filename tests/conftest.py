"""What all tests share; in CI nothing is skipped unless the repository says so."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).parent.parent
ALLOWED = ROOT / "tests" / "allowed_skips.txt"

# How long an example takes says more of what else the machine does than of the code.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


def _allowed_reasons() -> set[str]:
    lines = ALLOWED.read_text(encoding="utf-8").splitlines()
    return {line.strip() for line in lines if line.strip() and not line.startswith("#")}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):  # type: ignore[no-untyped-def] # pytest's own hook protocol
    """Under CI a skip is a failure, unless its reason stands on the list."""
    report = yield
    skipped = report.outcome == "skipped" and not hasattr(report, "wasxfail")
    if skipped and os.environ.get("CI") == "true":
        reason = str(call.excinfo.value) if call.excinfo else ""
        if reason.removeprefix("Skipped: ") not in _allowed_reasons():
            report.outcome = "failed"
            report.longrepr = f"skipped in CI: {reason}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector):  # type: ignore[no-untyped-def] # pytest's own hook protocol
    """A whole module that skips itself is held to the same rule."""
    report = yield
    if report.outcome == "skipped" and os.environ.get("CI") == "true":
        report.outcome = "failed"
        report.longrepr = f"module skipped in CI: {report.longrepr}"
    return report
