"""What one sees of a board: documents made of its state, for people and programs; nothing is decided here."""
