"""A visit behind a meeting at which another van hands over what the visit lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.columns import MEETING_END, MEETING_FIRST, OTHER_SIDE, TAKE_STOP
from solver.jit import inner
from solver.money import FORBIDDEN
from solver.search.behind_restock import gets_all
from solver.search.insertion import best_place
from solver.search.meetings import cheapest_giver, position, promise
from solver.search.state import BEHIND, LENGTH, TICKS
from solver.search.trial import copy_with, simulate_trial

if TYPE_CHECKING:
    from solver.search.state import State
    from solver.tables import Tables


@inner
def _with_take(tables: Tables, state: State, s: int, r: int, x: int, d: int, best: int) -> tuple[int, int, int]:
    """Return (ticks, position, take's position) of way ``x`` behind taking ``d`` at a meeting, new or standing."""
    best_at, best_d_at, n = 0, 0, state.row[r, LENGTH]
    standing = position(state.route, state.row, r, d)
    if standing >= 0:
        ticks, at = best_place(tables, state, s, r, x, standing + 1, n, best)
        return (ticks, at, standing) if ticks < best else (best, 0, 0)
    if n + 2 >= state.route.shape[1]:
        return best, 0, 0
    for d_at in range(n + 1):
        if best_place(tables, state, s, r, d, d_at, d_at, best)[0] >= best:
            continue
        trial = copy_with(tables, state, r, d, d_at)
        if simulate_trial(tables, state, s, r, d_at) >= best:
            continue
        ticks, at = best_place(tables, state, s, trial, x, d_at + 1, n + 1, best)
        if ticks < best:
            best, best_at, best_d_at = ticks, at, d_at
    return best, best_at, best_d_at


@inner
def by_meeting(tables: Tables, state: State, s: int, r: int, x: int, best: int) -> tuple[int, int, int, int]:
    """Return (ticks, position, take, its position) of way ``x`` with what it lacks from another van at a meeting.

    Ticks count what the other route costs more.
    """
    best_at, best_d, best_d_at = 0, BEHIND, 0
    for row in range(tables.shift[s, MEETING_FIRST], tables.shift[s, MEETING_END]):
        d = tables.row[row, TAKE_STOP]
        added, giver, _ = cheapest_giver(tables, state, s, x, d)
        if (
            giver < 0
            or state.row[r, TICKS] + added >= best
            or position(state.route, state.row, r, tables.stop[d, OTHER_SIDE]) >= 0
        ):
            continue
        ticks, at, d_at = _with_take(tables, state, s, r, x, d, best - added)
        if ticks + added < best:
            promise(tables, state, s, x, d, 1)
            new = d if position(state.route, state.row, r, d) < 0 else BEHIND
            can_be = gets_all(tables, state, s, r, x, at, new, d_at)
            promise(tables, state, s, x, d, -1)
            if can_be:
                best, best_at, best_d, best_d_at = ticks + added, at, d, d_at
    return (best, best_at, best_d, best_d_at) if best_d >= 0 else (FORBIDDEN, 0, BEHIND, 0)
