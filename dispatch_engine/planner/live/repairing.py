"""Keep what still fits of the routes, and put in what is absent. Importing this loads the solver's kernels."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np

from dispatch_engine.planner.live.judging import Found, checked, kept_routes, priced, running_plan
from dispatch_engine.planner.live.leaving_out import left_out_anew, left_out_still
from dispatch_engine.planner.live.ledgers import Ledgers
from solver.columns import DROP, IS_FACT
from solver.objective import Objective
from solver.params import SearchParams
from solver.routing import Line, Routing
from solver.search.order import WEIGHTS
from solver.search.worker import Ground, Search
from solver.tables import Kept, build_tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dispatch_engine.planner.live.running import RunningPlan
    from dispatch_engine.planner.live.succession import Succession
    from dispatch_engine.planner.translate import Translation
    from dispatch_engine.planner.updating import Change
    from solver.problem import Bools
    from solver.search.state import State
    from solver.tables import Tables

ITEM, PIECES, STEP = (Line._fields.index(name) for name in ("item", "pieces", "step"))
_USED: list[State] = []
"""The states of repairs that are over, for the next ones to use their memory: as many as there were at a time."""
ONE_COLUMN = 1
"""A repair collects no columns, and a pool has room for one at least."""


def begun(translation: Translation, start: Sequence[Sequence[int]], seed: int) -> RunningPlan:
    """Return the plan that keeps of ``start`` (stops of each shift) what is feasible, with what is absent put in.

    Raises
    ------
    PlanRejectedError
        It breaks a rule.
    """
    tables = build_tables(translation.solver_problem)
    with _filled_up(translation, tables, start, seed) as search:
        found = Found(translation, tables, tuple(search.best_routes()), Ledgers.best_of(search.state))
        objective = Objective(translation.solver_problem, tables)
        routes = priced(found, objective, {})
        report = checked(found, routes.solution, {})
        return running_plan(found, objective, routes, report, left_out_anew(found, routes.left_out, search.state), {})


def repaired(running: RunningPlan, succession: Succession, seed: int) -> RunningPlan:
    """Return a running plan made fit for a later state of its problem.

    What still can be done stays; what is new, or has fallen out, is put in where it costs least. Calls that were left
    out before are not tried again: they would not fit, or somebody searches for longer.

    Raises
    ------
    PlanRejectedError
        It breaks a rule.
    """
    translation, change = succession.later, succession.change
    tables = build_tables(translation.solver_problem, None if change is None else _kept_tables(running, change))
    start = [() if row is None else succession.stops(running.routings[row].stops) for row in succession.shift_rows]
    searched = _without(tables, _left_out_still(running, succession))
    with _filled_up(translation, searched, start, seed) as search:
        ledgers = Ledgers.best_of(search.state)
        stands = _stands(running, succession, start, search, ledgers)
        found = Found(translation, tables, _routings(running, search, stands, ledgers), ledgers)
        objective = Objective(translation.solver_problem, tables)
        routes = priced(found, objective, kept_routes(running, succession, stands))
        report = checked(found, routes.solution, {s: route.record for s, route in routes.kept.items()})
        unplanned = left_out_still(found, routes.left_out, running.unplanned, succession, search.state)
        return running_plan(found, objective, routes, report, unplanned, running.routes)


def _stands(
    running: RunningPlan, succession: Succession, start: Sequence[Sequence[int]], search: Search, now: Ledgers
) -> Bools:
    """Tell for each shift whether its route has all the stops that it had, and takes the same from where it did."""
    change = succession.change
    if change is None:
        return np.zeros(len(start), np.bool_)
    best, before = search.state.best.tolist(), running.routings
    is_whole = [
        row[0] == len(was.stops) and row[1 : 1 + row[0]] == list(stops)
        for row, stops, was in zip(best, start, before, strict=True)
    ]
    ledgers = running.ledgers
    stands = np.array(is_whole, np.bool_) & ledgers.same(now)
    if change.has_new_names:  # what comes from elsewhere than the van can have other numbers
        n_parts = running.translation.solver_problem.technicians.stock.shape[1]
        lines = ledgers.lines
        stands &= ~((lines[:, :, STEP] >= 0) & (lines[:, :, PIECES] != 0) | (lines[:, :, ITEM] >= n_parts)).any(axis=1)
    return stands


def _routings(running: RunningPlan, search: Search, stands: Bools, ledgers: Ledgers) -> tuple[Routing, ...]:
    """Return the best routes of a search; ledgers that are the same are those of before."""
    return tuple(
        Routing(tuple(row[1 : 1 + row[0]]), running.routings[s].ledger if stands[s] else ledgers.row(s))
        for s, row in enumerate(search.state.best.tolist())
    )


def _kept_tables(running: RunningPlan, change: Change) -> Kept:
    calls, shifts = (np.array(sorted(rows), np.int64) for rows in (change.calls, change.shifts))
    return Kept(running.translation.solver_problem, running.tables, np.maximum(change.earlier_row, 0), calls, shifts)


def _left_out_still(running: RunningPlan, succession: Succession) -> list[int]:
    """Return the visits that were left out before and are the same calls now."""
    rows = (succession.later.frame.index.visit.get(name) for name in running.unplanned)
    return [row for row in rows if row is not None and row not in succession.changed_calls]


def _without(tables: Tables, visits: Sequence[int]) -> Tables:
    """Return tables in which some visits are nobody's any more, as facts are."""
    if not visits:
        return tables
    stop = tables.stop.copy()
    stop[visits, IS_FACT] = 1
    return tables._replace(stop=stop)


@contextmanager
def _filled_up(translation: Translation, tables: Tables, start: Sequence[Sequence[int]], seed: int) -> Iterator[Search]:
    """Open a search with the routes of ``start``, as far as they are feasible, and what is absent put in.

    What costs the most to leave out comes first. After the block another repair may have the memory of the search.
    """
    problem = translation.solver_problem
    nobody = np.zeros((2, problem.n_visits, 1), np.int32)  # who is near whom matters to a search that goes on alone
    dearest = np.tile(-tables.stop[: problem.n_visits, DROP].astype(np.float64), (len(WEIGHTS), 1))
    search = Search(Ground(problem, tables, nobody, dearest), SearchParams(), seed, 0, ONE_COLUMN, _used())
    search.start(start)
    yield search
    _USED.append(search.state)


def _used() -> State | None:
    try:
        return _USED.pop()
    except IndexError:  # another thread may take the last one after any look
        return None
