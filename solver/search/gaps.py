"""The gaps of a route: what is asked at each place where a stop may be put in, side by side.

Most places are ruled out by these few numbers. Gathered from stages, labels and rows of stops they would be a look at a
far corner of memory each, for which the processor waits longer than it reckons.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.columns import HARD_END
from solver.jit import inlined, inner
from solver.labels import soonest
from solver.rules.windows import NEVER
from solver.schedule import AT_PLACE, LABELS, LATEST_ARRIVAL
from solver.search.floor import is_unused, past, place_of
from solver.search.state import (
    BY,
    FROM_PLACE,
    LENGTH,
    READY,
    STRAIGHT_M,
    STRAIGHT_S,
    TO_PLACE,
    first_stage,
    label_width,
)

if TYPE_CHECKING:
    from solver.search.state import State
    from solver.tables import Tables


@inlined
def last_arrival(tables: Tables, state: State, s: int, r: int, at: int) -> int:
    """Return the last arrival at stop ``at`` of row ``r``, or at its end, that leaves the rest feasible."""
    if at < state.row[r, LENGTH]:
        return state.stage[first_stage(state.route, r) + at, LATEST_ARRIVAL]
    return tables.shift[s, HARD_END]


@inner
def note_gaps(tables: Tables, state: State, s: int, r: int) -> None:
    """Write the gaps of row ``r``, whose stages and last arrivals are up to date."""
    base, width = first_stage(state.route, r), label_width(state.label, state.stage)
    is_first = is_unused(tables, state, s, r)
    for at in range(state.row[r, LENGTH] + 1):
        stage, to = base + at, place_of(tables, state, s, r, at)
        origin, labels = state.stage[stage, AT_PLACE], state.stage[stage, LABELS]
        seconds, metres = past(tables, s, origin, to, is_first)
        state.gap[r, at, FROM_PLACE], state.gap[r, at, TO_PLACE] = origin, to
        state.gap[r, at, READY] = soonest(state.label, stage * width, labels) if labels > 0 else 2 * NEVER
        state.gap[r, at, BY] = last_arrival(tables, state, s, r, at)
        state.gap[r, at, STRAIGHT_S], state.gap[r, at, STRAIGHT_M] = seconds, metres
