"""The problem laid out for the kernels: few wide integer tables, one row a stop or a shift.

A kernel that takes fifty arrays is slow to compile and slow to call, so the columns of ``Visits`` and ``Shifts`` that
it reads stand side by side in two tables; lists (windows, steps, breaks, parts) are rows of one more table. Everything
that does not depend on the route, such as who may take a visit and what that assignment costs, is worked out here once,
by the rules' own files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from solver.columns import BREAK_FIRST, HEAD_PLACE, IS_FACT, VISIT
from solver.laying_out.lists import Lists
from solver.laying_out.pairs import joined_pairs, pair_table
from solver.laying_out.shift_rows import shift_table
from solver.laying_out.stop_rows import stop_table
from solver.laying_out.supplies import lay_out_supplies
from solver.problem import NONE
from solver.rules import facts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from solver.problem import Ints, Problem


class Tables(NamedTuple):
    """What the kernels read; few arrays, for each one is several arguments in a compiled call.

    ``travel`` (n_profiles, n_places, n_places, 2) SECONDS, METRES; ``stop`` (stops as ``solver.stops`` numbers them,
    STOP_COLUMNS); ``shift`` (n_shifts, SHIFT_COLUMNS); ``pair`` (n_visits, n_technicians, 2) SERVICE seconds and ASSIGN
    ticks, FORBIDDEN where a rule on the pair fails; ``row`` (n, 4) the rows of all lists, to which columns of stops and
    shifts point (first, past the last): windows (EARLIEST, LATEST), steps (AFTER, RATE), breaks (EARLIEST to PAID),
    needs (ITEM, PIECES) and so on; ``supply`` (n_steps, 2) FROM when on the TOTAL pieces of an item have arrived at a
    place that keeps stock. Items are the parts and then the tools.
    """

    travel: NDArray[np.int32]
    stop: Ints
    shift: Ints
    pair: Ints
    row: Ints
    supply: Ints


class Kept(NamedTuple):
    """Tables of an earlier ``problem`` in which the same technicians, but for their stock, drive the same roads.

    ``rows`` are the earlier rows of the visits (n_visits,), any for those that are new; ``visits`` and ``shifts`` are
    the rows of those that are new or other. A shift is other where one of its facts is.
    """

    problem: Problem
    tables: Tables
    rows: Ints
    visits: Ints
    shifts: Ints


def build_tables(problem: Problem, kept: Kept | None = None) -> Tables:
    """Lay a problem out for the kernels; what is ``kept`` of earlier tables is not worked out again."""
    lists = Lists()
    supplies = lay_out_supplies(problem, lists)
    stop = _kept_stops(problem, kept, lists)
    stop = stop_table(problem, lists, supplies) if stop is None else stop
    shift = shift_table(problem, lists, supplies, _heads(problem, kept))
    return Tables(
        travel=problem.travel.side_by_side,
        stop=stop,
        shift=shift,
        pair=pair_table(problem) if kept is None else joined_pairs(problem, kept.tables.pair, kept.rows, kept.visits),
        row=lists.table(),
        supply=supplies.steps,
    )


def _kept_stops(problem: Problem, kept: Kept | None, lists: Lists) -> Ints | None:
    """Return the rows of stops of which nothing has changed but whether they are facts, and write their lists."""
    if kept is None or not problem.n_shifts or not _has_same_stops(problem, kept.problem):
        return None
    first_of_shifts = int(kept.tables.shift[0, BREAK_FIRST])
    lists.take(kept.tables.row[len(lists) : first_of_shifts])
    stop, is_fact = kept.tables.stop.copy(), np.zeros(problem.n_visits, np.int64)
    is_fact[problem.shifts.fact_visit.values] = 1
    served = stop[:, VISIT] != NONE
    stop[served, IS_FACT] = is_fact[stop[served, VISIT]]
    return stop


def _has_same_stops(problem: Problem, before: Problem) -> bool:
    stock = [name for name in vars(problem.stock) if not name.startswith("van_")]
    return (
        problem.visits is before.visits
        and problem.sourcings is before.sourcings
        and problem.meetings is before.meetings
        and problem.horizon_s == before.horizon_s
        and all(getattr(problem.stock, name) is getattr(before.stock, name) for name in stock)
    )


def _heads(problem: Problem, kept: Kept | None) -> Ints:
    if kept is None:
        return facts.heads(problem)
    heads = kept.tables.shift[:, HEAD_PLACE:].copy()
    for s in kept.shifts.tolist():
        heads[s] = facts.head(problem, s)
    return heads
