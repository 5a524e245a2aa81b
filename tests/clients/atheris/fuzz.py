"""Reads whatever libFuzzer makes of the pages in its corpus, guided by the lines it reaches.

Run by `tests/clients/test_atheris.py`; arguments are libFuzzer's own. An exception ends it with
the input that raised it.
"""

import sys
from datetime import date

import atheris  # type: ignore[import-untyped]  # it lives in an environment of its own

with atheris.instrument_imports(include=["connector.pages", "connector.core"]):
    from connector.core.identity import match_keys
    from connector.core.okr import PageId
    from connector.core.policy import Policy
    from connector.pages import read_okrs
    from connector.pages.document import dump, load

POLICY, TODAY, PAGE = Policy(), date(2026, 11, 23), PageId("77")


def read_any(body: bytes) -> None:
    reading = read_okrs(body, page=PAGE, title="OKRs", policy=POLICY, today=TODAY)
    if reading.okrs is None:
        assert reading.findings, "nothing read, and nothing told"
        return
    assert load(dump(reading.okrs)) == reading.okrs, "the document loses something"
    kept = match_keys(None, reading.okrs).okrs
    assert match_keys(kept, reading.okrs).okrs == kept, "the same page once more has other keys"


if __name__ == "__main__":
    atheris.Setup(sys.argv, read_any)
    atheris.Fuzz()
