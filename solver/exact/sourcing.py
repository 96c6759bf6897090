"""Rules on the way in which a visit gets its parts: one for each planned visit, started after its parcels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.exact.needs import ways_of
from solver.problem import NONE

if TYPE_CHECKING:
    from solver.exact.variables import Choices


def state_sourcing(choices: Choices) -> None:
    """State every rule of this page."""
    for visit in choices.visits:
        rows = ways_of(choices.problem, visit)[1:]
        if rows:
            _one_way(choices, visit, rows)
        for row in rows:
            _not_before_the_parcels(choices, visit, row)


def _one_way(choices: Choices, visit: int, rows: list[int]) -> None:
    for route in choices.routes:
        ways = [route.ways[visit, way] for way in (NONE, *rows)]
        choices.model.add(sum(ways) == route.serves[visit])
    for row in rows:
        choices.model.add(sum(route.ways[visit, row] for route in choices.routes) == choices.sourced[row])


def _not_before_the_parcels(choices: Choices, visit: int, row: int) -> None:
    release_s = int(choices.problem.sourcings.release_s[row])
    if release_s > 0:
        choices.model.add(choices.start[visit] >= release_s).only_enforce_if(choices.sourced[row])
