"""Confluence as a provider of OAuth 2.0: applications that people let act in their name."""
