"""More moments at which pieces could arrive at a location, so that such changes can be tried in the same tables."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from solver.columns import FROM, STEP_END, STEP_FIRST, SUPPLY
from solver.stops import StopNumbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from solver.problem import Problem
    from solver.routing import Line, Routing
    from solver.tables import Tables


def with_moments(problem: Problem, parts: Iterable[int], moments: Iterable[int]) -> Problem:
    """Return the same problem with a supply of no pieces at every location for each of the parts and moments."""
    stock, times = problem.stock, list(moments)
    added = [(place, part, at_s) for place in range(len(stock)) for part in parts for at_s in times]
    columns = np.array(added, np.int64).reshape(-1, 3).T
    return replace(
        problem,
        stock=replace(
            stock,
            supply_location=np.concatenate([stock.supply_location, columns[0]]),
            supply_part=np.concatenate([stock.supply_part, columns[1]]),
            supply_from_s=np.concatenate([stock.supply_from_s, columns[2]]),
            supply_pieces=np.concatenate([stock.supply_pieces, np.zeros(len(added), np.int64)]),
        ),
    )


def renumbered(problem: Problem, before: Tables, after: Tables, routings: Sequence[Routing]) -> list[Routing]:
    """Return routes with the steps of their ledgers as ``after`` numbers them, which has more moments."""
    number = dict(_pairs(problem, before, after))
    return [each._replace(ledger=tuple(_renumbered(line, number) for line in each.ledger)) for each in routings]


def _pairs(problem: Problem, before: Tables, after: Tables) -> Iterable[tuple[int, tuple[int, int]]]:
    """Yield each step of ``before`` with the step and the end of steps that it has become."""
    numbers = StopNumbers.of(problem)
    n_items = problem.technicians.stock.shape[1] + problem.technicians.has_tool.shape[1]
    for x in range(numbers.restock(0), len(numbers)):
        for item in range(n_items):
            old, new = (tables.row[tables.stop[x, SUPPLY] + item] for tables in (before, after))
            times = after.supply[new[STEP_FIRST] : new[STEP_END], FROM]
            for step in range(old[STEP_FIRST], old[STEP_END]):
                at = int(np.searchsorted(times, before.supply[step, FROM]))
                yield step, (int(new[STEP_FIRST]) + at, int(new[STEP_END]))


def _renumbered(line: Line, number: dict[int, tuple[int, int]]) -> Line:
    if line.step < 0:
        return line
    step, end = number[line.step]
    return line._replace(step=step, steps_end=end)
