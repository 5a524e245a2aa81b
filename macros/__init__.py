"""Macros: pure rendering from view models to HTML."""
