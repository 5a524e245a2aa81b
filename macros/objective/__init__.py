"""The macro that draws the objectives of a page with their key results."""
