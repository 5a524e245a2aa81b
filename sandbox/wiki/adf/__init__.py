"""Storage format as an Atlassian document (`atlas_doc_format`), and back."""
