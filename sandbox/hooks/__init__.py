"""Webhooks as the two products send them."""
