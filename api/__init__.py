"""The HTTP face of the dispatch engine. It holds no business rule."""
