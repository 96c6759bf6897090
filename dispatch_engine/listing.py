"""Many things in a message: how many there are, and the first of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

T = TypeVar("T")

SHOWN_NAMES = 5


def names_listed(names: Sequence[str]) -> str:
    """Return the first names, and how many more there are."""
    rest = len(names) - SHOWN_NAMES
    return ", ".join(names[:SHOWN_NAMES]) + (f" and {rest} more" if rest > 0 else "")


def lines_listed(things: Sequence[T], noun: str, shown: int, words: Callable[[T], str]) -> str:
    """Return how many things there are, the first of them a line each, and how many more there are."""
    count = f"1 {noun}" if len(things) == 1 else f"{len(things)} {noun}s"
    lines = "".join(f"\n  {words(each)}" for each in things[:shown])
    rest = len(things) - shown
    return f"{count}:{lines}" + (f"\n  and {rest} more" if rest > 0 else "")
