"""Trying things out: a copy of a route on the trial row, with a restock put in, simulated as it would be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.columns import HANDLING
from solver.jit import inlined, inner
from solver.labels import copy_label
from solver.schedule import HANDLING_S, LABELS, READY_S, STAGE_COLUMNS, STAY_COLUMNS, run
from solver.search.floor import note_sums
from solver.search.gaps import note_gaps
from solver.search.insertion import refresh_latest
from solver.search.ledger import strike, take_again
from solver.search.provisions import provision, takes_on
from solver.search.state import LENGTH, RESTOCKS, TICKS, first_stage, label_width, trial_row

if TYPE_CHECKING:
    from solver.problem import Ints
    from solver.search.state import State
    from solver.tables import Tables


@inner
def copy_stages(state: State, source_row: int, target_row: int, count: int) -> None:
    """Copy the first ``count`` stages of a row of routes with their labels."""
    source, target, width = (
        first_stage(state.route, source_row),
        first_stage(state.route, target_row),
        label_width(state.label, state.stage),
    )
    for at in range(count):
        for column in range(STAGE_COLUMNS):
            state.stage[target + at, column] = state.stage[source + at, column]
        for k in range(state.stage[source + at, LABELS]):
            copy_label(state.label, (source + at) * width + k, (target + at) * width + k)


@inner
def copy_with(tables: Tables, state: State, r: int, d: int, at: int) -> int:
    """Copy row ``r`` to the trial row with restock ``d`` put in before stop ``at`` (-1: none); return the trial row."""
    trial, n, shift = trial_row(state.route), state.row[r, LENGTH], 0
    for k in range(n):
        if k == at and d >= 0:
            shift = 1
        state.route[trial, k + shift] = state.route[r, k]
        for column in range(STAY_COLUMNS):
            state.stay[trial, k + shift, column] = state.stay[r, k, column]
    state.row[trial, LENGTH] = n
    state.row[trial, RESTOCKS] = state.row[r, RESTOCKS]
    if d >= 0:
        state.row[trial, LENGTH] = n + 1
        state.row[trial, RESTOCKS] += 1
        state.route[trial, at] = d
        state.stay[trial, at, HANDLING_S] = tables.stop[d, HANDLING]
        state.stay[trial, at, READY_S] = 0
    return trial


@inner
def next_restock(stop: Ints, route: Ints, row: Ints, r: int, at: int) -> int:
    """Return the next stop after ``at`` at which row ``r`` takes something on, its length where there is none."""
    n = row[r, LENGTH]
    if row[r, RESTOCKS] == 0:
        return n
    for k in range(at + 1, n):
        if takes_on(stop, route[r, k]):
            return k
    return n


@inlined
def first_restock(stop: Ints, route: Ints, row: Ints, r: int) -> int:
    """Return the first stop of row ``r`` at which it takes something on, its length where there is none."""
    return next_restock(stop, route, row, r, -1)


@inner
def simulate_trial(tables: Tables, state: State, s: int, r: int, since: int) -> int:
    """Simulate the trial row, the same as row ``r`` before its stop ``since``; return its cost."""
    trial = trial_row(state.route)
    copy_stages(state, r, trial, since + 1)
    base, n = first_stage(state.route, trial), state.row[trial, LENGTH]
    width = label_width(state.label, state.stage)
    ticks = run(tables, state.label, state.stage, width, s, base, state.route[trial], state.stay[trial], since, n)[0]
    state.row[trial, TICKS] = ticks
    note_sums(tables, state, s, trial)
    refresh_latest(tables, state, s, trial)
    note_gaps(tables, state, s, trial)
    return ticks


@inner
def can_be_provisioned(tables: Tables, state: State, s: int, r: int) -> bool:
    """Tell whether the trial row gets all that it needs once row ``r`` has given back what it takes.

    The stays and the ledger of the trial row are those that it would have then.
    """
    trial = trial_row(state.route)
    strike(tables, state, s, r)
    fine = provision(tables, state, s, trial) < 0
    if fine:
        strike(tables, state, s, trial)
    take_again(tables, state, s, r)
    return fine
