"""Things in a message: how many there are, and the first of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

T = TypeVar("T")

SHOWN_NAMES = 5


def counted(count: int, one: str, many: str | None = None) -> str:
    """Return ``1 call``, ``2 calls``."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"


def names_listed(names: Sequence[str]) -> str:
    """Return the first names, and how many more there are."""
    rest = len(names) - SHOWN_NAMES
    return ", ".join(names[:SHOWN_NAMES]) + (f" and {rest} more" if rest > 0 else "")


def lines_listed(things: Sequence[T], noun: str, shown: int, words: Callable[[T], str]) -> str:
    """Return how many things there are, the first of them a line each, and how many more there are."""
    lines = "".join(f"\n  {words(each)}" for each in things[:shown])
    rest = len(things) - shown
    return f"{counted(len(things), noun)}:{lines}" + (f"\n  and {rest} more" if rest > 0 else "")
