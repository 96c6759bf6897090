"""What the search works on: the routes with their labels, so that a change is simulated from where it happens.

Each shift has two rows in the arrays of routes, ``2 * s`` and ``2 * s + 1``; ``side[s]`` tells which one stands. A move works on
the other row, so that taking it back costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from solver.labels import LABEL_COLUMNS, MAX_LABELS
from solver.problem import NONE
from solver.schedule import PREFIX_COLUMNS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from solver.problem import Bools, Ints, Problem
    from solver.tables import Tables

(
    ABSENT,
    CURRENT_TICKS,
    BEST_TICKS,
    NEXT_STAMP,
    TOUCHED,
    RUINED,
    POOLED,
    ITERATIONS,
    COUNTER_COLUMNS,
) = range(9)
"""Columns of ``counter``: visits in ``absent``; cost of the standing and of the best routes; the next stamp of a changed
route; shifts in ``touched``; visits the last ruin took out; columns in the pool; iterations done."""


class State(NamedTuple):
    """The standing routes, the best ones, and work space. Rows of routes are as the module says.

    ``route`` (2 S, L) visits, ``length`` (2 S,), ``ticks`` (2 S,) cost, ``stamp`` (2 S,) changes with the content;
    ``labels`` (2 S, L + 1, M, …), ``counts`` and ``prefix`` after each stop, ``latest`` (2 S, L + 1) last arrival at
    each stop that keeps the rest feasible. ``where`` (V,) shift of a visit or NONE; ``left`` (T, P) parts left in the vans.
    ``cache_*`` (V, S): the best insertion of a visit into a route with that stamp. ``best_*`` the best plan found.
    """

    route: Ints
    length: Ints
    ticks: Ints
    stamp: Ints
    labels: Ints
    counts: Ints
    prefix: Ints
    latest: Ints
    side: Ints
    where: Ints
    left: Ints
    absent: Ints
    touched: Ints
    is_touched: Bools
    counter: Ints
    cache_ticks: Ints
    cache_at: NDArray[np.int32]
    cache_stamp: Ints
    best_route: Ints
    best_length: Ints
    is_dirty: Bools
    scratch: Ints
    ahead: Ints
    behind: Ints
    added: Ints


def longest_route(problem: Problem) -> int:
    """Return a length that no route can exceed: the shortest visits of all, one after the other, fill the longest shift."""
    shifts, visits = problem.shifts, problem.visits
    if not len(visits) or not len(shifts):
        return 1
    longest = int((shifts.regular_end_s + shifts.overtime_cap_s - shifts.start_s).max())
    spent = np.cumsum(np.sort(visits.service_s.min(axis=1)))
    fitting = int(np.searchsorted(spent, longest, side="right"))
    limits = np.where(shifts.max_visits == NONE, len(visits), shifts.max_visits)
    return max(1, min(fitting, int(limits.max()), len(visits)))


def has_open_timings(problem: Problem) -> bool:
    """Tell whether a stop can have more than one label: there are breaks or promised intervals."""
    return bool(len(problem.shifts.break_latest_s.values)) or bool((problem.visits.promised_from_s != NONE).any())


def new_state(problem: Problem, tables: Tables) -> State:
    """Return a state of empty routes with every visit absent. ``counter`` is to be set by ``moves.reset``."""
    n_shifts, n_visits, length = problem.n_shifts, problem.n_visits, longest_route(problem)
    rows, labels = 2 * n_shifts, MAX_LABELS if has_open_timings(problem) else 1
    return State(
        route=np.zeros((rows, length + 1), np.int64),
        length=np.zeros(rows, np.int64),
        ticks=np.zeros(rows, np.int64),
        stamp=np.zeros(rows, np.int64),
        labels=np.zeros((rows, length + 2, labels, LABEL_COLUMNS), np.int64),
        counts=np.zeros((rows, length + 2), np.int64),
        prefix=np.zeros((rows, length + 2, PREFIX_COLUMNS), np.int64),
        latest=np.zeros((rows, length + 2), np.int64),
        side=np.zeros(n_shifts, np.int64),
        where=np.full(n_visits, NONE, np.int64),
        left=tables.stock.copy(),
        absent=np.zeros(n_visits + 1, np.int64),
        touched=np.zeros(n_shifts, np.int64),
        is_touched=np.zeros(n_shifts, np.bool_),
        counter=np.zeros(COUNTER_COLUMNS, np.int64),
        cache_ticks=np.zeros((n_visits, n_shifts), np.int64),
        cache_at=np.zeros((n_visits, n_shifts), np.int32),
        cache_stamp=np.zeros((n_visits, n_shifts), np.int64),
        best_route=np.zeros((n_shifts, length + 1), np.int64),
        best_length=np.zeros(n_shifts, np.int64),
        is_dirty=np.ones(n_shifts, np.bool_),
        scratch=np.zeros(LABEL_COLUMNS, np.int64),
        ahead=np.zeros((labels, LABEL_COLUMNS), np.int64),
        behind=np.zeros((labels, LABEL_COLUMNS), np.int64),
        added=np.zeros((2, PREFIX_COLUMNS), np.int64),
    )
