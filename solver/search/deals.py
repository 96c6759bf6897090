"""Deals: one van gives pieces of its stock at a meeting, another takes them on there.

What a route takes at a meeting follows from its visits, and what is given from that: whatever is taken there beyond
what is given. After every change the two are made equal again: first the givers give what is missing, as far as their
vans have it, then the takers take no more than there is. A stop at which nothing changes hands any more goes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.columns import OTHER_SIDE
from solver.jit import inner
from solver.search.changes import insert, put_in, refresh, remove, settle, touch
from solver.search.ledger import strike
from solver.search.meetings import cheapest_giver, first_meeting_step, meeting_count, position, promise
from solver.search.provisions import provision
from solver.search.state import BEHIND, LENGTH, keeps_books, standing_row
from solver.search.trial import first_restock

if TYPE_CHECKING:
    from solver.problem import Ints
    from solver.search.state import State
    from solver.tables import Tables


@inner
def _unequal(stop: Ints, row: Ints, supply: Ints, supply_left: Ints) -> int:
    """Return the first step of a meeting at which not as much is given as taken, -1 where there is none."""
    for step in range(first_meeting_step(stop, row, supply), len(supply)):
        if supply_left[step] != 0:
            return step
    return -1


@inner
def _settle_all(tables: Tables, state: State, x: int) -> None:
    """Set the books of all routes with stop ``x`` right again."""
    for s in range(len(tables.shift)):
        if position(state.route, state.row, standing_row(state.side, s), x) >= 0:
            r = touch(state, s)
            settle(tables, state, s, state.row[r, LENGTH])


@inner
def _take_out_all(tables: Tables, state: State, x: int) -> None:
    """Take stop ``x`` out of all routes."""
    for s in range(len(tables.shift)):
        at = position(state.route, state.row, standing_row(state.side, s), x)
        if at >= 0:
            remove(tables, state, touch(state, s), at)
            settle(tables, state, s, at)


@inner
def balance(tables: Tables, state: State) -> None:
    """Let as much be given at every meeting as is taken; visits that lack something then become absent."""
    n = meeting_count(tables.stop)
    if n == 0 or not keeps_books(state.ledger):
        return
    first, rounds = first_meeting_step(tables.stop, tables.row, tables.supply), 3 * n
    step = _unequal(tables.stop, tables.row, tables.supply, state.supply_left)
    while step >= 0:
        take = len(tables.stop) - n + (step - first) * n // (len(tables.supply) - first)
        give = tables.stop[take, OTHER_SIDE]
        if rounds > 0:
            _settle_all(tables, state, give)
            if state.supply_left[step] < 0:
                _settle_all(tables, state, take)
        else:  # whatever the routes make of it, without stops nothing is taken nor given
            _take_out_all(tables, state, give)
            _take_out_all(tables, state, take)
        rounds -= 1
        step = _unequal(tables.stop, tables.row, tables.supply, state.supply_left)


@inner
def _let_give(tables: Tables, state: State, s: int, x: int, d: int) -> bool:
    """Let the cheapest van give what way ``x`` lacks on shift ``s`` at take ``d``; false where none can."""
    _, giver, at = cheapest_giver(tables, state, s, x, d)
    if giver < 0:
        return False
    r = touch(state, giver)
    if at >= 0:
        insert(tables, state, r, tables.stop[d, OTHER_SIDE], at)
    promise(tables, state, s, x, d, -1)
    strike(tables, state, giver, r)
    is_given = provision(tables, state, giver, r) < 0
    promise(tables, state, s, x, d, 1)
    if is_given:
        since = at if at >= 0 else state.row[r, LENGTH]
        refresh(tables, state, giver, min(since, first_restock(tables.stop, state.route, state.row, r)))
        return True
    if at >= 0:
        remove(tables, state, r, at)
    settle(tables, state, giver, max(0, at))
    return False


@inner
def put_in_with_deal(tables: Tables, state: State, s: int, x: int, at: int, d: int, d_at: int) -> bool:
    """Put the absent visit of way ``x`` in before stop ``at`` of shift ``s``, what it lacks taken at meeting ``d``.

    As ``put_in``; ``balance`` is to follow.
    """
    new = d if position(state.route, state.row, standing_row(state.side, s), d) < 0 else BEHIND
    return _let_give(tables, state, s, x, d) and put_in(tables, state, s, x, at, new, d_at)
