"""Families of published instances, each read as an ordinary problem document and judged in its own measure."""
