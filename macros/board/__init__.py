"""The board: the objectives of all pages that the reader may see."""
