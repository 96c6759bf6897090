"""Provisions: where the pieces and tools come from that a route's visits need, and what its restocks take on.

One rule decides it from the order of the stops alone: a piece comes out of the van, else from the night's load, else
from the latest restock before the visit that has it. What each route takes is written in its ledger, so that it can be
given back; what is left in the vans and at the places that keep stock is the same for all routes. What a van gives at
a meeting is not stated anywhere: it is what others take there beyond what is given (``solver.search.deals``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.columns import (
    FROM,
    HANDLING,
    HAS_ROOM,
    HELD,
    IS_GIVE,
    ITEM,
    LINE,
    NEED_END,
    NEED_FIRST,
    NIGHT_LIMIT,
    NIGHT_SUPPLY,
    PARCEL_END,
    PARCEL_FIRST,
    PARCEL_ITEM,
    PARCEL_PIECES,
    PARCEL_STEP,
    PARCEL_STEP_END,
    PIECES,
    ROOM,
    SHIFT_START,
    SIZES,
    STEP_END,
    STEP_FIRST,
    SUPPLY,
    TECHNICIAN,
)
from solver.jit import inlined, inner
from solver.problem import NONE
from solver.routing import NIGHT, PARCEL, VAN
from solver.schedule import HANDLING_S, HELD_THEN, READY_S, TAKES_ON_BEFORE
from solver.search.ledger import AT, OF_ITEM, TAKEN_PIECES, available, enter, has_line, strike
from solver.search.state import ENTRIES, LENGTH, RESTOCKS
from solver.supply import MEASURES

if TYPE_CHECKING:
    from solver.problem import Ints
    from solver.search.state import State
    from solver.tables import Tables


@inlined
def takes_on(stop: Ints, x: int) -> bool:
    """Tell whether stop ``x`` is one at which the van takes something on."""
    return bool(stop[x, SUPPLY] >= 0 and stop[x, IS_GIVE] == 0)


@inner
def provision(tables: Tables, state: State, s: int, r: int) -> int:
    """Take what the visits of row ``r`` of shift ``s`` need, write its ledger and how long its restocks stay.

    Return -1, or the first stop that lacks something; then nothing is taken.
    """
    _open_books(tables, state, s, r)
    _set_aside(tables, state, s, r)
    n, latest = state.row[r, LENGTH], NONE
    for i in range(n):
        x = state.route[r, i]
        if takes_on(tables.stop, x):
            for measure in range(MEASURES):
                state.stay[r, i, HELD_THEN + measure] = state.stay[r, n, HELD_THEN + measure]
            state.stay[r, i, TAKES_ON_BEFORE] = latest
            latest = i
        elif tables.stop[x, IS_GIVE] != 0:
            _hand_over(tables, state, s, r, i)
        elif not (_supply_needs(tables, state, s, r, latest, x) and _send_parcels(tables, state, r, x)):
            strike(tables, state, s, r)
            state.row[r, ENTRIES] = 0
            return i
    return -1


@inner
def _open_books(tables: Tables, state: State, s: int, r: int) -> None:
    """Begin an empty ledger. After the last stop, ``stay`` says what the van holds still, and what it held at night."""
    n = state.row[r, LENGTH]
    state.row[r, ENTRIES] = 0
    for i in range(n):
        state.stay[r, i, HANDLING_S] = tables.stop[state.route[r, i], HANDLING]
        state.stay[r, i, READY_S] = 0
    for measure in range(MEASURES):
        state.stay[r, n, HELD_THEN + measure] = tables.shift[s, HELD + measure]
        state.stay[r, n + 1, HELD_THEN + measure] = tables.shift[s, HELD + measure]


@inner
def _set_aside(tables: Tables, state: State, s: int, r: int) -> None:
    """Set pieces of the van aside for meetings, ahead of its own visits: what others take there and nobody gives."""
    if state.row[r, RESTOCKS] == 0:
        return
    for i in range(state.row[r, LENGTH]):
        x = state.route[r, i]
        if tables.stop[x, IS_GIVE] == 0:
            continue
        for item in range(state.left.shape[1]):
            base = tables.stop[x, SUPPLY] + item
            step, end = tables.row[base, STEP_FIRST], tables.row[base, STEP_END]
            if step < end and state.supply_left[step] < 0:
                pieces = min(-state.supply_left[step], state.left[tables.shift[s, TECHNICIAN], item])
                if pieces > 0:
                    enter(tables, state, s, r, i, item, -pieces, step, end)


@inner
def _hand_over(tables: Tables, state: State, s: int, r: int, i: int) -> None:
    """Let the van no longer hold what is given at stop ``i``."""
    n = state.row[r, LENGTH]
    for entry in range(state.row[r, ENTRIES]):
        if state.ledger[r, entry, AT] == i:
            for measure in range(MEASURES):
                size = tables.row[tables.shift[s, SIZES] + state.ledger[r, entry, OF_ITEM], measure]
                state.stay[r, n, HELD_THEN + measure] += size * state.ledger[r, entry, TAKEN_PIECES]


@inner
def _supply_needs(tables: Tables, state: State, s: int, r: int, latest: int, x: int) -> bool:
    """Supply visit ``x``, before which the van takes something on at stop ``latest`` for the last time."""
    for need in range(tables.stop[x, NEED_FIRST], tables.stop[x, NEED_END]):
        item, pieces = tables.row[need, ITEM], tables.row[need, PIECES]
        if pieces == 0:
            if not _has_tool(tables, state, s, r, latest, item):
                return False
            continue
        pieces -= _draw(tables, state, s, r, item, pieces)
        pieces -= _load_at_night(tables, state, s, r, latest, item, pieces)
        j = latest
        while pieces > 0 and j != NONE:
            pieces -= _load(tables, state, s, r, latest, j, item, pieces)
            j = state.stay[r, j, TAKES_ON_BEFORE]
        if pieces > 0:
            return False
    return True


@inlined
def _taken(ledger: Ints, row: Ints, r: int, at: int, item: int) -> int:
    """Return how many pieces of an item the ledger has at one of its places."""
    pieces = 0
    for entry in range(row[r, ENTRIES]):
        if ledger[r, entry, AT] == at and ledger[r, entry, OF_ITEM] == item:
            pieces += ledger[r, entry, TAKEN_PIECES]
    return pieces


@inner
def _has_tool(tables: Tables, state: State, s: int, r: int, latest: int, item: int) -> bool:
    """Tell whether the technician has a tool or has borrowed it up to stop ``latest``; borrow it where that can be."""
    if state.left[tables.shift[s, TECHNICIAN], item] > 0:
        return True
    if has_line(state.ledger, state.row, r, 0, latest, item):
        return True
    j = latest
    while j != NONE:
        x = state.route[r, j]
        base = tables.stop[x, SUPPLY] + item
        first, end = tables.row[base, STEP_FIRST], tables.row[base, STEP_END]
        if first < end and available(state.supply_left, first, end) > 0:
            state.stay[r, j, HANDLING_S] += tables.stop[x, LINE]
            return enter(tables, state, s, r, j, item, 1, first, end)
        j = state.stay[r, j, TAKES_ON_BEFORE]
    return False


@inlined
def _night_room(tables: Tables, state: State, s: int, r: int, item: int) -> int:
    """Return how many pieces may come from the night's load by its limit, with what the van has given already."""
    limit = tables.row[tables.shift[s, NIGHT_LIMIT] + item, 0]
    return int(limit - _taken(state.ledger, state.row, r, NIGHT, item) - _taken(state.ledger, state.row, r, VAN, item))


@inner
def _load_at_night(tables: Tables, state: State, s: int, r: int, latest: int, item: int, pieces: int) -> int:
    if tables.shift[s, NIGHT_SUPPLY] < 0:
        return 0
    base = tables.shift[s, NIGHT_SUPPLY] + item
    first, end = tables.row[base, STEP_FIRST], tables.row[base, STEP_END]
    pieces = min(pieces, _night_room(tables, state, s, r, item))
    loaded = 0
    for step in range(first, end):
        if tables.supply[step, FROM] > tables.shift[s, SHIFT_START]:
            break
        more = min(
            pieces - loaded, available(state.supply_left, step, end), _fits(tables, state, s, r, NIGHT, latest, item)
        )
        if more > 0 and enter(tables, state, s, r, NIGHT, item, more, step, end):
            _hold(tables, state, s, r, NIGHT, latest, item, more)
            loaded += more
    return loaded


@inner
def _draw(tables: Tables, state: State, s: int, r: int, item: int, pieces: int) -> int:
    """Take up to ``pieces`` out of the van, no more than the limit of a night's load leaves."""
    drawn = min(pieces, state.left[tables.shift[s, TECHNICIAN], item])
    if drawn > 0 and tables.shift[s, NIGHT_SUPPLY] >= 0 and _taken(state.ledger, state.row, r, NIGHT, item) > 0:
        drawn = min(drawn, _night_room(tables, state, s, r, item))
    if drawn <= 0 or not enter(tables, state, s, r, VAN, item, drawn, -1, -1):
        return 0
    n = state.row[r, LENGTH]
    for measure in range(MEASURES):
        size = tables.row[tables.shift[s, SIZES] + item, measure]
        state.stay[r, n, HELD_THEN + measure] -= size * drawn
    return int(drawn)


@inner
def _load(tables: Tables, state: State, s: int, r: int, latest: int, j: int, item: int, pieces: int) -> int:
    """Take up to ``pieces`` for a stop behind ``latest`` on at stop ``j``, the earliest deliveries first."""
    x = state.route[r, j]
    base = tables.stop[x, SUPPLY] + item
    first, end = tables.row[base, STEP_FIRST], tables.row[base, STEP_END]
    loaded = 0
    for step in range(first, end):
        more = min(
            pieces - loaded, available(state.supply_left, step, end), _fits(tables, state, s, r, j, latest, item)
        )
        if more <= 0:
            continue
        is_new_line = tables.stop[x, LINE] > 0 and not has_line(state.ledger, state.row, r, j, j, item)
        if not enter(tables, state, s, r, j, item, more, step, end):
            return loaded
        if is_new_line:
            state.stay[r, j, HANDLING_S] += tables.stop[x, LINE]
        state.stay[r, j, READY_S] = max(state.stay[r, j, READY_S], tables.supply[step, FROM])
        _hold(tables, state, s, r, j, latest, item, more)
        loaded += more
        if loaded == pieces:
            break
    return loaded


@inner
def _fits(tables: Tables, state: State, s: int, r: int, j: int, latest: int, item: int) -> int:
    """Return how many more pieces the van can hold from stop ``j`` (or NIGHT) until behind stop ``latest``."""
    most = 1 << 40
    if tables.shift[s, HAS_ROOM] == 0:
        return most
    k = state.row[r, LENGTH] + 1 if j == NIGHT else latest
    while k >= max(j, 0):
        for measure in range(MEASURES):
            size = tables.row[tables.shift[s, SIZES] + item, measure]
            most = min(most, _pieces_in(tables.shift[s, ROOM + measure] - state.stay[r, k, HELD_THEN + measure], size))
        k = latest if k > state.row[r, LENGTH] else state.stay[r, k, TAKES_ON_BEFORE]
    return most


@inlined
def _pieces_in(room: int, size: int) -> int:
    """Return how many pieces of a size go into ``room``: none at all where it is overfull."""
    if room < 0:
        return 0
    return room // size if size > 0 else 1 << 40


@inner
def _hold(tables: Tables, state: State, s: int, r: int, j: int, latest: int, item: int, pieces: int) -> None:
    """Let the van hold ``pieces`` from stop ``j`` (or NIGHT) until behind stop ``latest``."""
    if tables.shift[s, HAS_ROOM] == 0:
        return
    k = state.row[r, LENGTH] + 1 if j == NIGHT else latest
    while k >= max(j, 0):
        for measure in range(MEASURES):
            taken = pieces * tables.row[tables.shift[s, SIZES] + item, measure]
            state.stay[r, k, HELD_THEN + measure] += taken
        k = latest if k > state.row[r, LENGTH] else state.stay[r, k, TAKES_ON_BEFORE]


@inner
def _send_parcels(tables: Tables, state: State, r: int, x: int) -> bool:
    for parcel in range(tables.stop[x, PARCEL_FIRST], tables.stop[x, PARCEL_END]):
        step, end = tables.row[parcel, PARCEL_STEP], tables.row[parcel, PARCEL_STEP_END]
        pieces = tables.row[parcel, PARCEL_PIECES]
        if step < 0 or available(state.supply_left, step, end) < pieces:
            return False
        if not enter(tables, state, 0, r, PARCEL, tables.row[parcel, PARCEL_ITEM], pieces, step, end):
            return False
    return True
