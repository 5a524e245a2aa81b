"""Coaching: rules about the wording and the measures of OKRs, each a small generator.

Pure and deterministic: no model, no network, no clock. Lint never blocks and never hides anything.
"""
