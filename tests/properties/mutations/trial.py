"""What a mutation hands to its test, and how plans and problems are changed in one place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from solver.checker.reading import RouteReading
from solver.problem import NONE, Csr, Problem
from solver.solution import Route, Solution
from tests.properties.planned import Case


@dataclass(frozen=True)
class Trial:
    """A changed problem or plan.

    ``broken`` are codes of which the checker must find at least one; none where the change is just within the rules.
    ``alone``: nothing else may be found besides.
    """

    problem: Problem
    solution: Solution
    broken: frozenset[str]
    alone: bool = True


Mutation = Callable[[Case], Iterator[Trial]]


def plan_trial(case: Case, solution: Solution, *broken: str, alone: bool = False) -> Trial:
    """A changed plan, without a stated cost."""
    return Trial(case.problem, replace(solution, cost_by_term={}), frozenset(broken), alone)


def problem_trial(case: Case, problem: Problem, *broken: str, alone: bool = True) -> Trial:
    """A changed problem under the same plan, without a stated cost."""
    return Trial(problem, replace(case.solution, cost_by_term={}), frozenset(broken), alone)


def readings(case: Case) -> list[RouteReading]:
    """Read all routes of a case."""
    return [RouteReading(case.problem, route) for route in case.solution.routes]


def with_route(solution: Solution, number: int, **changes: Any) -> Solution:
    """Change fields of one route."""
    routes = list(solution.routes)
    routes[number] = replace(routes[number], **changes)
    return replace(solution, routes=tuple(routes))


def with_stop(solution: Solution, number: int, position: int, **changes: Any) -> Solution:
    """Change fields of one stop."""
    stops = list(solution.routes[number].stops)
    stops[position] = replace(stops[position], **changes)
    return with_route(solution, number, stops=tuple(stops))


def with_break(solution: Solution, number: int, position: int, **changes: Any) -> Solution:
    """Change fields of one break taken."""
    breaks = list(solution.routes[number].breaks)
    breaks[position] = replace(breaks[position], **changes)
    return with_route(solution, number, breaks=tuple(breaks))


def with_value(problem: Problem, path: str, index: int | tuple[int, int], value: int | bool) -> Problem:
    """Set one number of a table, such as ``shifts.max_visits``."""
    table, name = path.split(".")
    array = getattr(getattr(problem, table), name).copy()
    array[index] = value
    return replace(problem, **{table: replace(getattr(problem, table), **{name: array})})


def with_row(problem: Problem, path: str, row: int, values: Sequence[int]) -> Problem:
    """Replace one row of a list, such as ``visits.window_earliest_s``."""
    table, name = path.split(".")
    rows: Csr = getattr(getattr(problem, table), name)
    changed = Csr.of([list(values) if k == row else rows.row(k) for k in range(len(rows))])
    return replace(problem, **{table: replace(getattr(problem, table), **{name: changed})})


def with_column(problem: Problem, path: str, fill: int | bool) -> tuple[Problem, int]:
    """Add a column to a table, such as one more skill; return its index too."""
    table, name = path.split(".")
    array = getattr(getattr(problem, table), name)
    column = np.full((len(array), 1), fill, array.dtype)
    wider = replace(getattr(problem, table), **{name: np.hstack([array, column])})
    return replace(problem, **{table: wider}), array.shape[1]


def with_part(problem: Problem) -> tuple[Problem, int]:
    """Add a part that nobody has or uses; return its number too."""
    paths = ("technicians.stock", "shifts.overnight_limit", "sourcings.parts", "sourcings.parcel_parts")
    for path in paths:
        problem, _ = with_column(problem, path, NONE if path == "shifts.overnight_limit" else 0)
    stock = problem.stock
    sizes = np.vstack([stock.part_size, np.zeros((1, stock.part_size.shape[1]), np.int64)])
    problem = replace(problem, stock=replace(stock, part_size=sizes))
    return with_column(problem, "visits.parts", 0)


def with_tool(problem: Problem) -> tuple[Problem, int]:
    """Add a tool that nobody has or needs; return its number too."""
    for path, fill in (("technicians.has_tool", False), ("stock.tools", 0)):
        problem, _ = with_column(problem, path, fill)
    return with_column(problem, "visits.needs_tool", fill=False)


def decided(case: Case) -> Iterator[tuple[int, int, Route, RouteReading]]:
    """Yield (route number, position, route, reading) of each decided stop."""
    for number, reading in enumerate(readings(case)):
        for position in reading.decided:
            yield number, position, reading.route, reading


def decided_visits(case: Case) -> Iterator[tuple[int, int, Route, RouteReading]]:
    """Yield (route number, position, route, reading) of each decided visit."""
    yield from (row for row in decided(case) if row[2].stops[row[1]].is_visit)
