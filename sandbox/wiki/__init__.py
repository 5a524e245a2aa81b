"""The Confluence half: pages, labels, content properties, CQL."""
