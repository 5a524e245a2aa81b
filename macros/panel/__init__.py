"""The panel of an issue: which key results it moves."""
