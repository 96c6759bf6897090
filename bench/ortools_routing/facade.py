"""A typed face for ``ortools.constraint_solver``, which carries no types: all of its untyped calls are in this module.

Vehicles are shifts. Nodes are those of ``bench.matrices``, with the visits shuffled by the seed: the library itself has
no seed and breaks ties by number.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from bench.trace import Trace
from dispatch_engine.clock import Stopwatch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.matrices import Nodes
    from solver.problem import Ints


@dataclass(frozen=True)
class Found:
    """Visits of each vehicle in order and the objective that the library states.

    ``better`` are the seconds at which it found better plans, with their objectives.
    """

    routes: list[list[int]]
    objective: int
    better: tuple[tuple[float, int], ...]


@dataclass(frozen=True)
class Setting:
    """How the library is to search: its first solution, and whether it times every neighbour exactly."""

    first_solution: str
    schedules: bool = True

    @property
    def words(self) -> str:
        """The setting in words."""
        return self.first_solution.lower() + ("" if self.schedules else ", no scheduling")


class RoutingModel:
    """A model under construction."""

    def __init__(self, nodes: Nodes, seed: int) -> None:
        self.nodes = nodes
        n_nodes = len(nodes.place)
        order = np.arange(n_nodes)
        np.random.default_rng(seed).shuffle(order[: nodes.n_visits])
        self.visit_at, self.rank = order, np.argsort(order)
        starts = [nodes.start(shift) for shift in range(nodes.n_shifts)]
        ends = [nodes.end(shift) for shift in range(nodes.n_shifts)]
        self._manager: Any = pywrapcp.RoutingIndexManager(n_nodes, nodes.n_shifts, starts, ends)
        self._routing: Any = pywrapcp.RoutingModel(self._manager)

    def matrix(self, values: Ints) -> int:
        """Register transits between nodes (n_nodes, n_nodes); return the evaluator."""
        shuffled = values[np.ix_(self.visit_at, self.visit_at)]
        return int(self._routing.RegisterTransitMatrix(shuffled.tolist()))

    def vector(self, values: Ints) -> int:
        """Register transits that depend on the node left alone (n_nodes,); return the evaluator."""
        return int(self._routing.RegisterUnaryTransitVector(values[self.visit_at].tolist()))

    def arc_cost(self, vehicle: int, evaluator: int) -> None:
        """Set what a vehicle pays for an arc."""
        self._routing.SetArcCostEvaluatorOfVehicle(evaluator, vehicle)

    def fixed_cost(self, vehicle: int, cost: int) -> None:
        """Set what a vehicle costs when it is used."""
        self._routing.SetFixedCostOfVehicle(cost, vehicle)

    def drop_cost(self, visit: int, cost: int) -> None:
        """Let a visit be left out at a price."""
        self._routing.AddDisjunction([self._index(visit)], cost)

    def allow(self, visit: int, vehicles: Sequence[int]) -> None:
        """Let only some vehicles serve a visit."""
        # SetAllowedVehiclesForIndex raises TypeError from Python in 9.15; -1 is "not served".
        self._routing.VehicleVar(self._index(visit)).SetValues([-1, *vehicles])

    def capacities(self, name: str, evaluators: Sequence[int], limits: Sequence[int]) -> None:
        """Limit the sum of transits of each vehicle."""
        self._routing.AddDimensionWithVehicleTransitAndCapacity(list(evaluators), 0, list(limits), True, name)

    def same_stock(self, name: str, vehicles: Sequence[int], limit: int) -> None:
        """Limit the sum of a dimension over several vehicles."""
        dimension = self._routing.GetDimensionOrDie(name)
        solver = self._routing.solver()
        solver.Add(solver.Sum([dimension.CumulVar(self._routing.End(vehicle)) for vehicle in vehicles]) <= limit)

    def time(self, evaluators: Sequence[int], horizon_s: int) -> TimeDimension:
        """Add the dimension of time, in which vehicles may wait."""
        self._routing.AddDimensionWithVehicleTransits(list(evaluators), horizon_s, horizon_s, False, "time")
        return TimeDimension(self, self._routing, self._routing.GetDimensionOrDie("time"))

    def solve(self, setting: Setting, time_limit_s: float, *, iterated: bool) -> Found | None:
        """Search; return None where nothing was found."""
        search = "SolveWithIteratedLocalSearch" if iterated else "SolveWithParameters"
        watch, trace = Stopwatch(), Trace()
        # the variable of the cost is not there before the model is closed, which the search does
        self._routing.AddAtSolutionCallback(lambda: trace.add(watch.elapsed_s, int(self._routing.CostVar().Min())))
        assignment = getattr(self._routing, search)(_parameters(setting, time_limit_s, iterated=iterated))
        if assignment is None:
            return None
        routes = [self._route(assignment, vehicle) for vehicle in range(self.nodes.n_shifts)]
        return Found(routes, int(assignment.ObjectiveValue()), trace.points)

    def _route(self, assignment: Any, vehicle: int) -> list[int]:
        visits: list[int] = []
        index = assignment.Value(self._routing.NextVar(self._routing.Start(vehicle)))
        while not self._routing.IsEnd(index):
            visits.append(int(self.visit_at[self._manager.IndexToNode(index)]))
            index = assignment.Value(self._routing.NextVar(index))
        return visits

    def _index(self, visit: int) -> int:
        return int(self._manager.NodeToIndex(int(self.rank[visit])))

    def by_index(self, values: Ints) -> list[int]:
        """Lay values of nodes (n_nodes,) out by the library's own indices."""
        size = self._routing.Size() + self.nodes.n_shifts
        return [int(values[self.visit_at[self._manager.IndexToNode(index)]]) for index in range(size)]


class TimeDimension:
    """The dimension of time of a model: seconds at which visits start, vehicles depart and routes end."""

    def __init__(self, model: RoutingModel, routing: Any, dimension: Any) -> None:
        self._model, self._routing, self._dimension = model, routing, dimension

    def visit_starts(self, visit: int, windows: Sequence[tuple[int, int]]) -> None:
        """Let a visit start in one of its windows alone: ascending, both ends included."""
        variable = self._dimension.CumulVar(self._model._index(visit))
        variable.SetRange(windows[0][0], windows[-1][1])
        for (_, last), (first, _) in pairwise(windows):
            if first > last + 1:
                variable.RemoveInterval(last + 1, first - 1)

    def visit_late(self, visit: int, after_s: int, cost_per_s: int) -> None:
        """Price each second that a visit starts after ``after_s``."""
        self._dimension.SetCumulVarSoftUpperBound(self._model._index(visit), after_s, cost_per_s)

    def shift(self, vehicle: int, departures: tuple[int, int], last_end_s: int) -> None:
        """Bound departure and end of a vehicle."""
        self._dimension.CumulVar(self._routing.Start(vehicle)).SetRange(*departures)
        self._dimension.CumulVar(self._routing.End(vehicle)).SetRange(departures[0], last_end_s)

    def end_late(self, vehicle: int, after_s: int, cost_per_s: int) -> None:
        """Price each second that a route ends after ``after_s``."""
        self._dimension.SetCumulVarSoftUpperBound(self._routing.End(vehicle), after_s, cost_per_s)

    def wage(self, vehicle: int, cost_per_s: int) -> None:
        """Price each second from departure to end."""
        self._dimension.SetSpanCostCoefficientForVehicle(cost_per_s, vehicle)

    def breaks(self, vehicle: int, breaks: Sequence[tuple[int, int, int]], service: Ints) -> None:
        """Have a vehicle take breaks (earliest, latest, duration), not inside ``service`` (n_nodes,) of its visits."""
        solver = self._routing.solver()
        intervals = [
            solver.FixedDurationIntervalVar(earliest, latest, duration, False, f"break {number} of {vehicle}")
            for number, (earliest, latest, duration) in enumerate(breaks)
        ]
        self._dimension.SetBreakIntervalsOfVehicle(intervals, vehicle, self._model.by_index(service))

    def settle(self, vehicle: int) -> None:
        """Have the end early and the departure late once the order is found."""
        self._routing.AddVariableMinimizedByFinalizer(self._dimension.CumulVar(self._routing.End(vehicle)))
        self._routing.AddVariableMaximizedByFinalizer(self._dimension.CumulVar(self._routing.Start(vehicle)))


def _parameters(setting: Setting, time_limit_s: float, *, iterated: bool) -> Any:
    """Return search parameters: guided local search, or iterated local search by slack induction (SISR)."""
    chosen = pywrapcp.DefaultRoutingSearchParameters()
    chosen.first_solution_strategy = routing_enums_pb2.FirstSolutionStrategy.Value.Value(setting.first_solution)
    chosen.disable_scheduling_beware_this_may_degrade_performance = not setting.schedules
    chosen.time_limit.FromMilliseconds(int(time_limit_s * 1000))
    if not iterated:
        chosen.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
        return chosen
    chosen.use_iterated_local_search = True
    search = chosen.iterated_local_search_parameters
    sisr = search.ruin_recreate_parameters.ruin_strategies.add().sisr
    sisr.max_removed_sequence_size, sisr.avg_num_removed_visits, sisr.bypass_factor = 10, 10, 0.01
    search.reference_solution_acceptance_strategy.simulated_annealing.automatic_temperatures = True
    return chosen
