"""The cache that can be rebuilt, and the ledger."""
