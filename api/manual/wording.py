"""The little Markdown that descriptions use: paragraphs, and names between backticks."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

_NAME = re.compile(r"(`+)(.+?)\1", re.DOTALL)


def prose(text: str) -> Markup:
    """Return a text as paragraphs of HTML."""
    paragraphs = (each.strip() for each in re.split(r"\n\s*\n", text))
    return Markup("").join(Markup("<p>{}</p>").format(words(each)) for each in paragraphs if each)


def words(text: str) -> Markup:
    """Return a text as HTML that stands within a line."""
    pieces, end = Markup(""), 0
    for found in _NAME.finditer(text):
        pieces += escape(text[end : found.start()]) + Markup("<code>{}</code>").format(found[2])
        end = found.end()
    return pieces + escape(text[end:])
