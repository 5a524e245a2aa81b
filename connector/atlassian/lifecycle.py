"""Which versions of Data Center we know, and until when Atlassian supports them."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

Version = tuple[int, int]

# Personal access tokens came with these:
# https://confluence.atlassian.com/enterprise/using-personal-access-tokens-1026032365.html
FLOOR: dict[str, Version] = {"confluence": (7, 9), "jira": (8, 14)}
# Webhooks: https://confluence.atlassian.com/doc/managing-webhooks-1021225606.html
WEBHOOKS: dict[str, Version] = {"confluence": (7, 7), "jira": (8, 14)}
# Last day of support, from
# https://github.com/endoflife-date/endoflife.date/blob/master/products/confluence.md and
# https://github.com/endoflife-date/endoflife.date/blob/master/products/jira-software.md ;
# support of everything before the first line had ended when these were read, in autumn 2026.
ENDS: dict[str, dict[Version, date]] = {
    "confluence": {
        (9, 2): date(2026, 12, 10),
        (9, 3): date(2027, 2, 4),
        (9, 4): date(2027, 4, 1),
        (9, 5): date(2027, 6, 4),
        (10, 0): date(2027, 8, 5),
        (10, 1): date(2027, 10, 7),
        (10, 2): date(2027, 12, 2),
    },
    "jira": {
        (10, 3): date(2026, 12, 5),
        (10, 4): date(2027, 1, 22),
        (10, 5): date(2027, 3, 12),
        (10, 6): date(2027, 4, 23),
        (10, 7): date(2027, 6, 13),
        (11, 0): date(2027, 8, 13),
        (11, 1): date(2027, 9, 24),
        (11, 2): date(2027, 11, 6),
        (11, 3): date(2027, 12, 3),
    },
}
SOON = timedelta(days=90)
_NUMBERS = re.compile(r"(\d{1,4})\.(\d{1,4})")


@dataclass(frozen=True, slots=True)
class Support:
    """
    `below_floor`: we refuse. `ended`: Atlassian mends nothing any more; `ends_soon`: within a
    quarter. `ends` where known.
    """

    below_floor: bool
    ended: bool
    ends_soon: bool
    ends: date | None
    webhooks: bool


def version_of(text: str) -> Version | None:
    """
    >>> version_of("10.2.18"), version_of("unknown")
    ((10, 2), None)
    """
    found = _NUMBERS.match(text)
    return (int(found[1]), int(found[2])) if found else None


def support_of(product: str, version: Version, *, today: date) -> Support:
    """`product` is confluence or jira. A version newer than all we know of is taken for good."""
    ends = ENDS[product].get(version)
    return Support(
        below_floor=version < FLOOR[product],
        ended=version < min(ENDS[product]) or (ends is not None and ends < today),
        ends_soon=ends is not None and today <= ends < today + SOON,
        ends=ends,
        webhooks=version >= WEBHOOKS[product],
    )
