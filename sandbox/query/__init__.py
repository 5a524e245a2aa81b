"""The query language that JQL and CQL share: grammar, tree, dates."""
