"""Remarks as a reader takes them in: the gravest first, and no more than anybody reads."""

from collections.abc import Sequence

from connector.core.findings import Severity
from macros.objective.lens import Lens
from macros.objective.view import Remark, RemarkGroup, RemarkGroups

MOST = 20


def group_remarks(
    remarks: Sequence[Remark], lens: Lens, *, most: int = MOST
) -> RemarkGroups | None:
    """The remarks by severity, each group in the order of the page; None where there are none.

    At most `most` are listed in all, the gravest; the summary and the groups count the others.
    """
    groups: list[RemarkGroup] = []
    counts: list[str] = []
    left = most
    for severity in Severity:
        found = [one for one in remarks if one.severity == severity.value]
        if not found:
            continue
        counts.append(lens.say(f"findings.count.{severity}", count=str(len(found))))
        listed = tuple(found[:left])
        left -= len(listed)
        missing = len(found) - len(listed)
        more = lens.say("findings.more", count=str(missing)) if missing else ""
        heading = lens.say(f"severity.{severity}")
        groups.append(RemarkGroup(severity.value, heading, listed, more))
    if not groups:
        return None
    return RemarkGroups(lens.say("findings.summary", counts=lens.listed(counts)), tuple(groups))
