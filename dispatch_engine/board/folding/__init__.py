"""The steps of the fold, by what they are about. Each takes the board and an event and returns the board after it."""
