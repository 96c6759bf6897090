"""Plans that stand in the search's state, with what their routes take on, for the tests of ledgers and provisions."""

from __future__ import annotations

from collections.abc import Sequence

from solver.objective import Objective
from solver.problem import Problem
from solver.routing import Line
from solver.search.state import State
from solver.solution import Route, Solution
from solver.stops import StopNumbers
from solver.tables import Tables, build_tables
from solver.timetable import timed_route
from tests.solver.planning import faults
from tests.solver.search.standing import absent, contradictions, ledger_of, loaded, routings, standing

Taken = set[tuple[int, int, int]]


class Standing:
    """Routes that are loaded as far as they can be supplied; the checker accepts what stands then."""

    def __init__(self, problem: Problem, routes: Sequence[Sequence[int]]) -> None:
        self.problem, self.tables = problem, build_tables(problem)
        self.state = loaded(problem, self.tables, routes)
        self.hold()

    def hold(self) -> None:
        """See that what stands is consistent and accepted."""
        assert contradictions(self.problem, self.tables, self.state) == []
        assert faults(self.problem, solution_of(self.problem, self.tables, self.state)) == []

    @property
    def stops(self) -> list[list[int]]:
        """The stops of all routes."""
        return standing(self.state)

    @property
    def absent(self) -> list[int]:
        """The absent visits."""
        return absent(self.state)

    def ledger(self, shift: int = 0) -> tuple[Line, ...]:
        """Return the ledger of a route."""
        return ledger_of(self.state, shift)

    def taken(self, shift: int = 0) -> Taken:
        """Return (where, item, pieces) of all lines of a route."""
        return {(line.at, line.item, line.pieces) for line in self.ledger(shift)}

    def timed(self, shift: int = 0) -> Route:
        """Return a route to the second."""
        route = timed_route(self.problem, self.tables, shift, *routings(self.state)[shift])
        assert route is not None
        return route


def restock(problem: Problem, location: int = 0) -> int:
    """Return the number of a restock."""
    return StopNumbers.of(problem).restock(location)


def solution_of(problem: Problem, tables: Tables, state: State) -> Solution:
    """Return the standing routes as a plan, its cost stated."""
    routes = [timed_route(problem, tables, s, *routing) for s, routing in enumerate(routings(state))]
    used = [route for route in routes if route is not None and route.stops]
    planned = {stop.visit for route in used for stop in route.stops}
    left_out = tuple(v for v in range(problem.n_visits) if v not in planned)
    return Solution(tuple(used), left_out, Objective(problem, tables).cost_by_term(used, left_out))
