"""Confluence storage format, read and (later) spliced; pure."""
