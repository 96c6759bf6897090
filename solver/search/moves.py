"""Changes of the standing routes that can be taken back: touch, take out, put in, then accept or undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.columns import DROP, IS_FACT, TECHNICIAN
from solver.jit import kernel
from solver.rules.parts import take
from solver.schedule import AT_PLACE, add_to_prefix, begin, extend, finish
from solver.search.insertion import refresh_latest
from solver.search.state import ABSENT, BEST_TICKS, CURRENT_TICKS, NEXT_STAMP, TOUCHED

if TYPE_CHECKING:
    from solver.problem import Ints
    from solver.search.state import State
    from solver.tables import Tables


@kernel
def touch(state: State, s: int) -> int:
    """Make shift ``s`` ready to be changed, once between two decisions; return the row to work on."""
    old = 2 * s + state.side[s]
    if state.is_touched[s]:
        return old
    state.is_touched[s] = True
    state.touched[state.counter[TOUCHED]] = s
    state.counter[TOUCHED] += 1
    new = old ^ 1
    n = state.length[old]
    state.side[s] ^= 1
    state.length[new] = n
    state.ticks[new] = state.ticks[old]
    state.route[new, :n] = state.route[old, :n]
    for at in range(n + 1):
        state.counts[new, at] = state.counts[old, at]
        state.labels[new, at, : state.counts[old, at]] = state.labels[old, at, : state.counts[old, at]]
    state.prefix[new, : n + 1] = state.prefix[old, : n + 1]
    return new


@kernel
def refresh(tables: Tables, state: State, s: int, since: int) -> None:
    """Simulate shift ``s`` anew from its stop ``since`` on, after its sequence has changed there."""
    r = 2 * s + state.side[s]
    n = state.length[r]
    for at in range(since, n):
        v = state.route[r, at]
        add_to_prefix(tables, s, state.prefix[r, at], v, state.prefix[r, at + 1])
        state.counts[r, at + 1] = extend(
            tables,
            s,
            state.labels[r, at],
            state.counts[r, at],
            state.prefix[r, at, AT_PLACE],
            v,
            state.labels[r, at + 1],
            state.scratch,
        )
        if state.counts[r, at + 1] < 0:
            state.counts[r, at + 1] = 0
    ticks = finish(tables, s, state.labels[r, n], state.counts[r, n], state.prefix[r, n], n > 0, state.scratch)[0]
    state.counter[CURRENT_TICKS] += ticks - state.ticks[r]
    state.ticks[r] = ticks
    state.counter[NEXT_STAMP] += 1
    state.stamp[r] = state.counter[NEXT_STAMP]
    refresh_latest(tables, state, s, r)


@kernel
def put_in(tables: Tables, state: State, s: int, v: int, at: int) -> None:
    """Put the absent visit ``v`` in before stop ``at`` of shift ``s``. The caller takes it off ``absent``."""
    r = touch(state, s)
    for k in range(state.length[r], at, -1):
        state.route[r, k] = state.route[r, k - 1]
    state.route[r, at] = v
    state.length[r] += 1
    state.where[v] = s
    state.counter[CURRENT_TICKS] -= tables.visit[v, DROP]
    take(tables.visit, tables.need, state.left, v, tables.shift[s, TECHNICIAN], 1)
    refresh(tables, state, s, at)


@kernel
def take_out(tables: Tables, state: State, s: int, at: int) -> None:
    """Take stop ``at`` out of shift ``s`` and make its visit absent; ``refresh`` is to follow."""
    r = touch(state, s)
    v = state.route[r, at]
    for k in range(at, state.length[r] - 1):
        state.route[r, k] = state.route[r, k + 1]
    state.length[r] -= 1
    state.where[v] = -1
    state.absent[state.counter[ABSENT]] = v
    state.counter[ABSENT] += 1
    state.counter[CURRENT_TICKS] += tables.visit[v, DROP]
    take(tables.visit, tables.need, state.left, v, tables.shift[s, TECHNICIAN], -1)


@kernel
def clear(tables: Tables, state: State) -> None:
    """Empty all routes: what stands is that every visit is absent."""
    state.counter[:] = 0
    state.is_touched[:] = False
    state.where[:] = -1
    state.left[:] = tables.stock
    state.cache_stamp[:] = 0
    for v in range(len(tables.visit)):
        if not tables.visit[v, IS_FACT]:
            state.absent[state.counter[ABSENT]] = v
            state.counter[ABSENT] += 1
            state.counter[CURRENT_TICKS] += tables.visit[v, DROP]
    for s in range(len(tables.shift)):
        state.side[s] = 0
        state.length[2 * s] = 0
        state.ticks[2 * s] = 0
        state.counts[2 * s, 0] = begin(tables, s, state.labels[2 * s, 0], state.prefix[2 * s, 0], state.scratch)
        refresh(tables, state, s, 0)


@kernel
def accept(state: State) -> None:
    """Let the changes stand."""
    for k in range(state.counter[TOUCHED]):
        s = state.touched[k]
        state.is_touched[s] = False
        state.is_dirty[s] = True
    state.counter[TOUCHED] = 0


@kernel
def undo(tables: Tables, state: State, absent_before: Ints, n_before: int, ticks_before: int) -> None:
    """Take the changes back."""
    for k in range(state.counter[TOUCHED]):
        s = state.touched[k]
        _give_back(tables, state, s, 1)
    for k in range(state.counter[TOUCHED]):
        s = state.touched[k]
        state.side[s] ^= 1
        _give_back(tables, state, s, -1)
        state.is_touched[s] = False
    state.counter[TOUCHED] = 0
    state.absent[:n_before] = absent_before[:n_before]
    state.counter[ABSENT] = n_before
    for k in range(n_before):
        state.where[absent_before[k]] = -1
    state.counter[CURRENT_TICKS] = ticks_before


@kernel
def _give_back(tables: Tables, state: State, s: int, sign: int) -> None:
    """Take the visits of shift ``s`` off its route and van (1) or enter them again (-1)."""
    r, technician = 2 * s + state.side[s], tables.shift[s, TECHNICIAN]
    for at in range(state.length[r]):
        v = state.route[r, at]
        take(tables.visit, tables.need, state.left, v, technician, -sign)
        state.where[v] = -1 if sign > 0 else s


@kernel
def remember_best(state: State) -> None:
    """Keep the standing routes as the best ones; only those changed since the last time are copied."""
    state.counter[BEST_TICKS] = state.counter[CURRENT_TICKS]
    for s in range(len(state.side)):
        if state.is_dirty[s]:
            r = 2 * s + state.side[s]
            n = state.length[r]
            state.best_length[s] = n
            state.best_route[s, :n] = state.route[r, :n]
            state.is_dirty[s] = False
