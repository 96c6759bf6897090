"""Meetings of two vans: how they are numbered, and who gives cheapest what a way of serving a visit lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.columns import (
    GIVE_STOP,
    ITEM,
    MEETING_END,
    MEETING_FIRST,
    NEED_END,
    NEED_FIRST,
    OTHER_SIDE,
    PIECES,
    STEP_END,
    STEP_FIRST,
    SUPPLY,
    TECHNICIAN,
)
from solver.jit import inlined, inner, shared
from solver.money import FORBIDDEN
from solver.search.insertion import best_place
from solver.search.lacking import short_of
from solver.search.state import LENGTH, RESTOCKS, TICKS, standing_row

if TYPE_CHECKING:
    from solver.problem import Ints
    from solver.search.state import State
    from solver.tables import Tables


@shared
def meeting_count(stop: Ints) -> int:
    """Return how many meetings there are: the last stops of all are to give and then to take at each."""
    last = len(stop) - 1
    if last < 0 or stop[last, OTHER_SIDE] < 0:
        return 0
    return last - stop[last, OTHER_SIDE]


@shared
def first_meeting_step(stop: Ints, row: Ints, supply: Ints) -> int:
    """Return the first step of supply that is at a meeting: one for each part of each, after those of all places."""
    n = meeting_count(stop)
    if n == 0:
        return len(supply)
    return row[stop[len(stop) - n, SUPPLY], STEP_FIRST]


@inner
def position(route: Ints, row: Ints, r: int, x: int) -> int:
    """Return where row ``r`` has stop ``x``, which is no visit; -1 where it has not."""
    if row[r, RESTOCKS] > 0:
        for at in range(row[r, LENGTH]):
            if route[r, at] == x:
                return at
    return -1


@inner
def promise(tables: Tables, state: State, s: int, x: int, d: int, sign: int) -> None:
    """Let what way ``x`` lacks on shift ``s`` lie ready at take ``d`` (``sign`` 1), or be missing there more (-1)."""
    for need in range(tables.stop[x, NEED_FIRST], tables.stop[x, NEED_END]):
        step = tables.row[tables.stop[d, SUPPLY] + tables.row[need, ITEM], STEP_FIRST]
        pieces = short_of(tables, state, s, need)
        if pieces > 0:
            state.supply_left[step] += sign * pieces


@inlined
def _is_open(shift: Ints, row: Ints, s: int, give: int) -> bool:
    at = shift[s, MEETING_FIRST]
    while at < shift[s, MEETING_END] and row[at, GIVE_STOP] != give:
        at += 1
    return bool(at < shift[s, MEETING_END])


@inner
def _can_give(tables: Tables, state: State, s: int, x: int, d: int, giver: int) -> bool:
    """Tell whether the van of shift ``giver`` has left what way ``x`` lacks on shift ``s``."""
    for need in range(tables.stop[x, NEED_FIRST], tables.stop[x, NEED_END]):
        lacking, item = short_of(tables, state, s, need), tables.row[need, ITEM]
        if lacking == 0:
            continue
        base = tables.stop[d, SUPPLY] + item
        is_part = tables.row[base, STEP_FIRST] < tables.row[base, STEP_END] and tables.row[need, PIECES] > 0
        if not is_part or state.left[tables.shift[giver, TECHNICIAN], item] < lacking:
            return False
    return True


@inner
def cheapest_giver(tables: Tables, state: State, s: int, x: int, d: int) -> tuple[int, int, int]:
    """Return (added ticks, shift, position) of giving at the meeting of take ``d`` what way ``x`` lacks on shift ``s``.

    The position is -1 where that route gives there already, the shift -1 where no other technician can.
    """
    best, best_giver, best_at, give = FORBIDDEN, -1, -1, tables.stop[d, OTHER_SIDE]
    for giver in range(len(tables.shift)):
        if tables.shift[giver, TECHNICIAN] == tables.shift[s, TECHNICIAN]:
            continue
        if not _is_open(tables.shift, tables.row, giver, give) or not _can_give(tables, state, s, x, d, giver):
            continue
        r = standing_row(state.side, giver)
        if position(state.route, state.row, r, give) >= 0:
            return 0, giver, -1
        if position(state.route, state.row, r, d) >= 0 or state.row[r, LENGTH] + 1 >= state.route.shape[1]:
            continue
        ticks, at = best_place(tables, state, giver, r, give, 0, state.row[r, LENGTH], best + state.row[r, TICKS])
        if ticks < FORBIDDEN and ticks - state.row[r, TICKS] < best:
            best, best_giver, best_at = ticks - state.row[r, TICKS], giver, at
    return best, best_giver, best_at
