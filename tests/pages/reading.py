"""Short ways to read a page in a test."""

from datetime import date

from connector.core.okr import KeyResult, PageId
from connector.core.policy import Policy
from connector.pages import OkrReading, read_okrs

TODAY = date(2026, 11, 23)


def read(body: str | bytes, *, title: str = "OKRs") -> OkrReading:
    return read_okrs(body, page=PageId("77"), title=title, policy=Policy(), today=TODAY)


def results(reading: OkrReading) -> list[KeyResult]:
    return [one for o in (reading.okrs.objectives if reading.okrs else ()) for one in o.key_results]


def only(body: str) -> KeyResult:
    [one] = results(read(body))
    return one


def rules(reading: OkrReading) -> list[str]:
    return [finding.rule for finding in reading.findings]


def table(*rows: tuple[str, ...]) -> str:
    head, *body = ["".join(f"<td>{cell}</td>" for cell in row) for row in rows]
    lines = "".join(f"<tr>{row}</tr>" for row in body)
    return f"<table><tbody><tr>{head.replace('td>', 'th>')}</tr>{lines}</tbody></table>"
