"""Edges: verify, parse, enqueue or render, answer."""
