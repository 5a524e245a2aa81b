"""Pages for people: the wiki view, the board, the index."""
