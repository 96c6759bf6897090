"""Simulated annealing over ruin and recreate, in slices that Python may interrupt."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from solver.jit import inner
from solver.search.moves import accept, mark_absent, remember_best, undo
from solver.search.pool import add_route, add_touched
from solver.search.recreate import recreate
from solver.search.rng import uniform
from solver.search.ruin import ruin
from solver.search.state import BEST_TICKS, CURRENT_TICKS, ITERATIONS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from solver.search.pool import Pool
    from solver.search.rng import Rng
    from solver.search.state import State
    from solver.tables import Tables


@inner
def fill_up(
    tables: Tables, state: State, pool: Pool, rng: Rng, keys: NDArray[np.float64], weights: NDArray[np.float64]
) -> None:
    """Put in what is absent, keep all routes as columns, and the plan where none was better."""
    recreate(tables, state, rng, keys, weights, 0.0)
    accept(state)
    for s in range(len(tables.shift)):
        add_route(pool, state, s)
    if state.counter[CURRENT_TICKS] <= state.counter[BEST_TICKS]:
        remember_best(state)


@inner
def anneal(
    tables: Tables,
    state: State,
    pool: Pool,
    rng: Rng,
    neighbours: NDArray[np.int32],
    keys: NDArray[np.float64],
    weights: NDArray[np.float64],
    knobs: NDArray[np.float64],
    iterations: int,
    hot: float,
    cold: float,
) -> None:
    """Do ``iterations`` steps while the temperature (ticks) falls geometrically from ``hot`` to ``cold``.

    ``knobs``: average ruin, longest string, chance of a split, chance of a blink.
    """
    factor = (cold / hot) ** (1.0 / max(1, iterations))
    temperature = hot
    for _ in range(iterations):
        n_before, before = mark_absent(state)
        ruin(tables, state, rng, neighbours, knobs[0], int(knobs[1]), knobs[2])
        recreate(tables, state, rng, keys, weights, knobs[3])
        state.counter[ITERATIONS] += 1
        temperature *= factor
        now = state.counter[CURRENT_TICKS]
        if now < before - temperature * math.log(max(1e-300, uniform(rng))):
            add_touched(pool, state)
            accept(state)
            if now < state.counter[BEST_TICKS]:
                remember_best(state)
        else:
            undo(tables, state, n_before, before)
