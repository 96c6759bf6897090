"""What the search works on: the routes with their labels, so that a change is simulated from where it happens.

Each shift has two rows of routes, ``2 * s`` and ``2 * s + 1``; ``side[s]`` tells which one stands. A move works on the
other row, so that taking it back costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from solver.columns import NEED_END, NEED_FIRST, PARCEL_END, PARCEL_FIRST
from solver.jit import inlined
from solver.labels import LABEL_COLUMNS, MAX_LABELS
from solver.problem import NONE
from solver.routing import Line
from solver.schedule import STAGE_COLUMNS, STAY_COLUMNS

if TYPE_CHECKING:
    from solver.problem import Ints, Problem
    from solver.tables import Tables

MOST_RESTOCKS = 40
LONGEST_LEDGER = 400
LEDGER_COLUMNS = len(Line._fields)

(
    ABSENT,
    CURRENT_TICKS,
    BEST_TICKS,
    NEXT_STAMP,
    TOUCHED,
    NEXT_SUPPLY,
    IS_SHORT,
    IS_CUT,
    POOLED,
    POOL_USED,
    ITERATIONS,
    NO_NIGHT,
    FOCUSED_SHIFTS,
    FOCUSED_VISITS,
    COUNTERS,
) = range(15)
"""Entries of ``counter``: absent visits; cost of the standing and of the best routes; the next stamp of a changed
route; touched shifts; the next stamp of a change in what is left of parts and tools; whether the last visit
looked at was short of something, and whether it was looked at up to a bound only; columns in the pool and what they
fill of it; iterations done; whether the night's load is left out of account, the van having no room for it; the shifts
and the visits in focus. Behind them stand the seconds that all routes together are free for each reserve."""

LENGTH, TICKS, STAMP, ENTRIES, RESTOCKS, WORK_S, IDLE_S, ROUTE_COLUMNS = range(8)
"""Columns of ``row``: stops of a route, its cost, a number that changes with its content, lines of its ledger,
how many of its stops are no visits; seconds of driving and work, facts included, and the seconds that are paid for
beyond those since the facts, or NOT_KNOWN."""
OVER_S, FREE_S = ROUTE_COLUMNS, ROUTE_COLUMNS + 1
"""Columns behind these where there are reserves: when a route is over, and the first of a column for each reserve, for
how many seconds it is free. Without any, a row fits into a line of the processor's cache."""

NOT_KNOWN = -1

SPARE_ROWS = 16
"""An array of a state has room for so many rows more."""

SIDE, IS_TOUCHED, TOUCHED_AS, IS_DIRTY, LEAST_TICKS, IS_FOCUSED, FOCUSED_AS, SIDE_COLUMNS = range(8)
"""Columns of ``side``: the row that stands; whether the move under way has touched the shift; the list of touched
shifts (entry k is its k-th); whether the route has changed since the best plan was kept; the least that the visit
that is looked at can add; whether the shift is in focus; the list of those that are."""

WHERE, ABSENT_AS, ABSENT_BEFORE, SOUGHT_AS, VISIT_STATE_COLUMNS = range(5)
"""Columns of ``whereabouts``: the shift of a visit or NONE; the list of absent visits in focus, and that before the
move; the list of the visits in focus."""

ADDED_TICKS, OF_STAMP, OF_SUPPLY, HOW, PLACED_TICKS, PLACED_OF_STAMP, PLACED_AT, CACHE_COLUMNS = range(8)
"""Columns of ``cache``: the best insertion of a visit into a route as it was with that stamp; OF_SUPPLY the stamp of
what was left, -1 where it does not matter; HOW as ``solver.search.recreate`` packs it. PLACED_TICKS is what the route
costs with the visit if its parts cost nothing, with the stamp of that; PLACED_AT where, NONE where that is only the
least that it costs."""
FROM_PLACE, READY, TO_PLACE, BY, STRAIGHT_S, STRAIGHT_M, DETOUR_S, GAP_COLUMNS = range(8)
"""Columns of ``gap``: the place before it; when the route can leave there, more than NEVER where it does not come so
far; the place behind it, below 0 where the route ends; the last arrival there that leaves the rest feasible; seconds
and metres straight on; seconds more by way of the restock that is looked at."""

NO_RESTOCK, BEHIND = -1, -2
"""In place of a restock that is put in with a visit: none, or one that the route has already."""


class State(NamedTuple):
    """The standing routes, the best ones, and work space, for S shifts, V visits and routes of up to L stops.

    ``route`` (2 S + 1, L + 1) stops by number, the last row for trying things out; ``row`` (2 S + 1, ROUTE_COLUMNS and
    where there are reserves more); ``stay`` (2 S + 2, L + 3, …) of each stop, see ``solver.schedule``, the last row for
    ``solver.search.free_time``; ``ledger`` (2 S + 1, K, …), see
    ``solver.search.ledger``; ``stage`` of each row of routes L + 2 stages and two spare ones at the end; ``label`` a
    row for each label of each stage and a spare one; ``gap`` (2 S + 1, L + 1, …) a row before each stop of a route and
    behind the last, see ``solver.search.gaps``; ``side`` (S, …); ``whereabouts`` (2 V + 1, …); ``left`` (T, items)
    pieces left in the vans; ``supply_left`` (steps,) pieces left at the places that keep stock; ``cache`` (V, S, …);
    ``best`` (S, L + 3) length, stops and ledger lines of the best routes, ``best_ledger`` (S, K, …) those lines;
    ``counter`` (COUNTERS and one for each reserve,).
    """

    route: Ints
    row: Ints
    stay: Ints
    ledger: Ints
    stage: Ints
    label: Ints
    gap: Ints
    side: Ints
    whereabouts: Ints
    left: Ints
    supply_left: Ints
    cache: Ints
    best: Ints
    best_ledger: Ints
    counter: Ints


@inlined
def standing_row(side: Ints, s: int) -> int:
    """Return the row of the standing route of shift ``s``."""
    return 2 * s + side[s, SIDE]


@inlined
def other_row(side: Ints, s: int) -> int:
    """Return the row of shift ``s`` that does not stand: once it is touched, its route before the move under way."""
    return 2 * s + 1 - side[s, SIDE]


@inlined
def reserve_count(row: Ints) -> int:
    """Return how many reserves there are; ``row`` is the state's."""
    return max(0, row.shape[1] - FREE_S)


def standing_stops(state: State) -> tuple[Ints, Ints]:
    """Return the stops (S, L + 1) of the standing routes, and how many each has."""
    rows = 2 * np.arange(len(state.side)) + state.side[:, SIDE]
    return state.route[rows], state.row[rows, LENGTH]


@inlined
def trial_row(route: Ints) -> int:
    """Return the row of routes on which things are tried out."""
    return len(route) - 1


@inlined
def keeps_books(ledger: Ints) -> bool:
    """Tell whether any visit needs parts or lent tools, so that routes have ledgers."""
    return ledger.shape[1] > 0


@inlined
def first_stage(route: Ints, r: int) -> int:
    """Return the stage of row ``r`` before its first stop."""
    return r * (route.shape[1] + 1)


@inlined
def label_width(label: Ints, stage: Ints) -> int:
    """Return how many labels each stage has room for."""
    return len(label) // len(stage)


def longest_route(problem: Problem) -> int:
    """Return a length that no route can exceed: the shortest visits, one after the other, fill the longest shift.

    As many restocks as visits come on top, up to MOST_RESTOCKS.
    """
    shifts, visits = problem.shifts, problem.visits
    if not len(visits) or not len(shifts):
        return 1
    longest = int((shifts.regular_end_s + shifts.overtime_cap_s - shifts.start_s).max())
    spent = np.cumsum(np.sort(visits.service_s.min(axis=1)))
    fitting = int(np.searchsorted(spent, longest, side="right"))
    limits = np.where(shifts.max_visits == NONE, len(visits), shifts.max_visits)
    most = max(1, min(fitting, int(limits.max()), len(visits)))
    return most + (min(most, MOST_RESTOCKS) if len(problem.stock) + len(problem.meetings) else 0)


def longest_ledger(length: int, tables: Tables) -> int:
    """Return how many lines the ledger of a route of so many stops has room for, none where no visit needs anything."""
    lines = (tables.stop[:, NEED_END] - tables.stop[:, NEED_FIRST]) + (
        tables.stop[:, PARCEL_END] - tables.stop[:, PARCEL_FIRST]
    )
    if not len(lines) or not lines.max():
        return 0
    return int(min(length * lines.max() * 2, LONGEST_LEDGER))


def has_open_timings(problem: Problem) -> bool:
    """Tell whether a stage can have more than one label.

    There are breaks or promised intervals, or routes that last too long if they depart when lateness costs least.
    """
    shifts, visits = problem.shifts, problem.visits
    is_late = len(visits.response.rate.values) or len(visits.restore.rate.values) or visits.downtime_ticks_per_s.any()
    return bool(
        len(shifts.break_latest_s.values)
        or (visits.promised_from_s != NONE).any()
        or (is_late and (shifts.max_duration_s != NONE).any())
    )


def van_items(problem: Problem) -> Ints:
    """Return what the vans hold at the beginning (n_technicians, items): pieces of the parts, then tools."""
    return np.concatenate([problem.technicians.stock, problem.technicians.has_tool.astype(np.int64)], axis=1)


def new_state(problem: Problem, tables: Tables, used: State | None = None) -> State:
    """Return the state of a problem, for ``moves.load`` to fill.

    ``used`` is one that nobody needs any more: its arrays are taken as far as they are large enough.
    """
    n_shifts, n_visits, length = problem.n_shifts, problem.n_visits, longest_route(problem)
    n_rows, lines = 2 * n_shifts + 1, longest_ledger(length, tables)
    stages, width = n_rows * (length + 2) + 2, MAX_LABELS if has_open_timings(problem) else 1
    shapes = {
        "route": (n_rows, length + 1),
        "row": (n_rows, FREE_S + len(problem.reserves) if len(problem.reserves) else ROUTE_COLUMNS),
        "stay": (n_rows + 1, length + 3, STAY_COLUMNS),
        "ledger": (n_rows, lines, LEDGER_COLUMNS),
        "stage": (stages, STAGE_COLUMNS),
        "label": (stages * width + 1, LABEL_COLUMNS),
        "gap": (n_rows, length + 1, GAP_COLUMNS),
        "side": (n_shifts, SIDE_COLUMNS),
        "whereabouts": (2 * n_visits + 1, VISIT_STATE_COLUMNS),
        "left": van_items(problem).shape,
        "supply_left": (len(tables.supply),),
        "cache": (n_visits, n_shifts, CACHE_COLUMNS),
        "best": (n_shifts, length + 3),
        "best_ledger": (n_shifts, lines, LEDGER_COLUMNS),
        "counter": (COUNTERS + len(problem.reserves),),
    }
    state = State(
        **{name: _room(shape, None if used is None else getattr(used, name)) for name, shape in shapes.items()}
    )
    state.counter[:] = 0
    return state


def _room(shape: tuple[int, ...], used: Ints | None) -> Ints:
    """Return an array in a larger one, so that a later problem with a few visits more finds room in it."""
    whole = None if used is None else used if used.base is None else used.base
    if whole is None or whole.shape[1:] != shape[1:] or len(whole) < shape[0]:
        whole = np.zeros((shape[0] + SPARE_ROWS, *shape[1:]), np.int64)
    return whole[: shape[0]]
