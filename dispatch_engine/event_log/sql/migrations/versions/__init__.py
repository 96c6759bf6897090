"""One module a revision; each is final once it was released."""
