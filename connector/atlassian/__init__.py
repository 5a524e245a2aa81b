"""The one door to a site, and the adapters that speak through it."""
