"""A reduced problem as a model of the routing library, as a user who knows it well would write it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bench.matrices import Legs, Nodes, Pairs, binding_parts, legs_of, nodes_of, pairs_of, service_of, shared_unit
from bench.ortools_routing.facade import RoutingModel
from solver.problem import NONE

if TYPE_CHECKING:
    from bench.ortools_routing.facade import TimeDimension
    from solver.problem import Ints, Problem

NO_LIMIT = 1 << 40


class Ground(NamedTuple):
    """What the parts of the model share. ``unit`` is the number of ticks in one unit of the model's costs."""

    problem: Problem
    nodes: Nodes
    pairs: Pairs
    unit: int

    @classmethod
    def of(cls, problem: Problem) -> Ground:
        """Prepare a problem."""
        pairs = pairs_of(problem)
        return cls(problem, nodes_of(problem), pairs, shared_unit(problem, pairs))

    def cost_ticks(self, objective: int) -> int:
        """Return what the library thinks that a plan of this objective costs."""
        return objective * self.unit - int(self.pairs.raised.sum())


class _Matrices:
    """Registers each different matrix once: shifts of one kind share theirs."""

    def __init__(self, model: RoutingModel) -> None:
        self._model = model
        self._known: dict[bytes, int] = {}

    def evaluator(self, values: Ints) -> int:
        key = values.tobytes()
        if key not in self._known:
            self._known[key] = self._model.matrix(values)
        return self._known[key]


def build(ground: Ground, seed: int) -> RoutingModel:
    """Build the model; ``seed`` shuffles the visits."""
    model = RoutingModel(ground.nodes, seed)
    matrices = _Matrices(model)
    legs = [legs_of(ground.problem, ground.nodes, shift) for shift in range(ground.nodes.n_shifts)]
    _add_costs(ground, model, matrices, legs)
    _add_visits(ground, model)
    _add_time(ground, model, matrices, legs)
    _add_limits(ground, model, matrices, legs)
    _add_parts(ground, model)
    return model


def _add_costs(ground: Ground, model: RoutingModel, matrices: _Matrices, legs: list[Legs]) -> None:
    shifts, nodes = ground.problem.shifts, ground.nodes
    for s in range(nodes.n_shifts):
        arrival = np.zeros(len(nodes.place), np.int64)
        arrival[: nodes.n_visits] = ground.pairs.ticks[:, s] + shifts.visit_ticks[s]
        ticks = legs[s].metres * shifts.distance_ticks_per_m[s] + arrival[None, :]
        model.arc_cost(s, matrices.evaluator(ticks // ground.unit))
        model.fixed_cost(s, int(shifts.fixed_ticks[s]) // ground.unit)


def _add_visits(ground: Ground, model: RoutingModel) -> None:
    for v in range(ground.nodes.n_visits):
        model.drop_cost(v, int(ground.pairs.drop[v]) // ground.unit)
        model.allow(v, np.flatnonzero(ground.pairs.allowed[v]).tolist())


def _hard_end(ground: Ground, s: int) -> int:
    return int(ground.problem.shifts.regular_end_s[s] + ground.problem.shifts.overtime_cap_s[s])


def _horizon_s(ground: Ground) -> int:
    return max((_hard_end(ground, s) for s in range(ground.nodes.n_shifts)), default=0)


def _add_time(ground: Ground, model: RoutingModel, matrices: _Matrices, legs: list[Legs]) -> None:
    problem, nodes = ground.problem, ground.nodes
    service = [service_of(problem, nodes, s) for s in range(nodes.n_shifts)]
    evaluators = [matrices.evaluator(legs[s].seconds + service[s][:, None]) for s in range(nodes.n_shifts)]
    time = model.time(evaluators, _horizon_s(ground))
    for v in range(nodes.n_visits):
        _add_start(ground, model, time, v)
    for s in range(nodes.n_shifts):
        _add_shift(ground, time, s, service[s])


def _add_start(ground: Ground, model: RoutingModel, time: TimeDimension, v: int) -> None:
    visits, horizon_s = ground.problem.visits, _horizon_s(ground)
    release_s = int(visits.release_s[v])
    given = list(zip(visits.window_earliest_s.row(v), visits.window_latest_s.row(v), strict=True))
    windows = [(max(first, release_s), last) for first, last in given or [(0, horizon_s)] if last >= release_s]
    windows = [(first, min(last, horizon_s)) for first, last in windows if first <= horizon_s]
    if windows:
        time.visit_starts(v, windows)
    else:
        model.allow(v, [])
    for after_s, rate in visits.response.row(v):
        time.visit_late(v, after_s, rate // ground.unit)


def _add_shift(ground: Ground, time: TimeDimension, s: int, service: Ints) -> None:
    shifts, unit = ground.problem.shifts, ground.unit
    start_s, end_s = int(shifts.start_s[s]), _hard_end(ground, s)
    # Paid from the shift's start is paid from a departure that is fixed to it: waiting is paid just the same.
    time.shift(s, (start_s, end_s if shifts.paid_from_departure[s] else start_s), end_s)
    time.wage(s, int(shifts.wage_ticks_per_s[s]) // unit)
    if shifts.overtime_cap_s[s] > 0 and shifts.overtime_ticks_per_s[s] > 0:
        time.end_late(s, int(shifts.regular_end_s[s]), int(shifts.overtime_ticks_per_s[s]) // unit)
    columns = (shifts.break_earliest_s, shifts.break_latest_s, shifts.break_duration_s)
    breaks = list(zip(*(column.row(s) for column in columns), strict=True))
    if breaks:
        time.breaks(s, breaks, service)
    time.settle(s)


def _add_limits(ground: Ground, model: RoutingModel, matrices: _Matrices, legs: list[Legs]) -> None:
    shifts, n_shifts = ground.problem.shifts, ground.nodes.n_shifts
    each = np.zeros(len(ground.nodes.place), np.int64)
    each[: ground.nodes.n_visits] = 1
    if (shifts.max_visits != NONE).any():
        model.capacities("visits", [model.vector(each)] * n_shifts, _limits(shifts.max_visits))
    if (shifts.max_driving_s != NONE).any():
        driving = [matrices.evaluator(leg.seconds) for leg in legs]
        model.capacities("driving", driving, _limits(shifts.max_driving_s))
    if (shifts.max_distance_m != NONE).any():
        metres = [matrices.evaluator(leg.metres) for leg in legs]
        model.capacities("distance", metres, _limits(shifts.max_distance_m))


def _limits(column: Ints) -> list[int]:
    return [NO_LIMIT if limit == NONE else int(limit) for limit in column]


def _add_parts(ground: Ground, model: RoutingModel) -> None:
    problem, nodes = ground.problem, ground.nodes
    technician = problem.shifts.technician
    for part in binding_parts(problem, ground.pairs.allowed):
        used = np.zeros(len(nodes.place), np.int64)
        used[: nodes.n_visits] = problem.visits.parts[:, part]
        stock = problem.technicians.stock[technician, part].tolist()
        model.capacities(f"part {part}", [model.vector(used)] * nodes.n_shifts, stock)
        for who in np.flatnonzero(np.bincount(technician) > 1):
            vehicles = np.flatnonzero(technician == who).tolist()
            model.same_stock(f"part {part}", vehicles, int(problem.technicians.stock[who, part]))
