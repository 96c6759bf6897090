"""Longer opening hours of a location: later in the evening or earlier in the morning, by as little as does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.planner.missing.bisection import first_that
from solver.relaxing import Change

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dispatch_engine.planner.missing.want import Want
    from solver.relaxing import Means

STEP_S = 300
LONGEST_S = 4 * 3600
"""Hours are tried longer by up to so much, in these steps."""


def longer_hours(want: Want, location: int, means: Means) -> Iterator[tuple[int, Change]]:
    """Yield by how many seconds hours would have to be longer for the call to pay, with the change."""
    stock = want.translation.solver_problem.stock
    hours = list(zip(stock.opening_earliest_s.row(location), stock.opening_latest_s.row(location), strict=True))
    for row, (first_s, last_s) in enumerate(hours):
        until_s = hours[row + 1][0] - 1 if row + 1 < len(hours) else last_s + LONGEST_S
        since_s = hours[row - 1][1] + 1 if row else max(0, first_s - LONGEST_S)

        def later(more_s: int, row: int = row, first_s: int = first_s, last_s: int = last_s) -> Change:
            return Change(openings=((location, row, first_s, last_s + more_s),))

        def earlier(more_s: int, row: int = row, first_s: int = first_s, last_s: int = last_s) -> Change:
            return Change(openings=((location, row, first_s - more_s, last_s),))

        for change, most_s in ((later, until_s - last_s), (earlier, first_s - since_s)):
            more_s = _least(want, means, change, min(most_s, LONGEST_S))
            if more_s is not None:
                yield more_s, change(more_s)


def _least(want: Want, means: Means, change: Callable[[int], Change], most_s: int) -> int | None:
    return first_that(lambda more_s: want.pays(means, change(more_s)) is not None, range(STEP_S, most_s + 1, STEP_S))
