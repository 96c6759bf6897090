"""Pieces by part, added up."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def all_of(counts: Iterable[Counter[str]]) -> Counter[str]:
    """Return all pieces of several counts, by part."""
    return sum(counts, Counter[str]())
