"""What the rules say of a page that was read: never a reason to refuse or to hide it."""

from connector.core.cycle import cycle_of
from connector.core.findings import Finding
from connector.core.lint.engine import lint_page
from connector.core.okr import OkrPage
from connector.core.policy import Policy


def lint_okrs(okrs: OkrPage, *, space: str, policy: Policy) -> tuple[Finding, ...]:
    """The remarks of the rules that are on in a space.

    The current quarter, which is assumed where a page names none, lets progress be judged; but
    nobody who reads the page sees it, and next quarter it would silently be another one. So a
    page without a cycle hears of it (O-02) as an error.
    """
    month = policy.fiscal_year_start_month
    cycle = cycle_of(okrs.cycle, fiscal_year_start_month=month) if okrs.cycle else None
    return lint_page(okrs, cycle, policy.lint_for(space))
