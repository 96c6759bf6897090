"""PyVRP as a peer: iterated local search with penalties (Wouda, Lan & Kool 2024, doi 10.1287/ijoc.2023.0055).

Each kind of shift (speed, tempo, prices, who may do what) is a profile: the duration of an edge holds the work at its
tail, its distance holds the money. Several windows are groups of alternative clients, limits of visits and of parts are
loads, drop prices are prizes. What it cannot express is in ``RULES``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyvrp
from pyvrp.stop import MaxRuntime

from bench.matrices import Nodes, Pairs, binding_parts, legs_of, nodes_of, pairs_of, service_of, shared_unit
from bench.peer import Answer, Routes, Task
from bench.rules import (
    BREAKS,
    BUFFERS,
    DURATIONS,
    FAIRNESS,
    LATENESS,
    LIMITS,
    OVERTIME_FROM_DEPARTURE,
    PINS,
    RESERVES,
    RETIMING,
    SHARED_STOCK,
    SUPPLY,
    RuleSet,
)
from bench.trace import Trace
from dispatch_engine.clock import Stopwatch
from solver.problem import NONE

if TYPE_CHECKING:
    from solver.problem import Ints, Problem

RULES = RuleSet(
    "pyvrp",
    (
        SUPPLY,
        PINS,
        RETIMING,
        FAIRNESS,
        BREAKS,
        LATENESS,
        OVERTIME_FROM_DEPARTURE,
        LIMITS,
        DURATIONS,
        BUFFERS,
        RESERVES,
        SHARED_STOCK,
    ),
)


LOAD_SCALE = 3600
"""One piece too many weighs as much as an hour too late: the penalties of loads and of time have one upper limit."""

PENALTY_SCALE = 10
"""An hour too late may weigh as much as the dearest visit left out, times this."""


class _Ground(NamedTuple):
    problem: Problem
    nodes: Nodes
    pairs: Pairs
    unit: int
    parts: list[int]

    @property
    def horizon_s(self) -> int:
        shifts = self.problem.shifts
        return int((shifts.regular_end_s + shifts.overtime_cap_s).max(initial=0))

    @property
    def forbidden_cost(self) -> int:
        """More than all that could be gained by driving where one may not."""
        return int(self.pairs.drop.sum()) // self.unit + 1


class _Client(NamedTuple):
    visit: int
    earliest_s: int
    latest_s: int


def _ground(problem: Problem) -> _Ground:
    pairs = pairs_of(problem)
    return _Ground(
        problem, nodes_of(problem), pairs, shared_unit(problem, pairs), binding_parts(problem, pairs.allowed)
    )


def _clients(ground: _Ground) -> list[_Client]:
    """Return one client for each window of each visit that can begin at all."""
    visits, clients = ground.problem.visits, []
    for v in range(ground.nodes.n_visits):
        given = list(zip(visits.window_earliest_s.row(v), visits.window_latest_s.row(v), strict=True))
        for first, last in given or [(0, ground.horizon_s)]:
            earliest, latest = max(first, int(visits.release_s[v])), min(last, ground.horizon_s)
            if earliest <= latest:
                clients.append(_Client(v, earliest, latest))
    return clients


def _groups(clients: list[_Client]) -> dict[int, list[int]]:
    """Return the clients, by number, of visits that have several; depots are not counted."""
    by_visit: dict[int, list[int]] = {}
    for number, client in enumerate(clients):
        by_visit.setdefault(client.visit, []).append(number)
    return {visit: numbers for visit, numbers in by_visit.items() if len(numbers) > 1}


def _data(ground: _Ground) -> tuple[pyvrp.ProblemData, list[_Client]]:
    clients, shifts = _clients(ground), range(ground.nodes.n_shifts)
    group_of = {number: row for row, numbers in enumerate(_groups(clients).values()) for number in numbers}
    profiles = _Profiles(ground)
    data = pyvrp.ProblemData(
        locations=[pyvrp.Location(0, 0) for _ in ground.nodes.place],
        clients=[_client(ground, client, group_of.get(number)) for number, client in enumerate(clients)],
        depots=[pyvrp.Depot(location) for location in range(ground.nodes.n_visits, len(ground.nodes.place))],
        vehicle_types=[_vehicle(ground, s, profiles.number(s)) for s in shifts],
        distance_matrices=profiles.distances,
        duration_matrices=profiles.durations,
        groups=[pyvrp.ClientGroup(numbers, required=False) for numbers in _groups(clients).values()],
    )
    return data, clients


def _client(ground: _Ground, client: _Client, group: int | None) -> pyvrp.Client:
    return pyvrp.Client(
        location=client.visit,
        delivery=[LOAD_SCALE * n for n in (1, *ground.problem.visits.parts[client.visit, ground.parts].tolist())],
        tw_early=client.earliest_s,
        tw_late=client.latest_s,
        prize=int(ground.pairs.drop[client.visit]) // ground.unit,
        required=False,
        group=group,
    )


def _vehicle(ground: _Ground, s: int, profile: int) -> pyvrp.VehicleType:
    shifts, nodes = ground.problem.shifts, ground.nodes
    start_s, end_s = int(shifts.start_s[s]), int(shifts.regular_end_s[s])
    at_most = nodes.n_visits if shifts.max_visits[s] == NONE else int(shifts.max_visits[s])
    stock = ground.problem.technicians.stock[shifts.technician[s], ground.parts].tolist()
    leaves_later = bool(shifts.paid_from_departure[s])
    return pyvrp.VehicleType(
        capacity=[LOAD_SCALE * n for n in (at_most, *stock)],
        start_depot=s,
        end_depot=nodes.n_shifts + s,
        fixed_cost=int(shifts.fixed_ticks[s]) // ground.unit,
        tw_early=start_s,
        tw_late=end_s + int(shifts.overtime_cap_s[s]),
        start_late=end_s if leaves_later else start_s,
        shift_duration=end_s - start_s,
        max_overtime=int(shifts.overtime_cap_s[s]),
        unit_distance_cost=1,
        unit_duration_cost=int(shifts.wage_ticks_per_s[s]) // ground.unit,
        unit_overtime_cost=int(shifts.overtime_ticks_per_s[s]) // ground.unit,
        profile=profile,
    )


class _Profiles:
    """A pair of matrices for each kind of shift."""

    def __init__(self, ground: _Ground) -> None:
        self.ground = ground
        self.distances: list[Any] = []
        self.durations: list[Any] = []
        self._number: dict[bytes, int] = {}

    def number(self, s: int) -> int:
        """Return the profile of a shift."""
        distance, duration = self._matrices(s)
        key = distance.tobytes() + duration.tobytes()
        if key not in self._number:
            self._number[key] = len(self.distances)
            self.distances.append(distance)
            self.durations.append(duration)
        return self._number[key]

    def _matrices(self, s: int) -> tuple[Ints, Ints]:
        ground, shifts = self.ground, self.ground.problem.shifts
        nodes, pairs = ground.nodes, ground.pairs
        legs = legs_of(ground.problem, nodes, s)
        arrival = np.zeros(len(nodes.place), np.int64)
        arrival[: nodes.n_visits] = pairs.ticks[:, s] + shifts.visit_ticks[s]
        distance = (legs.metres * shifts.distance_ticks_per_m[s] + arrival[None, :]) // ground.unit
        duration = legs.seconds + service_of(ground.problem, nodes, s)[:, None]
        blocked = legs.blocked.copy()
        blocked[:, : nodes.n_visits] |= ~pairs.allowed[None, :, s]
        distance[blocked], duration[blocked] = ground.forbidden_cost, ground.horizon_s + 1
        np.fill_diagonal(distance, 0)
        np.fill_diagonal(duration, 0)
        return distance, duration


def _routes(ground: _Ground, solution: pyvrp.Solution, clients: list[_Client]) -> Routes:
    routes: Routes = [[] for _ in range(ground.nodes.n_shifts)]
    for route in solution.routes():
        routes[route.vehicle_type()] = [clients[visit.idx].visit for visit in route.schedule() if visit.is_client()]
    return routes


def _constant_ticks(ground: _Ground, clients: list[_Client]) -> int:
    """Return what our cost of a plan is above the library's: windows that cannot both be used each have their prize."""
    drop, times = ground.pairs.drop // ground.unit * ground.unit, np.zeros(ground.nodes.n_visits, np.int64)
    for client in clients:
        times[client.visit] += 1
    return int(((1 - times) * drop).sum() - ground.pairs.raised.sum())


def _trace(result: pyvrp.Result, ground: _Ground, clients: list[_Client]) -> Trace:
    trace, seconds, constant = Trace(), 0.0, _constant_ticks(ground, clients)
    for spent, datum in zip(result.stats.runtimes, result.stats.data, strict=True):
        seconds += spent
        if datum.best_feas:
            trace.add(seconds, int(datum.best_cost) * ground.unit + constant)
    return trace


def _params(ground: _Ground) -> pyvrp.SolveParams:
    highest = PENALTY_SCALE * int(ground.pairs.drop.max(initial=0)) // ground.unit / LOAD_SCALE
    return pyvrp.SolveParams(penalty=pyvrp.PenaltyParams(max_penalty=max(1.0, highest)))


@dataclass(frozen=True)
class PyVrp:
    """The library with its own defaults; penalties may rise as high as the drop prices need."""

    name: str = "pyvrp"
    rules: RuleSet = RULES

    def answer(self, task: Task) -> Answer:
        """Search for the whole time."""
        ground = _ground(task.problem)
        data, clients = _data(ground)
        watch = Stopwatch()
        stop = MaxRuntime(task.time_limit_s)
        result = pyvrp.solve(data, stop, seed=task.seed, params=_params(ground))
        seconds = watch.elapsed_s
        routes, iterations = _routes(ground, result.best, clients), result.num_iterations
        return Answer(routes, seconds, iterations, trace=_trace(result, ground, clients).points)


PEERS = (PyVrp(),)
