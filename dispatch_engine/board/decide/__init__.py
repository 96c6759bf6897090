"""The rules of what may happen: from a board, a command and the time to the events that come of it, or a refusal."""
