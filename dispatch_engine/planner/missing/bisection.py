"""The first of some steps that does."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def first_that(does: Callable[[int], bool], steps: Sequence[int]) -> int | None:
    """Return the first of ``steps`` that does, where all behind it do too; None where not even the last one does."""
    if not steps or not does(steps[-1]):
        return None
    low, high = 0, len(steps) - 1
    while low < high:
        middle = (low + high) // 2
        if does(steps[middle]):
            high = middle
        else:
            low = middle + 1
    return steps[high]
