"""Findings of the reader: each rule has one severity, and its words come from the catalogue."""

from connector.core.findings import Finding, Place, Severity

SEVERITY = {
    "F-01": Severity.E,  # not well-formed
    "F-02": Severity.E,  # too large
    "F-03": Severity.I,  # no OKR on the page
    "F-04": Severity.E,  # objective without words
    "F-06": Severity.I,  # row not understood
    "F-07": Severity.W,  # value not understood
    "F-08": Severity.I,  # column not known
    "F-10": Severity.E,  # weight not above zero
    "F-12": Severity.W,  # date not understood
    "F-13": Severity.W,  # cycle not understood
    "F-14": Severity.W,  # Jira reference not understood
    "F-15": Severity.E,  # text too long
    "F-16": Severity.W,  # confidence out of range
    "F-17": Severity.E,  # score out of range
    "F-19": Severity.I,  # unknown entity kept as text
    "F-20": Severity.E,  # nested too deep
    "F-21": Severity.E,  # table too large
    "F-22": Severity.E,  # a shape nobody foresaw
    "F-23": Severity.W,  # baseline and target in units that do not compare
    "F-25": Severity.E,  # more key results than anybody can mean
    "F-26": Severity.I,  # crossed out
    "F-24": Severity.I,  # status words not known
}
_LONGEST_FACT = 120


def remark(rule: str, place: Place, *, blocks: bool = False, **facts: str) -> Finding:
    """A finding with its facts cut to a length that fits on a card."""
    told = tuple((name, value[:_LONGEST_FACT]) for name, value in facts.items())
    return Finding(rule, SEVERITY[rule], place, facts=told, blocks=blocks)
