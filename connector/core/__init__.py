"""Decisions about OKRs: no clock, network, file, environment or Flask."""
