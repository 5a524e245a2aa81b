"""Confluence Data Center: version 1 of the API, parts by `expand`, people by user key."""
