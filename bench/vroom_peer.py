"""VROOM as a peer, through pyvroom, at its exploration levels 0, 3 and 5.

It pays for driving and not for waiting or work, and it serves as many calls as it can before it looks at costs. So
under its rules wages are paid for driving alone, and drop prices become its priorities from 0 to 100. Each shift is a
profile whose cost matrix holds the money; a visit's skill is its own number, held by those who may serve it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import vroom

from bench.matrices import Nodes, Pairs, binding_parts, legs_of, nodes_of, pairs_of
from bench.peer import Answer, Routes, Task
from bench.rules import (
    BUFFERS,
    DURATIONS,
    FAIRNESS,
    LATENESS,
    LIMITS,
    OVERTIME,
    PINS,
    RESERVES,
    RETIMING,
    SHARED_STOCK,
    SUPPLY,
    UNPAID_BREAKS,
    Reduction,
    RuleSet,
    priced_as_distance,
)
from dispatch_engine.clock import Stopwatch
from solver.money import TICKS_PER_UNIT
from solver.problem import NONE

if TYPE_CHECKING:
    from solver.problem import Ints, Problem

CENT = TICKS_PER_UNIT // 100
"""VROOM's costs are 32-bit numbers, so they are counted in cents."""

DRIVING_WAGES = Reduction(
    "wages but for driving, prices below a cent", lambda problem: priced_as_distance(problem, CENT)
)
RULES = RuleSet(
    "vroom",
    (
        SUPPLY,
        PINS,
        RETIMING,
        FAIRNESS,
        UNPAID_BREAKS,
        LATENESS,
        OVERTIME,
        LIMITS,
        DURATIONS,
        BUFFERS,
        RESERVES,
        SHARED_STOCK,
        DRIVING_WAGES,
    ),
)

NO_WAY = 1_000_000
"""Cents for an arc that cannot be driven; its duration rules it out."""


class _Ground(NamedTuple):
    problem: Problem
    nodes: Nodes
    pairs: Pairs
    parts: list[int]
    order: Ints


def _ground(task: Task) -> _Ground:
    problem, pairs = task.problem, pairs_of(task.problem)
    order = np.random.default_rng(task.seed).permutation(problem.n_visits)
    return _Ground(problem, nodes_of(problem), pairs, binding_parts(problem, pairs.allowed), order)


def _input(ground: _Ground) -> vroom.Input:
    model = vroom.Input()
    for s in range(ground.nodes.n_shifts):
        _add_profile(model, ground, s)
        model.add_vehicle(_vehicle(ground, s))
    for v in ground.order.tolist():
        job = _job(ground, v)
        if job is not None:
            model.add_job(job)
    return model


def _profile(s: int) -> str:
    return f"shift {s}"


def _add_profile(model: vroom.Input, ground: _Ground, s: int) -> None:
    shifts, nodes = ground.problem.shifts, ground.nodes
    legs = legs_of(ground.problem, nodes, s)
    arrival = np.zeros(len(nodes.place), np.int64)
    arrival[: nodes.n_visits] = (ground.pairs.ticks[:, s] + shifts.visit_ticks[s]) // CENT
    cents = np.where(legs.blocked, NO_WAY, legs.metres + arrival[None, :])
    np.fill_diagonal(cents, 0)
    model.set_durations_matrix(_profile(s), legs.seconds)
    model.set_costs_matrix(_profile(s), cents)


def _vehicle(ground: _Ground, s: int) -> vroom.Vehicle:
    shifts, nodes = ground.problem.shifts, ground.nodes
    columns = (shifts.break_earliest_s, shifts.break_latest_s, shifts.break_duration_s)
    rests = enumerate(zip(*(column.row(s) for column in columns), strict=True))
    is_open = shifts.end_place[s] == NONE
    return vroom.Vehicle(
        s,
        start=nodes.start(s),
        end=None if is_open else nodes.end(s),
        profile=_profile(s),
        type=_profile(s),
        capacity=ground.problem.technicians.stock[shifts.technician[s], ground.parts].tolist(),
        skills=set(np.flatnonzero(ground.pairs.allowed[:, s]).tolist()),
        time_window=vroom.TimeWindow(int(shifts.start_s[s]), int(shifts.regular_end_s[s])),
        breaks=[vroom.Break(number, [vroom.TimeWindow(a, b)], duration) for number, (a, b, duration) in rests],
        costs=vroom.VehicleCosts(fixed=int(shifts.fixed_ticks[s]) // CENT),
        max_tasks=ground.nodes.n_visits if shifts.max_visits[s] == NONE else int(shifts.max_visits[s]),
    )


def _job(ground: _Ground, v: int) -> vroom.Job | None:
    """Return a visit as a job, None where it cannot begin at all."""
    visits, technician = ground.problem.visits, ground.problem.shifts.technician
    given = list(zip(visits.window_earliest_s.row(v), visits.window_latest_s.row(v), strict=True))
    horizon_s = int(ground.problem.shifts.regular_end_s.max(initial=0))
    release_s = int(visits.release_s[v])
    windows = [(max(first, release_s), last) for first, last in given or [(0, max(horizon_s, release_s))]]
    windows = [(first, last) for first, last in windows if first <= last]
    if not windows:
        return None
    work = {_profile(s): int(visits.service_s[v, technician[s]]) for s in range(ground.nodes.n_shifts)}
    return vroom.Job(
        v,
        location=v,
        default_service=int(visits.service_s[v].max(initial=0)),
        service_per_type=work,
        delivery=visits.parts[v, ground.parts].tolist(),
        skills={v},
        priority=_priority(ground, v),
        time_windows=[vroom.TimeWindow(first, last) for first, last in windows],
    )


def _priority(ground: _Ground, v: int) -> int:
    return int(np.ceil(100 * ground.pairs.drop[v] / max(1, ground.pairs.drop.max())))


def _routes(ground: _Ground, solution: vroom.Solution) -> Routes:
    routes: Routes = [[] for _ in range(ground.nodes.n_shifts)]
    steps = solution.routes
    for shift, kind, visit in zip(steps["vehicle_id"], steps["type"], steps["id"], strict=True):
        if kind == "job":
            routes[int(shift)].append(int(visit))
    return routes


@dataclass(frozen=True)
class Vroom:
    """The library at one level of exploration; it may end before the time is up."""

    name: str
    exploration: int
    rules: RuleSet = RULES

    def answer(self, task: Task) -> Answer:
        """Search at the level of exploration, at most for the whole time."""
        ground = _ground(task)
        model = _input(ground)
        watch = Stopwatch()
        solution = model.solve(self.exploration, nb_threads=1, timeout=timedelta(seconds=task.time_limit_s))
        return Answer(_routes(ground, solution), watch.elapsed_s, note=f"exploration {self.exploration}")


PEERS = (Vroom("vroom-x0", 0), Vroom("vroom-x3", 3), Vroom("vroom-x5", 5))
