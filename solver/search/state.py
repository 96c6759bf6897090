"""What the search works on: the routes with their labels, so that a change is simulated from where it happens.

Each shift has two rows of routes, ``2 * s`` and ``2 * s + 1``; ``side[s]`` tells which one stands. A move works on the
other row, so that taking it back costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from solver.jit import inlined
from solver.labels import LABEL_COLUMNS, MAX_LABELS
from solver.problem import NONE
from solver.schedule import STAGE_COLUMNS

if TYPE_CHECKING:
    from solver.problem import Ints, Problem

(
    ABSENT,
    CURRENT_TICKS,
    BEST_TICKS,
    NEXT_STAMP,
    TOUCHED,
    RUINED,
    POOLED,
    ITERATIONS,
    COUNTERS,
) = range(9)
"""Entries of ``counter``: absent visits; cost of the standing and of the best routes; the next stamp of a changed
route; touched shifts; visits the last ruin took out; columns in the pool; iterations done."""

LENGTH, TICKS, STAMP, ROUTE_COLUMNS = range(4)
"""Columns of ``row``: stops of a route, its cost, and a number that changes with its content."""

SIDE, IS_TOUCHED, TOUCHED_AS, IS_DIRTY, SIDE_COLUMNS = range(5)
"""Columns of ``side``: the row that stands; whether the move under way has touched the shift; the list of touched
shifts (entry k is its k-th); whether the route has changed since the best plan was kept."""

WHERE, ABSENT_AS, ABSENT_BEFORE, VISIT_STATE_COLUMNS = range(4)
"""Columns of ``whereabouts``: the shift of a visit or NONE; the list of absent visits, and that before the move."""

ADDED_TICKS, AT, OF_STAMP, CACHE_COLUMNS = range(4)
"""Columns of ``cache``: the best insertion of a visit into a route as it was with that stamp."""


class State(NamedTuple):
    """The standing routes, the best ones, and work space, for S shifts, V visits and routes of up to L stops.

    ``route`` (2 S, L + 1) visits; ``row`` (2 S, ROUTE_COLUMNS); ``stage`` (2 S (L + 2) + 2, STAGE_COLUMNS), of each row
    of routes L + 2 stages and two spare ones at the end; ``label`` a row for each label of each stage and a spare one;
    ``side`` (S, …); ``whereabouts`` (V + 1, …); ``left`` (T, P) parts left in the vans; ``cache`` (V, S, …);
    ``best`` (S, L + 2) length and visits of the best routes; ``counter`` (COUNTERS,).
    """

    route: Ints
    row: Ints
    stage: Ints
    label: Ints
    side: Ints
    whereabouts: Ints
    left: Ints
    cache: Ints
    best: Ints
    counter: Ints


@inlined
def standing_row(state: State, s: int) -> int:
    """Return the row of the standing route of shift ``s``."""
    return 2 * s + state.side[s, SIDE]


@inlined
def first_stage(state: State, r: int) -> int:
    """Return the stage of row ``r`` before its first stop."""
    return r * (state.route.shape[1] + 1)


@inlined
def label_width(state: State) -> int:
    """Return how many labels each stage has room for."""
    return len(state.label) // len(state.stage)


def longest_route(problem: Problem) -> int:
    """Return a length that no route can exceed: the shortest visits, one after the other, fill the longest shift."""
    shifts, visits = problem.shifts, problem.visits
    if not len(visits) or not len(shifts):
        return 1
    longest = int((shifts.regular_end_s + shifts.overtime_cap_s - shifts.start_s).max())
    spent = np.cumsum(np.sort(visits.service_s.min(axis=1)))
    fitting = int(np.searchsorted(spent, longest, side="right"))
    limits = np.where(shifts.max_visits == NONE, len(visits), shifts.max_visits)
    return max(1, min(fitting, int(limits.max()), len(visits)))


def has_open_timings(problem: Problem) -> bool:
    """Tell whether a stage can have more than one label: there are breaks or promised intervals."""
    return bool(len(problem.shifts.break_latest_s.values)) or bool((problem.visits.promised_from_s != NONE).any())


def new_state(problem: Problem) -> State:
    """Return the state of a problem, for ``moves.clear`` or ``moves.load`` to fill."""
    n_shifts, n_visits, length = problem.n_shifts, problem.n_visits, longest_route(problem)
    stages, width = 2 * n_shifts * (length + 2) + 2, MAX_LABELS if has_open_timings(problem) else 1
    shapes = {
        "route": (2 * n_shifts, length + 1),
        "row": (2 * n_shifts, ROUTE_COLUMNS),
        "stage": (stages, STAGE_COLUMNS),
        "label": (stages * width + 1, LABEL_COLUMNS),
        "side": (n_shifts, SIDE_COLUMNS),
        "whereabouts": (n_visits + 1, VISIT_STATE_COLUMNS),
        "left": problem.technicians.stock.shape,
        "cache": (n_visits, n_shifts, CACHE_COLUMNS),
        "best": (n_shifts, length + 2),
        "counter": (COUNTERS,),
    }
    return State(**{name: np.zeros(shape, np.int64) for name, shape in shapes.items()})
