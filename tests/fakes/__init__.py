"""Stand-ins of a few lines that keep the promises of the real thing (see tests/contracts)."""
