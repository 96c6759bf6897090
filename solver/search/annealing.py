"""Simulated annealing over ruin and recreate, in slices that Python may interrupt."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

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


class Gear(NamedTuple):
    """What annealing works with besides the plan.

    ``neighbours`` (2, V, K) has who is near whom, ``keys`` and ``weights`` the orders of putting in; ``knobs`` are
    the average ruin, the longest string, the chance of a split and that of a blink.
    """

    pool: Pool
    rng: Rng
    neighbours: NDArray[np.int32]
    keys: NDArray[np.float64]
    weights: NDArray[np.float64]
    knobs: NDArray[np.float64]


@inner
def fill_up(tables: Tables, state: State, gear: Gear) -> None:
    """Put in what is absent, keep all routes as columns, and the plan where none was better."""
    recreate(tables, state, gear.rng, gear.keys, gear.weights, 0.0)
    accept(state)
    for s in range(len(tables.shift)):
        add_route(gear.pool, state, s)
    if state.counter[CURRENT_TICKS] <= state.counter[BEST_TICKS]:
        remember_best(state)


@inner
def anneal(tables: Tables, state: State, gear: Gear, iterations: int, hot: float, cold: float) -> None:
    """Do ``iterations`` steps while the temperature (ticks) falls geometrically from ``hot`` to ``cold``."""
    rng, knobs = gear.rng, gear.knobs
    factor = (cold / hot) ** (1.0 / max(1, iterations))
    temperature = hot
    for _ in range(iterations):
        n_before, before = mark_absent(state)
        ruin(tables, state, rng, gear.neighbours, knobs[0], int(knobs[1]), knobs[2])
        recreate(tables, state, rng, gear.keys, gear.weights, knobs[3])
        state.counter[ITERATIONS] += 1
        temperature *= factor
        now = state.counter[CURRENT_TICKS]
        if now < before - temperature * math.log(max(1e-300, uniform(rng))):
            add_touched(gear.pool, state)
            accept(state)
            if now < state.counter[BEST_TICKS]:
                remember_best(state)
        else:
            undo(tables, state, n_before, before)
