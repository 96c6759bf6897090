"""Changes of the standing routes that can be taken back: touch, take out, put in, then accept or undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.columns import DROP, IS_FACT, TECHNICIAN
from solver.jit import inlined, kernel
from solver.labels import copy_label
from solver.money import FORBIDDEN
from solver.rules.parts import take
from solver.schedule import LABELS, STAGE_COLUMNS, begin, run
from solver.search.insertion import may_take, refresh_latest
from solver.search.state import (
    ABSENT,
    ABSENT_AS,
    ABSENT_BEFORE,
    BEST_TICKS,
    CURRENT_TICKS,
    IS_DIRTY,
    IS_TOUCHED,
    LENGTH,
    NEXT_STAMP,
    ROUTE_COLUMNS,
    SIDE,
    STAMP,
    TICKS,
    TOUCHED,
    TOUCHED_AS,
    WHERE,
    first_stage,
    label_width,
    standing_row,
)

if TYPE_CHECKING:
    from solver.problem import Ints
    from solver.search.state import State
    from solver.tables import Tables


@kernel
def touch(state: State, s: int) -> int:
    """Make shift ``s`` ready to be changed, once between two decisions; return the row to work on."""
    old = standing_row(state, s)
    if state.side[s, IS_TOUCHED]:
        return old
    state.side[s, IS_TOUCHED] = 1
    state.side[state.counter[TOUCHED], TOUCHED_AS] = s
    state.counter[TOUCHED] += 1
    state.side[s, SIDE] ^= 1
    new = standing_row(state, s)
    for column in range(ROUTE_COLUMNS):
        state.row[new, column] = state.row[old, column]
    source, target, width = first_stage(state, old), first_stage(state, new), label_width(state)
    for at in range(state.row[old, LENGTH] + 1):
        state.route[new, at] = state.route[old, at]
        for column in range(STAGE_COLUMNS):
            state.stage[target + at, column] = state.stage[source + at, column]
        for k in range(state.stage[source + at, LABELS]):
            copy_label(state.label, (source + at) * width + k, (target + at) * width + k)
    return new


@kernel
def refresh(tables: Tables, state: State, s: int, since: int) -> None:
    """Simulate shift ``s`` anew from its stop ``since`` on, after its sequence has changed there."""
    r = standing_row(state, s)
    n, base = state.row[r, LENGTH], first_stage(state, r)
    ticks = run(tables, state.label, state.stage, label_width(state), s, base, state.route[r], since, n)[0]
    state.counter[CURRENT_TICKS] += ticks - state.row[r, TICKS]
    state.row[r, TICKS] = ticks
    state.counter[NEXT_STAMP] += 1
    state.row[r, STAMP] = state.counter[NEXT_STAMP]
    refresh_latest(tables, state, s, r)


@kernel
def put_in(tables: Tables, state: State, s: int, v: int, at: int) -> None:
    """Put the absent visit ``v`` in before stop ``at`` of shift ``s``. The caller takes it off the absent ones."""
    r = touch(state, s)
    for k in range(state.row[r, LENGTH], at, -1):
        state.route[r, k] = state.route[r, k - 1]
    state.route[r, at] = v
    state.row[r, LENGTH] += 1
    state.whereabouts[v, WHERE] = s
    state.counter[CURRENT_TICKS] -= tables.visit[v, DROP]
    take(tables.visit, tables.row, state.left, v, tables.shift[s, TECHNICIAN], 1)
    refresh(tables, state, s, at)


@inlined
def _make_absent(tables: Tables, state: State, v: int) -> None:
    state.whereabouts[v, WHERE] = -1
    state.whereabouts[state.counter[ABSENT], ABSENT_AS] = v
    state.counter[ABSENT] += 1
    state.counter[CURRENT_TICKS] += tables.visit[v, DROP]


@kernel
def take_out(tables: Tables, state: State, s: int, at: int) -> None:
    """Take stop ``at`` out of shift ``s`` and make its visit absent; ``refresh`` is to follow."""
    r = touch(state, s)
    v = state.route[r, at]
    for k in range(at, state.row[r, LENGTH] - 1):
        state.route[r, k] = state.route[r, k + 1]
    state.row[r, LENGTH] -= 1
    take(tables.visit, tables.row, state.left, v, tables.shift[s, TECHNICIAN], -1)
    _make_absent(tables, state, v)


@kernel
def clear(tables: Tables, state: State, stock: Ints) -> None:
    """Empty all routes: what stands is that every visit is absent and the vans hold ``stock`` (T, P)."""
    state.counter[:] = 0
    state.whereabouts[:] = -1
    for technician in range(stock.shape[0]):
        for part in range(stock.shape[1]):
            state.left[technician, part] = stock[technician, part]
    state.cache[:] = 0
    state.row[:] = 0
    state.side[:] = 0
    for v in range(len(tables.visit)):
        if not tables.visit[v, IS_FACT]:
            _make_absent(tables, state, v)
    for s in range(len(tables.shift)):
        state.side[s, IS_DIRTY] = 1
        begin(tables, state.label, state.stage, label_width(state), s, first_stage(state, 2 * s))
        refresh(tables, state, s, 0)


@inlined
def _append(tables: Tables, state: State, s: int, visits: Ints, drivable: bool) -> None:
    """Append those of ``visits`` that shift ``s`` may take; with ``drivable``, those after which it can drive home."""
    for k in range(len(visits)):
        v, n = visits[k], state.row[standing_row(state, s), LENGTH]
        full = n + 1 >= state.route.shape[1]
        if full or state.whereabouts[v, WHERE] >= 0 or tables.visit[v, IS_FACT] or not may_take(tables, state, v, s):
            continue
        put_in(tables, state, s, v, n)
        if drivable and state.row[standing_row(state, s), TICKS] >= FORBIDDEN:
            take_out(tables, state, s, n)
            refresh(tables, state, s, n)
            state.counter[ABSENT] -= 1


@kernel
def load_route(tables: Tables, state: State, s: int, visits: Ints) -> None:
    """Append ``visits`` to the cleared shift ``s`` as far as that is feasible; the others stay absent.

    All together come first: where a leg has no way, a route can be driven of which the beginning alone cannot.
    """
    _append(tables, state, s, visits, False)
    if state.row[standing_row(state, s), TICKS] < FORBIDDEN:
        return
    while state.row[standing_row(state, s), LENGTH] > 0:
        take_out(tables, state, s, state.row[standing_row(state, s), LENGTH] - 1)
        state.counter[ABSENT] -= 1
    refresh(tables, state, s, 0)
    _append(tables, state, s, visits, True)


@kernel
def list_absent(tables: Tables, state: State) -> None:
    """Write the list of absent visits anew, in order of number."""
    state.counter[ABSENT] = 0
    for v in range(len(tables.visit)):
        if state.whereabouts[v, WHERE] < 0 and not tables.visit[v, IS_FACT]:
            state.whereabouts[state.counter[ABSENT], ABSENT_AS] = v
            state.counter[ABSENT] += 1


@kernel
def mark_absent(state: State) -> tuple[int, int]:
    """Note which visits are absent and what the routes cost, for ``undo``."""
    for k in range(state.counter[ABSENT]):
        state.whereabouts[k, ABSENT_BEFORE] = state.whereabouts[k, ABSENT_AS]
    return state.counter[ABSENT], state.counter[CURRENT_TICKS]


@kernel
def accept(state: State) -> None:
    """Let the changes stand."""
    for k in range(state.counter[TOUCHED]):
        s = state.side[k, TOUCHED_AS]
        state.side[s, IS_TOUCHED] = 0
        state.side[s, IS_DIRTY] = 1
    state.counter[TOUCHED] = 0


@inlined
def _strike_out(tables: Tables, state: State, s: int, sign: int) -> None:
    """Take the visits of shift ``s`` off its route and its van's needs (1) or enter them again (-1)."""
    r = standing_row(state, s)
    for at in range(state.row[r, LENGTH]):
        v = state.route[r, at]
        take(tables.visit, tables.row, state.left, v, tables.shift[s, TECHNICIAN], -sign)
        state.whereabouts[v, WHERE] = -1 if sign > 0 else s


@kernel
def undo(tables: Tables, state: State, n_before: int, ticks_before: int) -> None:
    """Take the changes since ``mark_absent`` back."""
    for k in range(state.counter[TOUCHED]):
        _strike_out(tables, state, state.side[k, TOUCHED_AS], 1)
    for k in range(state.counter[TOUCHED]):
        s = state.side[k, TOUCHED_AS]
        state.side[s, SIDE] ^= 1
        state.side[s, IS_TOUCHED] = 0
        _strike_out(tables, state, s, -1)
    state.counter[TOUCHED] = 0
    state.counter[ABSENT] = n_before
    for k in range(n_before):
        v = state.whereabouts[k, ABSENT_BEFORE]
        state.whereabouts[k, ABSENT_AS] = v
        state.whereabouts[v, WHERE] = -1
    state.counter[CURRENT_TICKS] = ticks_before


@kernel
def remember_best(state: State) -> None:
    """Keep the standing routes as the best ones; only those changed since the last time are copied."""
    state.counter[BEST_TICKS] = state.counter[CURRENT_TICKS]
    for s in range(len(state.side)):
        if state.side[s, IS_DIRTY]:
            r = standing_row(state, s)
            state.best[s, 0] = state.row[r, LENGTH]
            for at in range(state.row[r, LENGTH]):
                state.best[s, at + 1] = state.route[r, at]
            state.side[s, IS_DIRTY] = 0
