"""Ruin: strings of neighbouring visits are taken out of neighbouring routes (slack induction by string removals)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.columns import VISIT
from solver.jit import inner
from solver.search.changes import settle, take_out, touch
from solver.search.deals import balance
from solver.search.rng import below, uniform
from solver.search.state import (
    ABSENT,
    ABSENT_AS,
    FOCUSED_AS,
    FOCUSED_SHIFTS,
    FOCUSED_VISITS,
    IS_FOCUSED,
    IS_TOUCHED,
    LENGTH,
    SOUGHT_AS,
    WHERE,
    standing_row,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from solver.search.rng import Rng
    from solver.search.state import State
    from solver.tables import Tables


@inner
def _position(tables: Tables, state: State, s: int, v: int) -> int:
    r, at = standing_row(state.side, s), 0
    while tables.stop[state.route[r, at], VISIT] != v:
        at += 1
    return at


@inner
def _take_string(tables: Tables, state: State, rng: Rng, s: int, at: int, size: int, kept: int) -> None:
    """Take ``size`` stops around position ``at`` out of shift ``s``, leaving ``kept`` stops in the midst standing."""
    n = state.row[standing_row(state.side, s), LENGTH]
    span = size + kept
    first = max(0, at - span + 1) + below(rng, min(at, n - span) - max(0, at - span + 1) + 1)
    gap = first + below(rng, size + 1) if kept > 0 else first + span
    position = first
    for k in range(first, first + span):
        if gap <= k < gap + kept:
            position += 1
        else:
            take_out(tables, state, s, position)
    settle(tables, state, s, first)


@inner
def ruin(
    tables: Tables, state: State, rng: Rng, neighbours: NDArray[np.int32], average: float, longest: int, split: float
) -> None:
    """Take about ``average`` visits out of the routes in focus, around a random visit in it.

    ``neighbours`` (2, V, K) lists for each visit the nearest ones, itself first, by place and by place and time;
    ``longest`` string; ``split`` is the chance that a string leaves stops standing in its midst.
    """
    planned = state.counter[FOCUSED_VISITS] - state.counter[ABSENT]
    used = 0
    for k in range(state.counter[FOCUSED_SHIFTS]):
        s = state.side[k, FOCUSED_AS]
        used += 1 if state.row[standing_row(state.side, s), LENGTH] > 0 else 0
    if planned <= 0 or used == 0:
        return
    string = min(float(longest), max(1.0, planned / used))
    strings = int(1.0 + uniform(rng) * (4.0 * average / (1.0 + string) - 1.0))
    seed = state.whereabouts[below(rng, state.counter[FOCUSED_VISITS]), SOUGHT_AS]
    if state.counter[ABSENT] > 0 and uniform(rng) < 0.2:
        seed = state.whereabouts[below(rng, state.counter[ABSENT]), ABSENT_AS]
    ruined, kind = 0, below(rng, 2)
    for k in range(neighbours.shape[2]):
        if ruined >= strings:
            break
        v = neighbours[kind, seed, k]
        s = state.whereabouts[v, WHERE]
        if s < 0 or state.side[s, IS_TOUCHED] or not state.side[s, IS_FOCUSED]:
            continue
        n = state.row[touch(state, s), LENGTH]
        size = min(n, int(1.0 + uniform(rng) * min(float(n), string)))
        kept = 0
        if size > 1 and size < n and uniform(rng) < split:
            kept = 1
            while size + kept < n and uniform(rng) < 0.01:
                kept += 1
        _take_string(tables, state, rng, s, _position(tables, state, s, v), size, kept)
        ruined += 1
    balance(tables, state)
