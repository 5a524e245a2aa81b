"""Confluence storage format: from a page's body to OKRs, with the place of everything read."""

from connector.pages.reader import OkrReading, read_okrs

__all__ = ["OkrReading", "read_okrs"]
